import type { Dimension, SeriesPoint, SeriesQuery } from '../../core/ports/results-store.ts';
import { ZERO_TOTALS } from '../sql/sums.ts';
import { KEY_FIELD } from './group-fields.ts';
import { groupKeyOf } from './group-keys.ts';
import { groupedSums, type Line, type Question, totalsOf } from './grouped-sums.ts';
import { otherCounts } from './other-counts.ts';
import { countPods } from './pod-counts.ts';
import { rankedGroups } from './ranked-groups.ts';
import type { Store } from './store.ts';

/**
 * Sums by bucket. Without grouping: a point for each bucket, zeros (pods too) where nothing was stored. With grouping:
 * a point for each bucket and group that has rows, groups in the order of their carbon over all buckets.
 */
export async function readSeries(
  store: Store,
  query: SeriesQuery,
  signal?: AbortSignal,
): Promise<readonly SeriesPoint[]> {
  const { filter, buckets, groupBy, top } = query;
  const heads = await store.heads.list(filter.clusterIds, signal);
  const question: Question = { heads, filter, buckets, groupBy };
  if (groupBy === null) return ungrouped(store, question, heads.length === 0, signal);
  if (heads.length === 0 || buckets.length === 0) return [];
  const ranked = await rankedGroups(store, { ...question, sort: 'co2e', descending: true }, signal);
  const kept = top === null ? ranked : ranked.slice(0, top);
  const points = await keptPoints(store, question, groupBy, kept, top === null, signal);
  if (kept.length === ranked.length) return points;
  const others = await otherPoints(store, question, groupBy, kept, signal);
  // By bucket, groups in their order, the others last.
  return [...points, ...others].sort((left, right) => left.bucketStartSeconds - right.bucketStartSeconds);
}

async function ungrouped(
  store: Store,
  question: Question,
  isNothing: boolean,
  signal?: AbortSignal,
): Promise<readonly SeriesPoint[]> {
  const [lines, pods] = isNothing
    ? [[], new Map<string, number[]>()]
    : await Promise.all([groupedSums(store, question, signal), countPods(store, question, signal)]);
  const known = new Map(lines.map((line) => [line.place, line]));
  return question.buckets.map(({ startSeconds }, place): SeriesPoint => {
    const line = known.get(place);
    const totals = line === undefined ? ZERO_TOTALS : totalsOf(line.sums, pods.get('')?.[place] ?? 0);
    return { ...totals, bucketStartSeconds: startSeconds, group: null, isOther: false, otherCount: 0 };
  });
}

async function keptPoints(
  store: Store,
  question: Question,
  groupBy: Dimension,
  kept: readonly string[],
  isAll: boolean,
  signal?: AbortSignal,
): Promise<SeriesPoint[]> {
  const narrowed = isAll ? question : { ...question, clauses: [{ terms: { [KEY_FIELD[groupBy]]: [...kept] } }] };
  if (kept.length === 0) return [];
  const [lines, pods] = await Promise.all([groupedSums(store, narrowed, signal), countPods(store, narrowed, signal)]);
  const order = new Map(kept.map((group, place) => [group, place]));
  const rank = ({ place, group }: Line): number => place * (kept.length + 1) + (order.get(group) ?? kept.length);
  return [...lines]
    .sort((left, right) => rank(left) - rank(right))
    .map(({ group, place, sums, labels }) => ({
      ...totalsOf(sums, pods.get(group)?.[place] ?? 0),
      bucketStartSeconds: question.buckets[place]?.startSeconds ?? 0,
      group: groupKeyOf(groupBy, group, labels),
      isOther: false,
      otherCount: 0,
    }));
}

async function otherPoints(
  store: Store,
  question: Question,
  groupBy: Dimension,
  kept: readonly string[],
  signal?: AbortSignal,
): Promise<SeriesPoint[]> {
  const others: Question = { ...question, groupBy: null, not: [{ terms: { [KEY_FIELD[groupBy]]: [...kept] } }] };
  const [lines, pods, counts] = await Promise.all([
    groupedSums(store, { ...others, grainOf: groupBy }, signal),
    countPods(store, others, signal),
    otherCounts(store, others, groupBy, signal),
  ]);
  return lines.map(({ place, sums }) => ({
    ...totalsOf(sums, pods.get('')?.[place] ?? 0),
    bucketStartSeconds: question.buckets[place]?.startSeconds ?? 0,
    group: null,
    isOther: true,
    otherCount: counts.get(place) ?? 0,
  }));
}
