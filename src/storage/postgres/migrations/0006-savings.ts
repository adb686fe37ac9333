import type { Migration } from '../../sql/migration.ts';
import { COEFFICIENT_TABLES } from '../../sql/schema/coefficient-tables.ts';
import { postgresTables } from '../../sql/schema/postgres-ddl.ts';
import { RECOMMENDATION_TABLES, REPLACED_TABLES } from '../../sql/schema/recommendation-tables.ts';

const dropTables = (names: readonly string[]): readonly string[] => names.map((name) => `DROP TABLE ${name}`);

// Hours of which no row is kept stay without peaks.
const FILL_PEAKS = `UPDATE rollup_hour_pod t SET cpu_peak_millicores = p.cpu, memory_peak_bytes = p.memory FROM (
  SELECT c.id AS cluster_key, FLOOR(EXTRACT(epoch FROM r.timestamp) / 3600)::bigint * 3600 AS start_seconds, r.key_id,
    MAX(r.cpu_usage_millicores) AS cpu, MAX(r.memory_usage_bytes) AS memory
  FROM result_rows r JOIN cluster_keys c ON c.cluster_id = r.cluster_id GROUP BY 1, 2, 3
) p WHERE t.cluster_key = p.cluster_key AND t.start_seconds = p.start_seconds AND t.key_id = p.key_id`;

/** Peaks of hours by pod; recommendations with their history and savings, as they are now written; the score. */
export const savings: Migration = {
  version: 6,
  name: 'savings',
  statements: [
    `ALTER TABLE rollup_hour_pod ADD COLUMN cpu_peak_millicores double precision,
       ADD COLUMN memory_peak_bytes double precision`,
    FILL_PEAKS,
    ...dropTables(REPLACED_TABLES),
    ...postgresTables(RECOMMENDATION_TABLES),
  ],
  down: [
    ...dropTables(['score_history', ...REPLACED_TABLES]),
    ...postgresTables(COEFFICIENT_TABLES.filter(({ name }) => REPLACED_TABLES.includes(name))),
    'ALTER TABLE rollup_hour_pod DROP COLUMN cpu_peak_millicores, DROP COLUMN memory_peak_bytes',
  ],
};
