import { COEFFICIENT_TABLES } from './coefficient-tables.ts';
import { RECOMMENDATION_TABLES, REPLACED_TABLES } from './recommendation-tables.ts';
import { type Column, optional, required, type Table } from './table.ts';

/** Columns that migration 4 adds to tables of migration 2. */
export const ADDED_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  carbon_intensity: [required('duration_seconds', 'number', 'seconds that it holds for', { fallback: '3600' })],
  embodied_cache: [
    optional('gwp_manufacture_low', 'number', 'kgCO2e, lower bound'),
    optional('gwp_manufacture_high', 'number', 'kgCO2e, upper bound'),
  ],
};

/** The audit of migration 4. The one of migration 2 was never written to; this one outlives the cluster it is about. */
export const AUDIT: Table = {
  name: 'audit',
  meaning: 'a change of stored results: what, why, from what to what; only ever added to',
  columns: [
    required('id', 'text', 'UUID'),
    required('cluster_id', 'text', 'the cluster it is about, which may be gone'),
    required('timestamp', 'time', 'when'),
    required('cause', 'text', 'what made figures of the past change, for example pue'),
    required('reason', 'text', 'in words, with the old and the new value', { isLong: true }),
    required('range_start', 'time', 'start of the time that was looked at'),
    required('range_end', 'time', 'its end'),
    required('window_count', 'count', 'windows that were written anew'),
    required('co2e_grams_before', 'number', 'gCO2e of those windows, operational, before'),
    required('co2e_grams_after', 'number', 'gCO2e of those windows, operational, after'),
    required('embodied_co2e_grams_before', 'number', 'gCO2e of manufacture, before'),
    required('embodied_co2e_grams_after', 'number', 'gCO2e of manufacture, after'),
    required('total_cost_before', 'number', 'money before', { mayBeNegative: true }),
    required('total_cost_after', 'number', 'money after', { mayBeNegative: true }),
    required('joules_before', 'number', 'J before'),
    required('joules_after', 'number', 'J after'),
    required('calculation_version', 'text', 'version of the formulas that were used'),
  ],
  primaryKey: ['id'],
  indexes: [{ name: 'audit_by_time', on: ['cluster_id', 'timestamp'] }],
};

/** The tables of migration 2 as they are by now, and what later ones put beside them. */
export const CURRENT_COEFFICIENT_TABLES: readonly Table[] = [
  ...COEFFICIENT_TABLES.filter(({ name }) => !REPLACED_TABLES.includes(name)).map((table) =>
    table.name === AUDIT.name ? AUDIT : { ...table, columns: [...table.columns, ...(ADDED_COLUMNS[table.name] ?? [])] },
  ),
  ...RECOMMENDATION_TABLES,
];
