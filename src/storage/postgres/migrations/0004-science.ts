import type { Migration } from '../../sql/migration.ts';
import { COEFFICIENT_TABLES } from '../../sql/schema/coefficient-tables.ts';
import { postgresAdditions, postgresTables } from '../../sql/schema/postgres-ddl.ts';
import { ADDED_COLUMNS, AUDIT } from '../../sql/schema/science-tables.ts';
import { RESULT_ROWS_VIEW } from './combined-metrics.ts';
import { SCIENCE_RESULT_ROWS_VIEW } from './science-rows.ts';

const GRAINS = ['pod', 'workload', 'namespace'];
const ROLLUPS = ['hour', 'day'].flatMap((period) => GRAINS.map((grain) => `rollup_${period}_${grain}`));
const REAL = 'double precision';
const NONE = `${REAL} NOT NULL DEFAULT 0`;

const OF_ROWS = [
  `co2e_market_grams ${REAL}`,
  `co2e_direct_grams ${REAL}`,
  `storage_request_bytes_rest ${REAL}`,
  `storage_usage_bytes_rest ${REAL}`,
  `ephemeral_storage_request_bytes_rest ${REAL}`,
];
const OF_NODE_WINDOWS = [
  'meter text',
  `meter_factor ${REAL}`,
  `joules_gpu ${NONE}`,
  `gpu_count ${NONE}`,
  'gpu_model text',
  `gpu_tdp_watts ${REAL}`,
];
// Rows from before have no GPU, no volume and no contract: no version wrote other than 0 there. So their sums are these.
const OF_ROLLUPS = [
  `joules_gpu ${NONE}`,
  `joules_storage ${NONE}`,
  `co2e_market_grams ${NONE}`,
  `co2e_direct_grams ${NONE}`,
  `co2e_of_direct_rows_grams ${NONE}`,
];

const add = (table: string, columns: readonly string[]): string =>
  `ALTER TABLE ${table} ${columns.map((column) => `ADD COLUMN ${column}`).join(', ')}`;

const drop = (table: string, columns: readonly string[]): string =>
  `ALTER TABLE ${table} ${columns.map((column) => `DROP COLUMN ${/^\w+/.exec(column)?.[0] ?? ''}`).join(', ')}`;

/** A table of step 2 as it was, with what it holds: made anew, so that nothing tells that it was another one. */
function asBefore(name: string): readonly string[] {
  const tables = COEFFICIENT_TABLES.filter((table) => table.name === name);
  const columns = tables.flatMap((table) => table.columns.map((column) => column.name)).join(', ');
  return [
    `CREATE TEMP TABLE kept_${name} ON COMMIT DROP AS SELECT ${columns} FROM ${name}`,
    `DROP TABLE ${name}`,
    ...postgresTables(tables),
    `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM kept_${name}`,
  ];
}

/** GPUs, volumes, contracts and direct factors; meters of nodes; values of grids with their length; the audit. */
export const science: Migration = {
  version: 4,
  name: 'science',
  statements: [
    'DROP VIEW result_rows',
    add('combined_metrics', OF_ROWS),
    "UPDATE combined_metrics SET co2e_market_grams = co2e_grams, sources = lpad(sources, 8, '0')",
    'ALTER TABLE combined_metrics ALTER COLUMN co2e_market_grams SET NOT NULL',
    SCIENCE_RESULT_ROWS_VIEW,
    add('node_windows', OF_NODE_WINDOWS),
    "UPDATE node_windows SET sources = lpad(sources, 8, '0')",
    ...ROLLUPS.flatMap((table) => [add(table, OF_ROLLUPS), `UPDATE ${table} SET co2e_market_grams = co2e_grams`]),
    ...Object.entries(ADDED_COLUMNS).flatMap(([table, columns]) => postgresAdditions(table, columns)),
    'DROP TABLE audit',
    ...postgresTables([AUDIT]),
  ],
  down: [
    'DROP VIEW result_rows',
    drop('combined_metrics', OF_ROWS),
    drop('node_windows', OF_NODE_WINDOWS),
    ...['combined_metrics', 'node_windows'].map((table) => `UPDATE ${table} SET sources = right(sources, 7)`),
    RESULT_ROWS_VIEW,
    ...ROLLUPS.map((table) => drop(table, OF_ROLLUPS)),
    ...Object.keys(ADDED_COLUMNS).flatMap(asBefore),
    'DROP TABLE audit',
    ...postgresTables(COEFFICIENT_TABLES.filter(({ name }) => name === AUDIT.name)),
  ],
};
