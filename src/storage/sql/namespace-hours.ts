import { LONGEST_COST_RANGE_SECONDS, type NamespaceHour } from '../../core/ports/cost-sums.ts';
import { Failure } from '../../model/failure.ts';
import type { TimeRange } from '../../model/time.ts';
import { numberIn } from './sums.ts';

const HOUR = 3600;
const larger = (left: string, right: string): string => `CASE WHEN ${left} > ${right} THEN ${left} ELSE ${right} END`;

/** What is added up of a row `r` with key `k`. Kind 0 is a pod: only pods hold CPU and memory that is paid for. */
export const NAMESPACE_HOUR_SUMS: string = (
  [
    ['cpu_cost', 'r.cost_cpu'],
    ['memory_cost', 'r.cost_memory'],
    ['gpu_cost', 'r.cost_gpu'],
    ['storage_cost', 'r.cost_storage'],
    ['network_cost', 'r.cost_network'],
    ['cpu_millicore_seconds', ofPods(larger('r.cpu_request', 'r.cpu_usage_millicores'))],
    ['memory_byte_seconds', ofPods(larger('r.memory_request', 'r.memory_usage_bytes'))],
    ['storage_byte_seconds', 'COALESCE(r.storage_request_bytes, 0) * r.duration_seconds'],
    ['network_bytes', 'r.network_receive_bytes + r.network_transmit_bytes'],
  ] as const
)
  .map(([name, of]) => `SUM(${of}) AS ${name}`)
  .join(', ');

function ofPods(value: string): string {
  return `CASE WHEN k.row_kind = 0 THEN (${value}) * r.duration_seconds ELSE 0 END`;
}

/** A line of the answer. */
export function namespaceHourOf(line: Readonly<Record<string, unknown>>): NamespaceHour {
  const { namespace } = line;
  if (typeof namespace !== 'string') throw new TypeError('a line of costs has no namespace');
  return {
    namespace,
    startSeconds: numberIn(line, 'hour_start'),
    cpuCost: numberIn(line, 'cpu_cost'),
    memoryCost: numberIn(line, 'memory_cost'),
    gpuCost: numberIn(line, 'gpu_cost'),
    storageCost: numberIn(line, 'storage_cost'),
    networkCost: numberIn(line, 'network_cost'),
    cpuMillicoreSeconds: numberIn(line, 'cpu_millicore_seconds'),
    memoryByteSeconds: numberIn(line, 'memory_byte_seconds'),
    storageByteSeconds: numberIn(line, 'storage_byte_seconds'),
    networkBytes: numberIn(line, 'network_bytes'),
  };
}

/** @throws Failure bad-input for a range that isn't whole hours, or longer than two days */
export function checkCostRange({ startSeconds, endSeconds }: TimeRange): void {
  const isWhole = startSeconds % HOUR === 0 && endSeconds % HOUR === 0;
  if (isWhole && endSeconds >= startSeconds && endSeconds - startSeconds <= LONGEST_COST_RANGE_SECONDS) return;
  throw new Failure('bad-input', 'Costs by hour are added up for whole hours, 48 at most');
}
