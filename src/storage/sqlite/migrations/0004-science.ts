import type { Migration } from '../../sql/migration.ts';
import { COEFFICIENT_TABLES } from '../../sql/schema/coefficient-tables.ts';
import { ADDED_COLUMNS, AUDIT } from '../../sql/schema/science-tables.ts';
import { sqliteAdditions, sqliteTables } from '../../sql/schema/sqlite-ddl.ts';
import { FIRST_COMBINED_METRICS_VIEW, FIRST_NODE_WINDOWS_VIEW } from './0001-results.ts';
import { COMBINED_METRICS_VIEW, NODE_WINDOWS_VIEW } from './science-views.ts';

const GRAINS = ['pod', 'workload', 'namespace'];
const ROLLUPS = ['hour', 'day'].flatMap((period) => GRAINS.map((grain) => `rollup_${period}_${grain}`));

const OF_ROWS = [
  'co2e_market_grams REAL /* g, operational by supply contracts; null where it is co2e_grams */',
  'co2e_direct_grams REAL /* g, operational by direct factors */',
  'gpu_usage_millicores REAL /* GPUs in use x 1,000, mean of the window */',
  'storage_request_bytes REAL',
  'storage_usage_bytes REAL',
  'ephemeral_storage_request_bytes REAL',
];
const OF_NODE_WINDOWS = [
  'meter INTEGER NOT NULL DEFAULT 0 /* text: which meter told measured_joules */',
  'meter_factor REAL /* from its place to the plug */',
  'joules_gpu REAL NOT NULL DEFAULT 0 /* J of the GPUs, in none of the others but the total */',
  'gpu_count REAL NOT NULL DEFAULT 0',
  'gpu_model INTEGER NOT NULL DEFAULT 0 /* text */',
  'gpu_tdp_watts REAL',
];
// Rows from before have no GPU, no volume and no contract: no version wrote other than 0 there. So their sums are these.
const OF_ROLLUPS = [
  'joules_gpu REAL NOT NULL DEFAULT 0 /* J */',
  'joules_storage REAL NOT NULL DEFAULT 0 /* J, of volumes */',
  'co2e_market_grams REAL /* g; null where it is co2e_grams */',
  'co2e_direct_grams REAL NOT NULL DEFAULT 0 /* g, of rows that have them */',
  'co2e_of_direct_rows_grams REAL NOT NULL DEFAULT 0 /* g, co2e_grams of those rows */',
];

const add = (table: string, columns: readonly string[]): readonly string[] =>
  columns.map((column) => `ALTER TABLE ${table} ADD COLUMN ${column}`);

const drop = (table: string, columns: readonly string[]): readonly string[] =>
  columns.map((column) => `ALTER TABLE ${table} DROP COLUMN ${/^\w+/.exec(column)?.[0] ?? ''}`);

/** GPUs, volumes, contracts and direct factors; meters of nodes; values of grids with their length; the audit. */
export const science: Migration = {
  version: 4,
  name: 'science',
  statements: [
    'DROP VIEW combined_metrics',
    'DROP VIEW node_windows',
    ...add('result_rows', OF_ROWS),
    ...add('node_window_rows', OF_NODE_WINDOWS),
    ...ROLLUPS.flatMap((table) => add(table, OF_ROLLUPS)),
    COMBINED_METRICS_VIEW,
    NODE_WINDOWS_VIEW,
    ...Object.entries(ADDED_COLUMNS).flatMap(([table, columns]) => sqliteAdditions(table, columns)),
    'DROP TABLE audit',
    ...sqliteTables([AUDIT]),
  ],
  down: [
    'DROP VIEW combined_metrics',
    'DROP VIEW node_windows',
    ...drop('result_rows', OF_ROWS),
    ...drop('node_window_rows', OF_NODE_WINDOWS),
    ...['result_rows', 'node_window_rows'].map((table) => `UPDATE ${table} SET sources = sources % 10000000`),
    ...ROLLUPS.flatMap((table) => drop(table, OF_ROLLUPS)),
    FIRST_COMBINED_METRICS_VIEW,
    FIRST_NODE_WINDOWS_VIEW,
    ...Object.entries(ADDED_COLUMNS).flatMap(([table, columns]) =>
      drop(
        table,
        columns.map(({ name }) => name),
      ),
    ),
    'DROP TABLE audit',
    ...sqliteTables(COEFFICIENT_TABLES.filter(({ name }) => name === AUDIT.name)),
  ],
};
