import type { Dimension } from '../../core/ports/results-store.ts';
import { grainFor } from '../sql/dimension-columns.ts';
import { piecesOf } from '../sql/pieces.ts';
import { compositePages, keyOf } from './composite-pages.ts';
import { KEY_FIELD } from './group-fields.ts';
import type { Question } from './grouped-sums.ts';
import { levelQueries } from './level-query.ts';
import type { Store } from './store.ts';
import { timeAggregation, timeBuckets } from './time-buckets.ts';

const GROUPS_A_PAGE = 1000;
const BUCKETS_A_PAGE = 60_000;

/** How many groups have rows in each bucket, by the bucket's place; exact, as groups are listed and not estimated. */
export async function otherCounts(
  { requests, names }: Store,
  { heads, filter, buckets, not = [] }: Question,
  groupBy: Dimension,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const field = KEY_FIELD[groupBy];
  const seen = buckets.map(() => new Set<string>());
  const queries = levelQueries(names, heads, filter, grainFor(filter, groupBy), piecesOf(buckets));
  const size = Math.max(1, Math.min(GROUPS_A_PAGE, Math.floor(BUCKETS_A_PAGE / buckets.length)));
  const aggregations = buckets.length === 1 ? {} : timeAggregation(buckets, {});
  for (const { indices, query } of queries) {
    const narrowed = { bool: { filter: [query], must_not: [...not] } };
    const question = { indices, query: narrowed, fields: [field], aggregations, size };
    for await (const page of compositePages(requests, question, signal)) {
      for (const group of page) {
        const name = keyOf(group)[field] ?? '';
        if (buckets.length === 1) seen[0]?.add(name);
        else for (const { place } of timeBuckets(group, buckets)) seen[place]?.add(name);
      }
    }
  }
  return new Map(seen.map((groups, place) => [place, groups.size]));
}
