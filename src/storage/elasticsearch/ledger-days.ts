import type { EpochSeconds } from '../../model/time.ts';
import { hiddenClauses, ofCluster } from './clauses.ts';
import type { ClusterHead } from './cluster-head.ts';
import type { Query } from './requests.ts';
import type { Store } from './store.ts';
import { bucketsIn } from './sum-aggregations.ts';

/** Starts of the hours or days of a cluster that have closed windows, oldest first. */
export async function periodsWithWindows(
  { requests, names }: Store,
  head: ClusterHead,
  lengthSeconds: number,
  clauses: readonly Query[],
  signal?: AbortSignal,
): Promise<readonly EpochSeconds[]> {
  const query = { bool: { filter: [ofCluster(head.clusterId), ...clauses], must_not: hiddenClauses([head]) } };
  const histogram = { field: 'timestamp', fixed_interval: `${lengthSeconds}s`, min_doc_count: 1 };
  const body = { size: 0, track_total_hits: false, query, aggregations: { starts: { date_histogram: histogram } } };
  const answer = await requests.search([names.all('collection-runs')], body, signal);
  return bucketsIn(answer.aggregations, 'starts').map(({ key }) => Number(key) / 1000);
}
