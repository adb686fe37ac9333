import type { Sums } from '../../core/ports/results-store.ts';
import type { ResultRow } from '../../model/results.ts';
import { SUM_COLUMNS } from '../sql/sums.ts';

interface RowSum {
  readonly name: string;
  readonly of: (row: ResultRow, durationSeconds: number) => number;
}

/** Sums that are not simply a column of the row: what the cluster can't compute without a script is stored. */
const DERIVED: Partial<Record<keyof Sums, RowSum>> = {
  // `joules_dynamic` and `joules_idle` of a row are those of every kind of row; the sums are those of pods.
  joulesDynamic: { name: 'pod_joules_dynamic', of: (row) => (row.rowKind === 'pod' ? row.joulesDynamic : 0) },
  joulesIdle: { name: 'pod_joules_idle', of: (row) => (row.rowKind === 'pod' ? row.joulesIdle : 0) },
  joulesSystem: { name: 'joules_system', of: (row) => (row.rowKind === 'system' ? row.joules : 0) },
  joulesUnallocated: { name: 'joules_unallocated', of: (row) => (row.rowKind === 'unallocated' ? row.joules : 0) },
  joulesMeasured: { name: 'joules_measured', of: (row) => (row.sources.power === 'measured' ? row.joules : 0) },
  joulesDefault: {
    name: 'joules_default',
    of: ({ sources, joules }) => (sources.power === 'provider-default' || sources.power === 'generic' ? joules : 0),
  },
  pueJoules: { name: 'pue_joules', of: (row) => row.joules * row.pue },
  intensityJoules: { name: 'intensity_joules', of: (row) => row.joules * row.gridIntensity },
  unallocatedCo2eGrams: {
    name: 'unallocated_co2e_grams',
    of: (row) => (row.rowKind === 'unallocated' ? row.co2eGrams + row.embodiedCo2eGrams : 0),
  },
  cpuRequestMillicoreSeconds: {
    name: 'cpu_request_millicore_seconds',
    of: (row, seconds) => row.cpuRequestMillicores * seconds,
  },
  cpuUsageMillicoreSeconds: {
    name: 'cpu_usage_millicore_seconds',
    of: (row, seconds) => row.cpuUsageMillicores * seconds,
  },
  memoryRequestByteSeconds: {
    name: 'memory_request_byte_seconds',
    of: (row, seconds) => row.memoryRequestBytes * seconds,
  },
  memoryUsageByteSeconds: {
    name: 'memory_usage_byte_seconds',
    of: (row, seconds) => row.memoryUsageBytes * seconds,
  },
};

const ALL = Object.values(DERIVED);

/** Fields of `combined-metrics` that exist only to be added up. */
export const ROW_ONLY_SUMS: readonly string[] = ALL.map(({ name }) => name);

/** Those fields of one row; zeros are left out, as a missing value adds nothing. */
export function derivedSums(row: ResultRow, durationSeconds: number): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { name, of } of ALL) {
    const value = of(row, durationSeconds);
    if (value !== 0) sums[name] = value;
  }
  return sums;
}

/** The fields that are added up for each sum: its column in roll-ups, and where it is in rows. */
export const SUM_FIELDS: readonly {
  readonly field: keyof Sums;
  readonly inRollups: string;
  readonly inRows: string;
}[] = SUM_COLUMNS.map(({ field, column }) => ({ field, inRollups: column, inRows: DERIVED[field]?.name ?? column }));
