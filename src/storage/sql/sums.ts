import type { Sums, Totals } from '../../core/ports/results-store.ts';

/** One sum of the roll-ups: its field in the model, its column, and what it is of one stored row `r` with key `k`. */
export interface SumColumn {
  readonly field: keyof Sums;
  readonly column: string;
  readonly ofRow: string;
}

// Codes of `row_kind` in the key tables follow the order of ROW_KINDS: 0 pod, 1 system, 2 unallocated, 3 volume.
const pod = (value: string): string => `CASE WHEN k.row_kind = 0 THEN ${value} ELSE 0 END`;
const system = (value: string): string => `CASE WHEN k.row_kind = 1 THEN ${value} ELSE 0 END`;
const unallocated = (value: string): string => `CASE WHEN k.row_kind = 2 THEN ${value} ELSE 0 END`;

// Digits of the code of sources, see source-code.ts: the host is metered (POWER_SOURCES 0) or taken from general values
// (3 provider-default, 4 generic), the GPU is metered (GPU_SOURCES 1) or its use assumed (3).
const powerSource = '(r.sources / 10000) % 10';
const gpuSource = '(r.sources / 10000000) % 10';
const byParts = (host: string, gpu: string): string =>
  `CASE WHEN ${powerSource} ${host} THEN r.joules - r.joules_gpu ELSE 0 END + CASE WHEN ${gpuSource} ${gpu} THEN r.joules_gpu ELSE 0 END`;

/** What a row is by its contracts; a store may leave out a value that is that of `co2e_grams`. */
const MARKET_GRAMS = 'COALESCE(r.co2e_market_grams, r.co2e_grams)';

/**
 * Every sum that roll-ups keep, in the order of their columns. A roll-up column holds exactly SUM(`ofRow`) of the rows
 * whose window starts in its hour or day; answers add the columns up.
 */
export const SUM_COLUMNS: readonly SumColumn[] = [
  { field: 'joules', column: 'joules', ofRow: 'r.joules' },
  { field: 'joulesLow', column: 'joules_low', ofRow: 'r.joules_low' },
  { field: 'joulesHigh', column: 'joules_high', ofRow: 'r.joules_high' },
  { field: 'joulesDynamic', column: 'joules_dynamic', ofRow: pod('r.joules_dynamic') },
  { field: 'joulesIdle', column: 'joules_idle', ofRow: pod('r.joules_idle') },
  { field: 'joulesSystem', column: 'joules_system', ofRow: system('r.joules') },
  { field: 'joulesUnallocated', column: 'joules_unallocated', ofRow: unallocated('r.joules') },
  { field: 'joulesGpu', column: 'joules_gpu', ofRow: 'r.joules_gpu' },
  // Only rows of volumes have any.
  { field: 'joulesStorage', column: 'joules_storage', ofRow: 'r.joules_storage' },
  { field: 'joulesMeasured', column: 'joules_measured', ofRow: byParts('= 0', '= 1') },
  { field: 'joulesDefault', column: 'joules_default', ofRow: byParts('IN (3, 4)', '= 3') },
  { field: 'pueJoules', column: 'pue_joules', ofRow: 'r.joules * r.pue' },
  { field: 'intensityJoules', column: 'intensity_joules', ofRow: 'r.joules * r.grid_intensity' },
  { field: 'co2eGrams', column: 'co2e_grams', ofRow: 'r.co2e_grams' },
  { field: 'co2eLowGrams', column: 'co2e_low_grams', ofRow: 'r.co2e_low_grams' },
  { field: 'co2eHighGrams', column: 'co2e_high_grams', ofRow: 'r.co2e_high_grams' },
  { field: 'co2eMarketGrams', column: 'co2e_market_grams', ofRow: MARKET_GRAMS },
  { field: 'co2eDirectGrams', column: 'co2e_direct_grams', ofRow: 'COALESCE(r.co2e_direct_grams, 0)' },
  {
    field: 'co2eOfDirectRowsGrams',
    column: 'co2e_of_direct_rows_grams',
    ofRow: 'CASE WHEN r.co2e_direct_grams IS NULL THEN 0 ELSE r.co2e_grams END',
  },
  { field: 'embodiedCo2eGrams', column: 'embodied_co2e_grams', ofRow: 'r.embodied_co2e_grams' },
  { field: 'embodiedLowGrams', column: 'embodied_low_grams', ofRow: 'r.embodied_low_grams' },
  { field: 'embodiedHighGrams', column: 'embodied_high_grams', ofRow: 'r.embodied_high_grams' },
  {
    field: 'unallocatedCo2eGrams',
    column: 'unallocated_co2e_grams',
    ofRow: unallocated('r.co2e_grams + r.embodied_co2e_grams'),
  },
  { field: 'totalCost', column: 'total_cost', ofRow: 'r.total_cost' },
  { field: 'costLow', column: 'cost_low', ofRow: 'r.cost_low' },
  { field: 'costHigh', column: 'cost_high', ofRow: 'r.cost_high' },
  {
    field: 'cpuRequestMillicoreSeconds',
    column: 'cpu_request_millicore_seconds',
    ofRow: 'r.cpu_request * r.duration_seconds',
  },
  {
    field: 'cpuUsageMillicoreSeconds',
    column: 'cpu_usage_millicore_seconds',
    ofRow: 'r.cpu_usage_millicores * r.duration_seconds',
  },
  {
    field: 'memoryRequestByteSeconds',
    column: 'memory_request_byte_seconds',
    ofRow: 'r.memory_request * r.duration_seconds',
  },
  {
    field: 'memoryUsageByteSeconds',
    column: 'memory_usage_byte_seconds',
    ofRow: 'r.memory_usage_bytes * r.duration_seconds',
  },
  { field: 'networkReceiveBytes', column: 'network_receive_bytes', ofRow: 'r.network_receive_bytes' },
  { field: 'networkTransmitBytes', column: 'network_transmit_bytes', ofRow: 'r.network_transmit_bytes' },
  { field: 'restartCount', column: 'restart_count', ofRow: 'r.restart_count' },
];

/** The highest of a roll-up by pod and hour, beside its sums: null in hours that are older than these columns. */
export interface PeakColumn {
  readonly column: string;
  readonly ofRow: string;
  /** The sum whose mean over the hour stands in where it is null. */
  readonly sum: 'cpu_usage_millicore_seconds' | 'memory_usage_byte_seconds';
}

export const PEAK_COLUMNS: readonly PeakColumn[] = [
  { column: 'cpu_peak_millicores', ofRow: 'r.cpu_usage_millicores', sum: 'cpu_usage_millicore_seconds' },
  { column: 'memory_peak_bytes', ofRow: 'r.memory_usage_bytes', sum: 'memory_usage_byte_seconds' },
];

/** The columns of all sums, in the order of SUM_COLUMNS; with the name of a table, of that. */
export function sumColumnList(table?: string): string {
  return SUM_COLUMNS.map(({ column }) => (table === undefined ? column : `${table}.${column}`)).join(', ');
}

/** Every sum of one line `r` of a roll-up, in the order of SUM_COLUMNS. */
export function rollupExpressions(): string {
  return SUM_COLUMNS.map(({ column }) =>
    column === 'co2e_market_grams' ? `${MARKET_GRAMS} AS ${column}` : `r.${column}`,
  ).join(', ');
}

/** `SUM(...) AS column` for every sum; nothing to add is 0. */
export function summedColumns(): string {
  return SUM_COLUMNS.map(({ column }) => `COALESCE(SUM(${column}), 0) AS ${column}`).join(', ');
}

/** `SUM(expression of a row) AS column` for every sum. */
export function summedRowExpressions(): string {
  return SUM_COLUMNS.map(({ column, ofRow }) => `SUM(${ofRow}) AS ${column}`).join(', ');
}

/** `MAX(expression of a row) AS column` for every peak. */
export function peakRowExpressions(): string {
  return PEAK_COLUMNS.map(({ column, ofRow }) => `MAX(${ofRow}) AS ${column}`).join(', ');
}

/** `expression of a row AS column` for every sum. */
export function rowExpressions(): string {
  return SUM_COLUMNS.map(({ column, ofRow }) => `${ofRow} AS ${column}`).join(', ');
}

/** Reads the sums of a query's answer; a column that is missing or no number is an error of ours and throws. */
export function totalsOf(record: Readonly<Record<string, unknown>>, podCount: number): Totals {
  const totals: Partial<Record<keyof Totals, number>> = { podCount };
  for (const { field, column } of SUM_COLUMNS) totals[field] = numberIn(record, column);
  return totals as Totals;
}

export const ZERO_TOTALS: Totals = totalsOf(Object.fromEntries(SUM_COLUMNS.map(({ column }) => [column, 0])), 0);

/** A number of a query's answer. */
export function numberIn(record: Readonly<Record<string, unknown>>, column: string): number {
  const value = record[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`);
  return value;
}

/** A number of a query's answer that can be absent. */
export function numberOrNullIn(record: Readonly<Record<string, unknown>>, column: string): number | null {
  const value = record[column] ?? null;
  return value === null ? null : numberIn(record, column);
}
