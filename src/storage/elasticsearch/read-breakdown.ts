import type { BreakdownItem, BreakdownPage, BreakdownQuery } from '../../core/ports/results-store.ts';
import { ZERO_TOTALS } from '../sql/sums.ts';
import { KEY_FIELD, TEXT_FIELD } from './group-fields.ts';
import { groupKeyOf } from './group-keys.ts';
import { groupedSums, type Question, totalsOf } from './grouped-sums.ts';
import { countPods } from './pod-counts.ts';
import { rankedGroups } from './ranked-groups.ts';
import type { Store } from './store.ts';
import { holdsText } from './wildcards.ts';

const NOTHING: BreakdownPage = { items: [], total: ZERO_TOTALS, groupCount: 0 };

/** One page of the groups of a range, with the sums over all groups that match the search. */
export async function readBreakdown(store: Store, query: BreakdownQuery, signal?: AbortSignal): Promise<BreakdownPage> {
  const { filter, range, by, search, sort, descending, limit, offset } = query;
  const heads = await store.heads.list(filter.clusterIds, signal);
  if (heads.length === 0 || range.startSeconds >= range.endSeconds) return NOTHING;
  const clauses = search === null || search === '' ? [] : [holdsText(TEXT_FIELD[by], search)];
  const question: Question = { heads, filter, buckets: [range], groupBy: by, clauses };
  const ranked = await rankedGroups(store, { ...question, sort, descending }, signal);
  if (ranked.length === 0) return NOTHING;
  const page = ranked.slice(offset, offset + limit);
  const ofPage: Question = { ...question, clauses: [...clauses, { terms: { [KEY_FIELD[by]]: page } }] };
  const ofAll: Question = { ...question, groupBy: null, grainOf: by };
  const isEmpty = page.length === 0;
  const [lines, pods, [all], allPods] = await Promise.all([
    isEmpty ? [] : groupedSums(store, ofPage, signal),
    isEmpty ? new Map<string, number[]>() : countPods(store, ofPage, signal),
    groupedSums(store, ofAll, signal),
    countPods(store, ofAll, signal),
  ]);
  const known = new Map(lines.map((line) => [line.group, line]));
  const items = page.flatMap((group): BreakdownItem[] => {
    const line = known.get(group);
    if (line === undefined) return [];
    return [{ ...totalsOf(line.sums, pods.get(group)?.[0] ?? 0), group: groupKeyOf(by, group, line.labels) }];
  });
  const total = all === undefined ? ZERO_TOTALS : totalsOf(all.sums, allPods.get('')?.[0] ?? 0);
  return { items, total, groupCount: ranked.length };
}
