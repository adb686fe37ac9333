import type { Dimension, ResultFilter, Totals } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { grainFor } from '../sql/dimension-columns.ts';
import { piecesOf } from '../sql/pieces.ts';
import type { ClusterHead } from './cluster-head.ts';
import { compositePages, keyOf } from './composite-pages.ts';
import { KEY_FIELD } from './group-fields.ts';
import { type Labels, labelAggregations, labelsIn, mergedLabels } from './group-keys.ts';
import { type LevelQuery, levelQueries } from './level-query.ts';
import type { Query } from './requests.ts';
import { SUM_FIELDS } from './row-sums.ts';
import type { Store } from './store.ts';
import { addSums, type Bucket, countIn, sumAggregations, sumsIn } from './sum-aggregations.ts';
import { timeAggregation, timeBuckets } from './time-buckets.ts';

/** What to add up. */
export interface Question {
  readonly heads: readonly ClusterHead[];
  readonly filter: ResultFilter;
  readonly buckets: readonly TimeRange[];
  readonly groupBy: Dimension | null;
  /** More conditions on the documents, such as which groups. */
  readonly clauses?: readonly Query[];
  /** Groups that are left out. */
  readonly not?: readonly Query[];
  /** A dimension that `clauses` and `not` speak of, so that a roll-up is chosen that knows it. */
  readonly grainOf?: Dimension;
}

/** The sums of one group in one bucket, which has rows. */
export interface Line {
  /** Value of the group's key field; empty without grouping. */
  readonly group: string;
  /** Place of the bucket. */
  readonly place: number;
  readonly sums: Float64Array;
  labels: Labels;
}

const GROUPS_A_PAGE = 1000;
const BUCKETS_A_PAGE = 20_000;

/** Sums by bucket and group, added up by the cluster; only buckets and groups that have rows. */
export async function groupedSums(store: Store, question: Question, signal?: AbortSignal): Promise<readonly Line[]> {
  const { filter, buckets, groupBy, heads } = question;
  const pieces = piecesOf(buckets);
  const queries = levelQueries(store.names, heads, filter, grainFor(filter, question.grainOf ?? groupBy), pieces);
  const lines = new Map<string, Line>();
  const add = (group: string, place: number, bucket: Bucket): void => {
    const id = `${place} ${group}`;
    const labels = labelsIn(bucket, groupBy);
    const known = lines.get(id);
    if (known === undefined) {
      lines.set(id, { group, place, sums: sumsIn(bucket), labels });
    } else {
      addSums(known.sums, sumsIn(bucket));
      known.labels = mergedLabels(known.labels, labels);
    }
  };
  await Promise.all(queries.map((query) => addLevel(store, question, query, add, signal)));
  return [...lines.values()];
}

type Add = (group: string, place: number, bucket: Bucket) => void;

async function addLevel(
  { requests }: Store,
  { buckets, groupBy, clauses = [], not = [] }: Question,
  { level, indices, query }: LevelQuery,
  add: Add,
  signal?: AbortSignal,
): Promise<void> {
  const narrowed: Query = { bool: { filter: [query, ...clauses], must_not: [...not] } };
  const sums = { ...sumAggregations(level), ...labelAggregations(groupBy) };
  const isOne = buckets.length === 1;
  const inner = isOne ? sums : timeAggregation(buckets, sums);
  const addBuckets = (group: string, parent: Bucket): void => {
    if (isOne) add(group, 0, parent);
    else for (const { place, bucket } of timeBuckets(parent, buckets)) add(group, place, bucket);
  };
  if (groupBy === null) {
    const body = { size: 0, track_total_hits: true, query: narrowed, aggregations: inner };
    const answer = await requests.search(indices, body, signal);
    const total = answer.hits.total;
    const count = typeof total === 'number' ? total : (total?.value ?? 0);
    if (count > 0) addBuckets('', answer.aggregations ?? {});
    return;
  }
  const field = KEY_FIELD[groupBy];
  const size = Math.max(1, Math.min(GROUPS_A_PAGE, Math.floor(BUCKETS_A_PAGE / buckets.length)));
  const composite = { indices, query: narrowed, fields: [field], aggregations: inner, size };
  for await (const page of compositePages(requests, composite, signal)) {
    for (const bucket of page) if (countIn(bucket) > 0) addBuckets(keyOf(bucket)[field] ?? '', bucket);
  }
}

/** Sums as the model names them. */
export function totalsOf(sums: Float64Array, podCount: number): Totals {
  const totals: Partial<Record<keyof Totals, number>> = { podCount };
  SUM_FIELDS.forEach(({ field }, index) => {
    totals[field] = sums[index] ?? 0;
  });
  return totals as Totals;
}
