import type { CoverageBucket } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { hiddenClauses, startsIn } from './clauses.ts';
import type { Store } from './store.ts';
import { valueIn } from './sum-aggregations.ts';
import { timeAggregation, timeBuckets } from './time-buckets.ts';

/** How much of each bucket was covered by windows with data, mean over the clusters. */
export async function readCoverage(
  { requests, names, heads }: Store,
  clusterIds: readonly string[],
  buckets: readonly TimeRange[],
  signal?: AbortSignal,
): Promise<readonly CoverageBucket[]> {
  const known = (await heads.list(clusterIds, signal)).filter(({ hasWindows }) => hasWindows);
  const covered = new Map<number, number>();
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (known.length > 0 && first !== undefined && last !== undefined) {
    const range = { startSeconds: first.startSeconds, endSeconds: last.endSeconds };
    const query = {
      bool: {
        filter: [
          startsIn(range),
          { terms: { state: ['whole', 'partial'] } },
          { terms: { cluster_id: known.map(({ clusterId }) => clusterId) } },
        ],
        must_not: hiddenClauses(known),
      },
    };
    const aggregations = timeAggregation(buckets, { covered: { sum: { field: 'covered_seconds' } } });
    const body = { size: 0, track_total_hits: false, query, aggregations };
    const answer = await requests.search(names.within('collection-runs', range), body, signal);
    for (const { place, bucket } of timeBuckets(answer.aggregations, buckets)) {
      covered.set(place, valueIn(bucket, 'covered'));
    }
  }
  const clusters = Math.max(1, clusterIds.length === 0 ? known.length : clusterIds.length);
  return buckets.map(({ startSeconds, endSeconds }, place) => ({
    bucketStartSeconds: startSeconds,
    coveredSeconds: (covered.get(place) ?? 0) / clusters,
    durationSeconds: endSeconds - startSeconds,
  }));
}
