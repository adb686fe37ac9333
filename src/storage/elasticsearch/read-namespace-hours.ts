import type { NamespaceHour } from '../../core/ports/cost-sums.ts';
import type { TimeRange } from '../../model/time.ts';
import { checkCostRange } from '../sql/namespace-hours.ts';
import { hiddenClauses, ofCluster, startsIn } from './clauses.ts';
import { compositePages, keyOf } from './composite-pages.ts';
import { HELD } from './row-sums.ts';
import type { Store } from './store.ts';
import { type Aggregations, type Bucket, bucketsIn, countIn, valueIn } from './sum-aggregations.ts';

const NAMESPACES_A_PAGE = 200;

const SUMS: Aggregations = {
  cpuCost: { sum: { field: 'cost_cpu' } },
  memoryCost: { sum: { field: 'cost_memory' } },
  gpuCost: { sum: { field: 'cost_gpu' } },
  storageCost: { sum: { field: 'cost_storage' } },
  networkCost: { sum: { field: 'cost_network' } },
  cpuMillicoreSeconds: { sum: { field: HELD.cpu } },
  memoryByteSeconds: { sum: { field: HELD.memory } },
  storageByteSeconds: { sum: { field: HELD.storage } },
  received: { sum: { field: 'network_receive_bytes' } },
  sent: { sum: { field: 'network_transmit_bytes' } },
};

/** Costs by namespace and hour, added up by the cluster from the rows of the range. */
export async function readNamespaceHours(
  store: Store,
  clusterId: string,
  range: TimeRange,
): Promise<readonly NamespaceHour[]> {
  checkCostRange(range);
  const heads = await store.heads.list([clusterId]);
  if (heads.length === 0 || range.startSeconds === range.endSeconds) return [];
  const lines: NamespaceHour[] = [];
  const question = {
    indices: store.names.within('combined-metrics', range),
    query: { bool: { filter: [startsIn(range), ofCluster(clusterId)], must_not: hiddenClauses(heads) } },
    fields: ['namespace'],
    aggregations: {
      hours: { date_histogram: { field: 'timestamp', fixed_interval: '1h', min_doc_count: 1 }, aggregations: SUMS },
    },
    size: NAMESPACES_A_PAGE,
  };
  for await (const page of compositePages(store.requests, question)) {
    for (const bucket of page) {
      const namespace = keyOf(bucket)['namespace'] ?? '';
      for (const hour of bucketsIn(bucket, 'hours')) if (countIn(hour) > 0) lines.push(lineOf(namespace, hour));
    }
  }
  return lines.sort((a, b) => a.startSeconds - b.startSeconds || (a.namespace < b.namespace ? -1 : 1));
}

function lineOf(namespace: string, hour: Bucket): NamespaceHour {
  const { key } = hour;
  if (typeof key !== 'number') throw new TypeError('an hour of costs has no start');
  return {
    namespace,
    startSeconds: key / 1000,
    cpuCost: valueIn(hour, 'cpuCost'),
    memoryCost: valueIn(hour, 'memoryCost'),
    gpuCost: valueIn(hour, 'gpuCost'),
    storageCost: valueIn(hour, 'storageCost'),
    networkCost: valueIn(hour, 'networkCost'),
    cpuMillicoreSeconds: valueIn(hour, 'cpuMillicoreSeconds'),
    memoryByteSeconds: valueIn(hour, 'memoryByteSeconds'),
    storageByteSeconds: valueIn(hour, 'storageByteSeconds'),
    networkBytes: valueIn(hour, 'received') + valueIn(hour, 'sent'),
  };
}
