import type { Timeseries, TimeseriesPoint } from '../../contract/schemas/metrics.ts';
import type { Kind } from '../format/units.ts';
import { type Bucket, findGaps, type Gap, shapeBuckets } from './buckets.ts';
import { type GroupKind, groupLabel, pointKind, STACK_PLACE } from './groups.ts';
import { MEASURES, type Measure } from './measure.ts';
import { type Paint, paintOf } from './paint.ts';

/** One layer of a stack; `values` has one entry a bucket, null where there is no data. */
export interface StackSeries {
  readonly key: string;
  readonly label: string;
  readonly kind: GroupKind;
  readonly paint: Paint;
  readonly values: readonly (number | null)[];
}

export interface StackBucket extends Bucket {
  readonly total: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The same stretch one period earlier; null without comparison or data. */
  readonly previous: number | null;
}

/** Rows of a stacked chart, ready to draw: base units of `kind`, series from the floor up. */
export interface StackData {
  readonly kind: Kind;
  readonly name: string;
  readonly series: readonly StackSeries[];
  readonly buckets: readonly StackBucket[];
  readonly gaps: readonly Gap[];
  /** Sum of the buckets; for power the mean over what was collected. */
  readonly total: number;
}

const MOST_NAMES = 5;

interface Group {
  readonly key: string;
  readonly kind: GroupKind;
  readonly label: string;
  /** Carbon ranks the names whatever is drawn, so that colours stay when the metric changes. */
  rank: number;
  count: number;
  readonly cells: Map<number, number>;
}

/** Wire answer → stack. Names beyond five are added up as Other; nothing is dropped, so sums stay. */
export function shapeStack(answer: Timeseries, measure: Measure, previous: readonly (number | null)[] = []): StackData {
  const buckets = shapeBuckets(answer.buckets);
  const bounds = new Map<number, { total: number; low: number; high: number }>();
  for (const point of answer.timeseries) {
    const at = Date.parse(point.timestamp);
    const sums = bounds.get(at) ?? { total: 0, low: 0, high: 0 };
    bounds.set(at, {
      total: sums.total + measure.value(point),
      low: sums.low + measure.low(point),
      high: sums.high + measure.high(point),
    });
  }
  const columns = buckets.map((bucket, index): StackBucket => {
    const sums = bounds.get(bucket.startMs);
    const before = previous[index] ?? null;
    // Answers may fill a stretch without data with zeros. Figures without coverage would contradict it: they are shown.
    if (bucket.state === 'gap' && (sums?.total ?? 0) === 0)
      return { ...bucket, total: null, low: null, high: null, previous: before };
    const state = bucket.state === 'gap' ? 'partial' : bucket.state;
    return { ...bucket, state, ...(sums ?? { total: 0, low: 0, high: 0 }), previous: before };
  });
  const groups = tellApart(foldNames(collectGroups(answer.timeseries, measure)));
  let rank = 0;
  const series = groups.map(
    (group): StackSeries => ({
      key: group.key,
      label: group.kind === 'other' ? `Other (${group.count})` : group.label,
      kind: group.kind,
      paint: paintOf(group.kind, group.kind === 'named' ? rank++ : 0),
      values: columns.map((column) => (column.state === 'gap' ? null : (group.cells.get(column.startMs) ?? 0))),
    }),
  );
  const total = columns.reduce((sum, each) => sum + (each.total ?? 0), 0);
  return { kind: measure.kind, name: measure.name, series, buckets: columns, gaps: findGaps(columns), total };
}

function collectGroups(points: readonly TimeseriesPoint[], measure: Measure): Group[] {
  const groups = new Map<string, Group>();
  for (const point of points) {
    const name = point.group ?? '';
    const kind = pointKind(name, point.parts);
    // Our own rows are one layer each, also where several clusters or nodes have theirs.
    const key = kind === 'named' ? name : kind;
    const group = groups.get(key) ?? {
      key: kind === 'named' ? name : `__${kind}__`,
      kind,
      label: groupLabel(kind, name, point.group_label),
      rank: 0,
      count: 0,
      cells: new Map<number, number>(),
    };
    const at = Date.parse(point.timestamp);
    group.cells.set(at, (group.cells.get(at) ?? 0) + measure.value(point));
    group.rank += MEASURES.carbon.value(point);
    group.count = Math.max(group.count, point.other_count ?? 0);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function foldNames(groups: readonly Group[]): Group[] {
  const names = groups
    .filter((group) => group.kind === 'named')
    .toSorted((a, b) => b.rank - a.rank || compare(a.key, b.key));
  const answered = groups.find((group) => group.kind === 'other');
  // A single name beyond five is shown by its name: "Other (1)" would hide what it is.
  const kept = answered === undefined && names.length === MOST_NAMES + 1 ? names.length : MOST_NAMES;
  const rest = names.slice(kept);
  const own = groups.filter((group) => group.kind !== 'named' && group.kind !== 'other');
  const other = rest.length > 0 || answered !== undefined ? [addUp(rest, answered)] : [];
  return [...names.slice(0, kept), ...other, ...own].toSorted((a, b) => STACK_PLACE[a.kind] - STACK_PLACE[b.kind]);
}

/** Names that stand twice get what their key says before them: `api (shop)` and `api (search)`. */
function tellApart(groups: readonly Group[]): Group[] {
  const times = new Map<string, number>();
  for (const { label } of groups) times.set(label, (times.get(label) ?? 0) + 1);
  return groups.map((group) => {
    const [before] = group.key.split('/');
    const isAlone = times.get(group.label) === 1 || group.kind !== 'named' || before === group.key;
    return isAlone ? group : { ...group, label: `${group.label} (${before})` };
  });
}

function addUp(rest: readonly Group[], answered: Group | undefined): Group {
  const cells = new Map<number, number>(answered?.cells ?? []);
  for (const group of rest) for (const [at, value] of group.cells) cells.set(at, (cells.get(at) ?? 0) + value);
  return {
    key: '__other__',
    kind: 'other',
    label: 'Other',
    rank: 0,
    count: rest.length + (answered?.count ?? 0),
    cells,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Colour of each name of a stack by its key, so that tables on the same page can use it; others are Other. */
export function coloursOf(data: StackData | undefined): ReadonlyMap<string, Paint> {
  return new Map((data?.series ?? []).map((series) => [series.key, series.paint]));
}
