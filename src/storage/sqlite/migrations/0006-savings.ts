import type { Migration } from '../../sql/migration.ts';
import { COEFFICIENT_TABLES } from '../../sql/schema/coefficient-tables.ts';
import { RECOMMENDATION_TABLES, REPLACED_TABLES } from '../../sql/schema/recommendation-tables.ts';
import { sqliteTables } from '../../sql/schema/sqlite-ddl.ts';

const dropTables = (names: readonly string[]): readonly string[] => names.map((name) => `DROP TABLE ${name}`);

// By the ledger each roll-up finds its rows by their key, one after the other: no range is sorted.
const FILL_PEAKS = `UPDATE rollup_hour_pod SET (cpu_peak_millicores, memory_peak_bytes) = (
  SELECT MAX(r.cpu_usage_millicores), MAX(r.memory_usage_bytes) FROM ledger l CROSS JOIN result_rows r
    ON r.cluster_key = l.cluster_key AND r.start_seconds = l.start_seconds AND r.key_id = rollup_hour_pod.key_id
  WHERE l.cluster_key = rollup_hour_pod.cluster_key AND l.start_seconds >= rollup_hour_pod.start_seconds
    AND l.start_seconds < rollup_hour_pod.start_seconds + 3600)
WHERE NOT EXISTS (SELECT 1 FROM pruned_days d WHERE d.cluster_key = rollup_hour_pod.cluster_key
  AND d.start_seconds = rollup_hour_pod.start_seconds / 86400 * 86400)`;

/** Peaks of hours by pod; recommendations with their history and savings, as they are now written; the score. */
export const savings: Migration = {
  version: 6,
  name: 'savings',
  statements: [
    'ALTER TABLE rollup_hour_pod ADD COLUMN cpu_peak_millicores REAL /* highest cpu_usage_millicores of a row */',
    'ALTER TABLE rollup_hour_pod ADD COLUMN memory_peak_bytes REAL /* highest memory_usage_bytes of a row */',
    FILL_PEAKS,
    ...dropTables(REPLACED_TABLES),
    ...sqliteTables(RECOMMENDATION_TABLES),
  ],
  down: [
    ...dropTables(['score_history', ...REPLACED_TABLES]),
    ...sqliteTables(COEFFICIENT_TABLES.filter(({ name }) => REPLACED_TABLES.includes(name))),
    'ALTER TABLE rollup_hour_pod DROP COLUMN memory_peak_bytes',
    'ALTER TABLE rollup_hour_pod DROP COLUMN cpu_peak_millicores',
  ],
};
