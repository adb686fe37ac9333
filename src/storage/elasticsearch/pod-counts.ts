import * as z from 'zod';
import type { Dimension, ResultFilter } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { compositePages, keyOf } from './composite-pages.ts';
import { pagesOf } from './documents.ts';
import { filterClauses, GROUP_NAMES, KEY_FIELD } from './group-fields.ts';
import { isoOf, secondsOf } from './instants.ts';
import type { Query } from './requests.ts';
import type { Store } from './store.ts';
import { countIn } from './sum-aggregations.ts';
import { timeAggregation, timeBuckets } from './time-buckets.ts';

export interface PodQuestion {
  readonly filter: ResultFilter;
  /** Contiguous, in order. */
  readonly buckets: readonly TimeRange[];
  readonly groupBy: Dimension | null;
  readonly clauses?: readonly Query[];
  readonly not?: readonly Query[];
}

/** Distinct pods by group (empty text without grouping), then by bucket. */
export type PodCounts = ReadonlyMap<string, readonly number[]>;

/**
 * Counts the pods that were present in each bucket, exactly. Nearly every pod has one document in `pod-presence`: there
 * the cluster counts documents, those that begin before a bucket's end less those that end before its start. The others
 * (pods that moved to another node, for example) are read one by one.
 */
export async function countPods(store: Store, question: PodQuestion, signal?: AbortSignal): Promise<PodCounts> {
  const counts = new Map<string, number[]>();
  const add = (group: string, changes: readonly number[]): void => {
    const known = counts.get(group) ?? question.buckets.map(() => 0);
    changes.forEach((count, place) => {
      known[place] = (known[place] ?? 0) + count;
    });
    counts.set(group, known);
  };
  if (question.buckets.length === 0) return counts;
  if (question.buckets.length === 1 && question.groupBy === null) {
    // The commonest question of all, in one request where no pod has moved.
    if (await countSimply(store, question, add, signal)) await countOthers(store, question, add, signal);
    return counts;
  }
  await Promise.all([countOnly(store, question, add, signal), countOthers(store, question, add, signal)]);
  return counts;
}

type Add = (group: string, counts: readonly number[]) => void;

/** Counts pods with one document; true where there are others. */
async function countSimply(
  { requests, names }: Store,
  question: PodQuestion,
  add: Add,
  signal?: AbortSignal,
): Promise<boolean> {
  const aggregations = { others: { filter: { term: { is_only: false } } } };
  const body = { size: 0, track_total_hits: true, query: presentQuery(question, null), aggregations };
  const answer = await requests.search([names.of('pod-presence')], body, signal);
  const total = answer.hits.total;
  const others = inner(answer.aggregations ?? {}, 'others');
  const otherCount = 'doc_count' in others ? countIn(others) : 0;
  add('', [(typeof total === 'number' ? total : (total?.value ?? 0)) - otherCount]);
  return otherCount > 0;
}

function presentQuery({ filter, buckets, clauses = [], not = [] }: PodQuestion, isOnly: boolean | null): Query {
  const start = buckets[0]?.startSeconds ?? 0;
  const end = buckets.at(-1)?.endSeconds ?? 0;
  return {
    bool: {
      filter: [
        ...(filter.clusterIds.length === 0 ? [] : [{ terms: { cluster_id: [...filter.clusterIds] } }]),
        ...filterClauses(filter),
        ...clauses,
        ...(isOnly === null ? [] : [{ term: { is_only: isOnly } }]),
        { range: { first_seen: { lt: isoOf(end) } } },
        { range: { last_seen: { gt: isoOf(start) } } },
      ],
      must_not: [...not],
    },
  };
}

const GROUPS_A_PAGE = 1000;
const BUCKETS_A_PAGE = 20_000;

async function countOnly(
  { requests, names }: Store,
  question: PodQuestion,
  add: Add,
  signal?: AbortSignal,
): Promise<void> {
  const { buckets, groupBy } = question;
  const indices = [names.of('pod-presence')];
  const query = presentQuery(question, true);
  if (buckets.length === 1) {
    if (groupBy === null) return;
    const field = KEY_FIELD[groupBy];
    const groups = { indices, query, fields: [field], aggregations: {}, size: 10 * GROUPS_A_PAGE };
    for await (const page of compositePages(requests, groups, signal)) {
      for (const bucket of page) add(keyOf(bucket)[field] ?? '', [countIn(bucket)]);
    }
    return;
  }
  // A pod whose last second is before a bucket's start is not in it: `last_seen` is the first second after.
  const first = timeAggregation(buckets, {}, 'first_seen');
  const last = timeAggregation(buckets, {}, 'last_seen', 1);
  const aggregations = {
    first: { filter: { match_all: {} }, aggregations: first },
    last: { filter: { match_all: {} }, aggregations: last },
  };
  const addGroup = (group: string, parent: Readonly<Record<string, unknown>>, documents: number): void => {
    const starts = buckets.map(() => 0);
    const ends = buckets.map(() => 0);
    let within = 0;
    for (const { place, bucket } of timeBuckets(inner(parent, 'first'), buckets)) {
      starts[place] = countIn(bucket);
      within += countIn(bucket);
    }
    for (const { place, bucket } of timeBuckets(inner(parent, 'last'), buckets, 1)) ends[place] = countIn(bucket);
    let present = documents - within;
    add(
      group,
      buckets.map((_, place) => {
        present += starts[place] ?? 0;
        const count = present;
        present -= ends[place] ?? 0;
        return count;
      }),
    );
  };
  if (groupBy === null) {
    const answer = await requests.search(indices, { size: 0, track_total_hits: true, query, aggregations }, signal);
    const total = answer.hits.total;
    addGroup('', answer.aggregations ?? {}, typeof total === 'number' ? total : (total?.value ?? 0));
    return;
  }
  const field = KEY_FIELD[groupBy];
  const size = Math.max(1, Math.min(GROUPS_A_PAGE, Math.floor(BUCKETS_A_PAGE / 2 / buckets.length)));
  for await (const page of compositePages(requests, { indices, query, fields: [field], aggregations, size }, signal)) {
    for (const bucket of page) addGroup(keyOf(bucket)[field] ?? '', bucket, countIn(bucket));
  }
}

function inner(parent: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const answer = parent[name];
  return typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, unknown>>) : {};
}

const Document = z.looseObject({ pod_key: z.string(), first_seen: z.string(), last_seen: z.string() });

async function countOthers(store: Store, question: PodQuestion, add: Add, signal?: AbortSignal): Promise<void> {
  const { buckets, groupBy } = question;
  const field = groupBy === null ? null : KEY_FIELD[groupBy];
  // By group, then by pod: the buckets it was counted in.
  const counted = new Map<string, Map<string, Set<number>>>();
  const body = {
    query: presentQuery(question, false),
    sort: ['cluster_id', ...GROUP_NAMES],
    _source: ['pod_key', 'first_seen', 'last_seen', ...(field === null ? [] : [field])],
  };
  for await (const page of pagesOf(store.requests, [store.names.of('pod-presence')], body, signal)) {
    for (const { source } of page) {
      const document = Document.parse(source);
      const [first, last] = [secondsOf(document.first_seen), secondsOf(document.last_seen)];
      const group = field === null ? '' : String(document[field] ?? '');
      const pods = counted.get(group) ?? new Map<string, Set<number>>();
      counted.set(group, pods);
      const places = pods.get(document.pod_key) ?? new Set<number>();
      pods.set(document.pod_key, places);
      buckets.forEach(({ startSeconds, endSeconds }, place) => {
        if (first < endSeconds && last > startSeconds) places.add(place);
      });
    }
  }
  for (const [group, pods] of counted) {
    const counts = buckets.map(() => 0);
    for (const places of pods.values()) for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
    add(group, counts);
  }
}
