import type { NamespaceHour } from '../../core/ports/cost-sums.ts';
import type { TimeRange } from '../../model/time.ts';
import { checkCostRange, NAMESPACE_HOUR_SUMS, namespaceHourOf } from '../sql/namespace-hours.ts';
import { literals } from '../sql/statement.ts';
import type { Session } from './session.ts';

/** Costs by namespace and hour, from the rows of the range. */
export async function readNamespaceHours(
  session: Session,
  clusterId: string,
  range: TimeRange,
): Promise<readonly NamespaceHour[]> {
  checkCostRange(range);
  const { startSeconds, endSeconds } = range;
  const lines = await session.ask({
    text:
      `SELECT g.namespace, g.hour_start, ${COLUMNS} FROM (` +
      `SELECT r.namespace AS namespace, (floor(EXTRACT(epoch FROM r.timestamp) / 3600) * 3600)::double precision AS hour_start, ${NAMESPACE_HOUR_SUMS} ` +
      `FROM result_rows r JOIN pod_keys k ON k.id = r.key_id WHERE r.cluster_id = ? ` +
      `AND r.timestamp >= to_timestamp(${literals([startSeconds])}) AND r.timestamp < to_timestamp(${literals([endSeconds])}) ` +
      'GROUP BY 1, 2) g ORDER BY g.hour_start, g.namespace',
    parameters: [clusterId],
  });
  return lines.map(namespaceHourOf);
}

// Sums of whole numbers are `numeric`, which would come as text.
const COLUMNS = [
  'cpu_cost',
  'memory_cost',
  'gpu_cost',
  'storage_cost',
  'network_cost',
  'cpu_millicore_seconds',
  'memory_byte_seconds',
  'storage_byte_seconds',
  'network_bytes',
]
  .map((name) => `g.${name}::double precision AS ${name}`)
  .join(', ');
