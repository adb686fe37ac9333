import type { EpochSeconds } from '../../model/time.ts';
import { PEAK_COLUMNS } from '../sql/sums.ts';
import { hiddenClauses, ofCluster, startsIn } from './clauses.ts';
import type { ClusterHead } from './cluster-head.ts';
import { compositePages, keyOf } from './composite-pages.ts';
import { GROUP_NAMES, type Group, groupFields, groupIn } from './group-fields.ts';
import type { Store } from './store.ts';
import { type Aggregations, addSums, sumAggregations, sumsIn, valueIn } from './sum-aggregations.ts';

export type Period = 'hour' | 'day';
export const SECONDS_OF: Readonly<Record<Period, number>> = { hour: 3600, day: 86_400 };
export const GRAINS = ['pod', 'workload', 'namespace'] as const;
export type Grain = (typeof GRAINS)[number];

/** One document of a roll-up to be: what it is of, its sums in the order of SUM_FIELDS, and of hours by pod the peaks. */
export interface RollupLine {
  readonly key: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly sums: Float64Array;
  /** In the order of PEAK_COLUMNS; none of other roll-ups. */
  readonly peaks: readonly number[];
}

export type RollupLines = Readonly<Record<Grain, ReadonlyMap<string, RollupLine>>>;

const GROUPS_A_PAGE = 1000;

/**
 * What the roll-ups of an hour are by its rows, or those of a day by its hours. The cluster adds up by pod and node;
 * the coarser grains are added up from those groups here.
 */
export async function rollupLines(
  { requests, names }: Store,
  head: ClusterHead,
  period: Period,
  startSeconds: EpochSeconds,
  signal?: AbortSignal,
): Promise<RollupLines> {
  const range = { startSeconds, endSeconds: startSeconds + SECONDS_OF[period] };
  const finer = period === 'hour' ? 'combined-metrics' : 'rollup-hour-pod';
  const question = {
    indices: names.within(finer, range),
    query: { bool: { filter: [ofCluster(head.clusterId), startsIn(range)], must_not: hiddenClauses([head]) } },
    fields: GROUP_NAMES,
    aggregations: period === 'hour' ? { ...sumAggregations('row'), ...PEAKS_OF_ROWS } : sumAggregations('hour'),
    size: GROUPS_A_PAGE,
  };
  const lines = emptyLines();
  for await (const page of compositePages(requests, question, signal)) {
    for (const bucket of page) {
      const peaks = period === 'hour' ? Object.keys(PEAKS_OF_ROWS).map((name) => valueIn(bucket, name)) : [];
      addLine(lines, head.clusterId, groupIn(keyOf(bucket)), sumsIn(bucket), peaks);
    }
  }
  return lines;
}

/** The highest of each row: a field of rows is `r.<field>` to the SQL stores. */
const PEAKS_OF_ROWS: Aggregations = Object.fromEntries(
  PEAK_COLUMNS.map(({ column, ofRow }) => [column, { max: { field: ofRow.replace('r.', '') } }]),
);

type GrowingLines = Readonly<Record<Grain, Map<string, RollupLine>>>;

export function emptyLines(): GrowingLines {
  return { pod: new Map(), workload: new Map(), namespace: new Map() };
}

/** Adds the sums of a group to the line of each grain that it belongs to. A pod is one group: its peaks are those. */
export function addLine(
  lines: GrowingLines,
  clusterId: string,
  group: Group,
  sums: Float64Array,
  peaks: readonly number[] = [],
): void {
  const { pod_name, pod_key, ...workload } = groupFields(clusterId, group);
  const { namespace, namespace_key } = workload;
  add('pod', lines.pod, { ...workload, pod_name: pod_name ?? '', pod_key: pod_key ?? '' }, sums, peaks);
  add('workload', lines.workload, workload, sums);
  add('namespace', lines.namespace, { namespace: namespace ?? '', namespace_key: namespace_key ?? '' }, sums);
}

function add(
  grain: Grain,
  lines: Map<string, RollupLine>,
  fields: Readonly<Record<string, string>>,
  sums: Float64Array,
  peaks: readonly number[] = [],
): void {
  const key = lineKey(grain, fields);
  const known = lines.get(key);
  if (known === undefined) lines.set(key, { key, fields, sums: sums.slice(), peaks });
  else addSums(known.sums, sums);
}

/** Names that tell any two lines of a grain apart. */
export const GRAIN_NAMES: Readonly<Record<Grain, readonly string[]>> = {
  pod: GROUP_NAMES,
  workload: GROUP_NAMES.filter((name) => name !== 'pod_name'),
  namespace: ['namespace'],
};

/** Different for any two lines of a grain in one cluster and period. */
export function lineKey(grain: Grain, fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(GRAIN_NAMES[grain].map((name) => fields[name]));
}
