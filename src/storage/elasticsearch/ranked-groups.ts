import type { BreakdownSort, Dimension, Sums } from '../../core/ports/results-store.ts';
import { grainFor } from '../sql/dimension-columns.ts';
import { piecesOf } from '../sql/pieces.ts';
import { compositePages, keyOf } from './composite-pages.ts';
import { KEY_FIELD } from './group-fields.ts';
import { groupKeyOf } from './group-keys.ts';
import type { Question } from './grouped-sums.ts';
import { levelQueries } from './level-query.ts';
import type { Store } from './store.ts';
import { oneSum, valueIn } from './sum-aggregations.ts';

const FIGURES: Readonly<Record<BreakdownSort, readonly (keyof Sums)[]>> = {
  co2e: ['co2eGrams', 'embodiedCo2eGrams'],
  energy: ['pueJoules'],
  cost: ['totalCost'],
  name: [],
  cpu: ['cpuUsageMillicoreSeconds'],
  memory: ['memoryUsageByteSeconds'],
};

const GROUPS_A_PAGE = 5000;

export interface RankQuestion extends Question {
  readonly sort: BreakdownSort;
  readonly descending: boolean;
}

/**
 * The values of all groups' key field in order, by a figure over all buckets, then by name. The cluster adds up; groups
 * are sorted here, as the parts of a group may be in many indices and an order by parts would be a guess.
 */
export async function rankedGroups(store: Store, question: RankQuestion, signal?: AbortSignal): Promise<string[]> {
  const { heads, filter, buckets, groupBy, clauses = [], sort, descending } = question;
  if (groupBy === null) return [];
  const field = KEY_FIELD[groupBy];
  const figures = new Map<string, number>();
  const queries = levelQueries(store.names, heads, filter, grainFor(filter, groupBy), piecesOf(buckets));
  for (const { level, indices, query } of queries) {
    const sums = FIGURES[sort].map((figure) => oneSum(figure, level));
    const aggregations = Object.assign({}, ...sums.map((sum) => sum.aggregation));
    const narrowed = { bool: { filter: [query, ...clauses] } };
    const groups = { indices, query: narrowed, fields: [field], aggregations, size: GROUPS_A_PAGE };
    for await (const page of compositePages(store.requests, groups, signal)) {
      for (const bucket of page) {
        const group = keyOf(bucket)[field] ?? '';
        const figure = sums.reduce((sum, { name }) => sum + valueIn(bucket, name), 0);
        figures.set(group, (figures.get(group) ?? 0) + figure);
      }
    }
  }
  return inOrder(figures, groupBy, sort === 'name', descending);
}

function inOrder(
  figures: ReadonlyMap<string, number>,
  groupBy: Dimension,
  byName: boolean,
  descending: boolean,
): string[] {
  const sign = descending ? -1 : 1;
  const groups = [...figures].map(([group, figure]) => ({ group, figure, name: groupKeyOf(groupBy, group, {}).key }));
  groups.sort((left, right) => {
    const byFigure = byName ? 0 : sign * (left.figure - right.figure);
    const names = (byName ? sign : 1) * compare(left.name, right.name);
    return byFigure || names || compare(left.group, right.group);
  });
  return groups.map(({ group }) => group);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
