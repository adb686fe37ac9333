import type { UsageHours, UsageHoursQuery, UsageKey } from '../../core/ports/usage-hours.ts';
import { PEAK_FIGURES, SUMMED_FIGURES } from '../sql/usage/usage-columns.ts';
import { checkUsageRange, PODS, UsageLines } from '../sql/usage/usage-lines.ts';
import { ofCluster, startsIn } from './clauses.ts';
import { compositePages, keyOf } from './composite-pages.ts';
import { type LevelQuery, levelQueries } from './level-query.ts';
import type { Query } from './requests.ts';
import { SUM_FIELDS } from './row-sums.ts';
import type { Store } from './store.ts';
import { type Aggregations, type Bucket, countIn, valueIn, valueOrNullIn } from './sum-aggregations.ts';

const HOUR = 3600;
/** Hours a question: a page of a composite goes through all documents that are asked. */
const HOURS_A_PIECE = 6;
const LINES_A_PAGE = { hour: 4000, row: 1000 } as const;
/** Pods of a group in an hour that are counted one by one, at some bytes each, used or not. */
const PODS_COUNTED = { hour: 100, row: 1000 } as const;

/** Hours of workloads or nodes, added up by the cluster from the roll-ups by pod; of hours that wait, from their rows. */
export async function readUsage(store: Store, query: UsageHoursQuery, signal?: AbortSignal): Promise<UsageHours> {
  checkUsageRange(query);
  const { clusterId, by } = query;
  const { startSeconds, endSeconds } = query.range;
  const lines = new UsageLines();
  const heads = await store.heads.list([clusterId], signal);
  if (heads.length === 0) return lines.take([]);
  const keys = new Keys(clusterId, by);
  const hasOld = await hasHoursWithoutPeaks(store, query, signal);
  for (let from = startSeconds; from < endSeconds; from += HOURS_A_PIECE * HOUR) {
    const to = Math.min(endSeconds, from + HOURS_A_PIECE * HOUR);
    const pieces = [{ level: 'hour' as const, bucket: 0, startSeconds: from, endSeconds: to }];
    const questions = levelQueries(store.names, heads, { clusterIds: [clusterId] }, 'pod', pieces);
    const found = await Promise.all(questions.map((question) => bucketsOf(store, question, { by, hasOld }, signal)));
    for (const { seconds, bucket, from: source } of found.flat().sort((left, right) => left.seconds - right.seconds)) {
      const { figures, at } = lines.add(keys.placeOf(bucket), (seconds - startSeconds) / HOUR);
      SUMMED_FIGURES.forEach(({ place, column }) => {
        figures[at + place] = valueIn(bucket, column);
      });
      addPods(figures, at, by === 'node' ? within(bucket, 'pods') : bucket, source);
    }
  }
  return lines.takeInSteps(keys.all);
}

interface HourBucket {
  readonly seconds: number;
  readonly bucket: Bucket;
  readonly from: 'hour' | 'row';
}

async function bucketsOf(
  store: Store,
  { level, indices, query }: LevelQuery,
  { by, hasOld }: { readonly by: UsageHoursQuery['by']; readonly hasOld: boolean },
  signal?: AbortSignal,
): Promise<readonly HourBucket[]> {
  const from = level === 'row' ? 'row' : 'hour';
  const narrowed: Query =
    by === 'node'
      ? { bool: { filter: [query], must_not: [{ term: { node: '' } }] } }
      : { bool: { filter: [query, IS_POD] } };
  const question = {
    indices,
    query: narrowed,
    hoursOf: 'timestamp',
    fields: FIELDS[by],
    aggregations: aggregationsOf(from, by, hasOld),
    size: LINES_A_PAGE[from],
  };
  const found: HourBucket[] = [];
  for await (const page of compositePages(store.requests, question, signal)) {
    for (const bucket of page) found.push({ seconds: Number(keyOf(bucket)['timestamp']) / 1000, bucket, from });
  }
  return found;
}

const FIELDS: Readonly<Record<UsageHoursQuery['by'], readonly string[]>> = {
  workload: ['workload_key', 'team_key'],
  node: ['node_key'],
};
const IS_POD: Query = { term: { row_kind: 'pod' } };

const WITHOUT_PEAKS: Query = { bool: { must_not: [{ exists: { field: PEAK_FIGURES[0]?.column ?? '' } }] } };

/** True where an older version wrote hours of the time: these have no peaks. */
async function hasHoursWithoutPeaks(
  { requests, names }: Store,
  { clusterId, range }: UsageHoursQuery,
  signal?: AbortSignal,
): Promise<boolean> {
  const query = { bool: { filter: [ofCluster(clusterId), startsIn(range), WITHOUT_PEAKS] } };
  const body = { size: 0, track_total_hits: 1, terminate_after: 1, query };
  const { total } = (await requests.search(names.within('rollup-hour-pod', range), body, signal)).hits;
  return (typeof total === 'number' ? total : (total?.value ?? 0)) > 0;
}

function aggregationsOf(from: 'hour' | 'row', by: UsageHoursQuery['by'], hasOld: boolean): Aggregations {
  const sums = SUMMED_FIGURES.map(({ column }): [string, Aggregations[string]] => {
    const field = SUM_FIELDS.find(({ inRollups }) => inRollups === column)?.[from === 'row' ? 'inRows' : 'inRollups'];
    return [column, { sum: { field: field ?? column } }];
  });
  const highest = (fieldOf: (peak: (typeof PEAK_FIGURES)[number]) => string): Aggregations =>
    Object.fromEntries(PEAK_FIGURES.map((peak) => [peak.column, { max: { field: fieldOf(peak) } }]));
  const pods: Aggregations = {
    count: { cardinality: { field: 'pod_key', precision_threshold: PODS_COUNTED[from] } },
    ...highest(({ column, ofRow }) => (from === 'row' ? ofRow.replace('r.', '') : column)),
  };
  // The highest mean stands in for a peak.
  if (hasOld && from === 'hour') pods['old'] = { filter: WITHOUT_PEAKS, aggregations: highest(({ sum }) => sum) };
  return {
    ...Object.fromEntries(sums),
    ...(by === 'node' ? { pods: { filter: IS_POD, aggregations: pods } } : pods),
  };
}

/** Of the documents of pods in a bucket: how many pods, and the peaks. */
function addPods(figures: Float64Array, at: number, pods: Bucket, from: 'hour' | 'row'): void {
  const documents = countIn(pods);
  // Beyond what is counted it is an estimate; a pod has one document of an hour, but for those that moved within it.
  const isCounted = from === 'row' || documents <= PODS_COUNTED.hour;
  figures[at + PODS] = isCounted ? valueIn(pods, 'count') : documents;
  const old = within(pods, 'old');
  for (const { place, column } of PEAK_FIGURES) {
    const mean = (valueOrNullIn(old, column) ?? 0) / HOUR;
    figures[at + place] = Math.max(valueOrNullIn(pods, column) ?? 0, mean);
  }
}

function within(bucket: Bucket, name: string): Bucket {
  const found = bucket[name];
  return typeof found === 'object' && found !== null ? (found as Bucket) : {};
}

/** Keys of lines, each once. */
class Keys {
  readonly all: UsageKey[] = [];
  readonly #prefix: string;
  readonly #by: UsageHoursQuery['by'];
  readonly #places = new Map<string, number>();

  constructor(clusterId: string, by: UsageHoursQuery['by']) {
    this.#prefix = `${clusterId}/`;
    this.#by = by;
  }

  placeOf(bucket: Bucket): number {
    const { node_key: node = '', workload_key: workload = '', team_key: team = '' } = keyOf(bucket);
    const name = `${node}\n${workload}\n${team}`;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.all.length);
    const none = { namespace: null, ownerKind: null, ownerName: null, team: null, node: null };
    if (this.#by === 'node') return this.all.push({ ...none, node: node.slice(this.#prefix.length) }) - 1;
    // `<cluster>/<namespace>/<kind>/<name>`: no namespace and no kind holds a slash.
    const [namespace = null, ownerKind = null, ...rest] = workload.slice(this.#prefix.length).split('/');
    const key = { ...none, namespace, ownerKind, ownerName: rest.join('/'), team: team === '' ? null : team };
    return this.all.push(key) - 1;
  }
}
