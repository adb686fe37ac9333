import type { ResultFilter, Totals } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { ZERO_TOTALS } from '../sql/sums.ts';
import { groupedSums, totalsOf } from './grouped-sums.ts';
import { countPods } from './pod-counts.ts';
import type { Store } from './store.ts';

/** Sums over all rows of the range, and how many pods were there. */
export async function readTotals(
  store: Store,
  filter: ResultFilter,
  range: TimeRange,
  signal?: AbortSignal,
): Promise<Totals> {
  const heads = await store.heads.list(filter.clusterIds, signal);
  if (heads.length === 0 || range.startSeconds >= range.endSeconds) return ZERO_TOTALS;
  const question = { heads, filter, buckets: [range], groupBy: null };
  const [lines, pods] = await Promise.all([groupedSums(store, question, signal), countPods(store, question, signal)]);
  const [line] = lines;
  return line === undefined ? ZERO_TOTALS : totalsOf(line.sums, pods.get('')?.[0] ?? 0);
}
