import type { BreakdownInput } from '../../../contract/schemas/metrics.ts';
import type { Metric } from '../../../contract/schemas/primitives.ts';
import type { ExploreGroup } from './level.ts';

export const COLUMN_IDS = [
  'kind',
  'range',
  'share',
  'change',
  'carbon',
  'energy',
  'cost',
  'cpu',
  'memory',
  'pods',
  'operational',
  'embodied',
  'trend',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export interface ColumnFacts {
  readonly label: string;
  readonly numeric: boolean;
  readonly sort: BreakdownInput['sort'] | null;
}

export const COLUMNS: Readonly<Record<ColumnId, ColumnFacts>> = {
  kind: { label: 'Kind', numeric: false, sort: null },
  range: { label: 'Low to high', numeric: false, sort: null },
  share: { label: 'Share', numeric: true, sort: null },
  change: { label: 'Change', numeric: true, sort: null },
  carbon: { label: 'Carbon', numeric: true, sort: 'co2e' },
  energy: { label: 'Energy', numeric: true, sort: 'energy' },
  cost: { label: 'Cost', numeric: true, sort: 'cost' },
  cpu: { label: 'CPU used / requested', numeric: false, sort: 'cpu' },
  memory: { label: 'Memory used / requested', numeric: false, sort: 'memory' },
  pods: { label: 'Pods', numeric: true, sort: null },
  operational: { label: 'Operational', numeric: true, sort: null },
  embodied: { label: 'Embodied', numeric: true, sort: null },
  trend: { label: 'Trend', numeric: false, sort: null },
};

const DEFAULTS: readonly ColumnId[] = [
  'kind',
  'range',
  'share',
  'change',
  'carbon',
  'energy',
  'cost',
  'cpu',
  'pods',
  'trend',
];

/** Columns of the address, in its order; what it can't mean is left out, and nothing left means the defaults. */
export function chosenColumns(text: string | undefined): readonly ColumnId[] {
  if (text === undefined) return DEFAULTS;
  const wanted = text.split(',');
  const known = wanted.filter(
    (id, index): id is ColumnId => COLUMN_IDS.some((each) => each === id) && wanted.indexOf(id) === index,
  );
  return known.length > 0 || text === 'none' ? known : DEFAULTS;
}

/** The address's form of a choice; the defaults leave nothing in it. */
export function columnsText(columns: readonly ColumnId[]): string | undefined {
  const text = columns.join(',');
  if (text === DEFAULTS.join(',')) return undefined;
  return text === '' ? 'none' : text;
}

/** Columns that have something to say here: the metric itself stands first anyway, namespaces have no kind. */
export function shownColumns(
  columns: readonly ColumnId[],
  metric: Metric,
  group: ExploreGroup,
  compare: boolean,
): readonly ColumnId[] {
  return columns.filter((id) => {
    if (id === metric) return false;
    if (id === 'kind') return group === 'workload' || group === 'pod';
    if (id === 'change') return compare;
    if (id === 'pods') return group !== 'pod';
    return true;
  });
}

/** Adds or takes away a column; an added one goes to its usual place. */
export function toggleColumn(columns: readonly ColumnId[], id: ColumnId): readonly ColumnId[] {
  if (columns.includes(id)) return columns.filter((each) => each !== id);
  const usual = COLUMN_IDS.indexOf(id);
  const at = columns.findIndex((each) => COLUMN_IDS.indexOf(each) > usual);
  return at < 0 ? [...columns, id] : columns.toSpliced(at, 0, id);
}

/** Moves a column one place; at the ends nothing changes. */
export function moveColumn(columns: readonly ColumnId[], id: ColumnId, step: -1 | 1): readonly ColumnId[] {
  const at = columns.indexOf(id);
  const to = at + step;
  if (at < 0 || to < 0 || to >= columns.length) return columns;
  return columns.toSpliced(at, 1).toSpliced(to, 0, id);
}
