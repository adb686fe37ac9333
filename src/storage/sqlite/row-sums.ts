import { OPTIONAL_ROW_NUMBERS, ROW_NUMBERS } from '../sql/row-columns.ts';
import { PEAK_COLUMNS, SUM_COLUMNS } from '../sql/sums.ts';

/** Sums a key: those of SUM_COLUMNS, in their order. */
export const SUMS = SUM_COLUMNS.length;
/** Figures a key: its sums, then those of PEAK_COLUMNS. */
export const KEPT = SUMS + PEAK_COLUMNS.length;

/** Place of a number of ROW_NUMBERS among the numbers of a row. */
function place(column: (typeof ROW_NUMBERS)[number][0]): number {
  return ROW_NUMBERS.findIndex(([name]) => name === column);
}

const JOULES = place('joules');
const JOULES_DYNAMIC = place('joules_dynamic');
const JOULES_IDLE = place('joules_idle');
const PUE = place('pue');
const GRID_INTENSITY = place('grid_intensity');
const CO2E = place('co2e_grams');
const EMBODIED = place('embodied_co2e_grams');
const JOULES_GPU = place('joules_gpu');
const CPU_USAGE = place('cpu_usage_millicores');
const MEMORY_USAGE = place('memory_usage_bytes');
/** Place of the direct grams, NaN for none: those of OPTIONAL_ROW_NUMBERS follow. */
const CO2E_DIRECT = ROW_NUMBERS.length + OPTIONAL_ROW_NUMBERS.findIndex(([column]) => column === 'co2e_direct_grams');

/** Sums that are a number of the row as it is; the others are computed. */
const PLAIN = [
  'joules',
  'joules_low',
  'joules_high',
  'joules_gpu',
  'joules_storage',
  'co2e_grams',
  'co2e_low_grams',
  'co2e_high_grams',
  'co2e_market_grams',
  'embodied_co2e_grams',
  'embodied_low_grams',
  'embodied_high_grams',
  'total_cost',
  'cost_low',
  'cost_high',
  'network_receive_bytes',
  'network_transmit_bytes',
  'restart_count',
] as const;
/** Sums that are a number of the row times the length of its window. */
const TIMED = [
  ['cpu_request_millicore_seconds', 'cpu_request'],
  ['cpu_usage_millicore_seconds', 'cpu_usage_millicores'],
  ['memory_request_byte_seconds', 'memory_request'],
  ['memory_usage_byte_seconds', 'memory_usage_bytes'],
] as const;

function sum(column: string): number {
  return SUM_COLUMNS.findIndex((each) => each.column === column);
}

const plain = PLAIN.map((column) => [sum(column), place(column)] as const);
const timed = TIMED.map(([column, number]) => [sum(column), place(number)] as const);
const PLAIN_SUMS = Int32Array.from(plain, ([of]) => of);
const PLAIN_PLACES = Int32Array.from(plain, ([, from]) => from);
const TIMED_SUMS = Int32Array.from(timed, ([of]) => of);
const TIMED_PLACES = Int32Array.from(timed, ([, from]) => from);
const DYNAMIC = sum('joules_dynamic');
const IDLE = sum('joules_idle');
const SYSTEM = sum('joules_system');
const UNALLOCATED = sum('joules_unallocated');
const MEASURED = sum('joules_measured');
const DEFAULT = sum('joules_default');
const PUE_JOULES = sum('pue_joules');
const INTENSITY_JOULES = sum('intensity_joules');
const DIRECT = sum('co2e_direct_grams');
const OF_DIRECT_ROWS = sum('co2e_of_direct_rows_grams');
const UNALLOCATED_CO2E = sum('unallocated_co2e_grams');

/** What a row is, beside its numbers. */
interface RowCodes {
  /** Place in ROW_KINDS. */
  readonly kind: number;
  /** Eight digits, see `sourceCodeOf`. */
  readonly sources: number;
  readonly durationSeconds: number;
}

/**
 * Adds a row to the sums that start at `into[to]`: the same as SUM(`ofRow`) of SUM_COLUMNS, done here as the row passes
 * by, so that it need not be read again; behind them its peaks. Its numbers start at `from[at]`, in the order of ROW_NUMBERS and
 * OPTIONAL_ROW_NUMBERS.
 */
export function addRow(into: Float64Array, to: number, from: Float64Array, at: number, row: RowCodes): void {
  for (let index = 0; index < PLAIN_SUMS.length; index += 1) {
    add(into, to + (PLAIN_SUMS[index] ?? 0), from[at + (PLAIN_PLACES[index] ?? 0)] ?? 0);
  }
  for (let index = 0; index < TIMED_SUMS.length; index += 1) {
    add(into, to + (TIMED_SUMS[index] ?? 0), (from[at + (TIMED_PLACES[index] ?? 0)] ?? 0) * row.durationSeconds);
  }
  into[to + SUMS] = Math.max(into[to + SUMS] ?? 0, from[at + CPU_USAGE] ?? 0);
  into[to + SUMS + 1] = Math.max(into[to + SUMS + 1] ?? 0, from[at + MEMORY_USAGE] ?? 0);
  const joules = from[at + JOULES] ?? 0;
  add(into, to + PUE_JOULES, joules * (from[at + PUE] ?? 0));
  add(into, to + INTENSITY_JOULES, joules * (from[at + GRID_INTENSITY] ?? 0));
  const gpuJoules = from[at + JOULES_GPU] ?? 0;
  const power = Math.floor(row.sources / 10_000) % 10;
  if (power === 0) add(into, to + MEASURED, joules - gpuJoules);
  if (power === 3 || power === 4) add(into, to + DEFAULT, joules - gpuJoules);
  const gpu = Math.floor(row.sources / 10_000_000) % 10;
  if (gpu === 1) add(into, to + MEASURED, gpuJoules);
  if (gpu === 3) add(into, to + DEFAULT, gpuJoules);
  const direct = from[at + CO2E_DIRECT] ?? Number.NaN;
  if (!Number.isNaN(direct)) {
    add(into, to + DIRECT, direct);
    add(into, to + OF_DIRECT_ROWS, from[at + CO2E] ?? 0);
  }
  if (row.kind === 0) {
    add(into, to + DYNAMIC, from[at + JOULES_DYNAMIC] ?? 0);
    add(into, to + IDLE, from[at + JOULES_IDLE] ?? 0);
  }
  if (row.kind === 1) add(into, to + SYSTEM, joules);
  if (row.kind === 2) {
    add(into, to + UNALLOCATED, joules);
    add(into, to + UNALLOCATED_CO2E, (from[at + CO2E] ?? 0) + (from[at + EMBODIED] ?? 0));
  }
}

function add(into: Float64Array, to: number, value: number): void {
  into[to] = (into[to] ?? 0) + value;
}
