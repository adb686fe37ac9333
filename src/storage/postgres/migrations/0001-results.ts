import type { Migration } from '../../sql/migration.ts';
import { COMBINED_METRICS, RESULT_ROWS_VIEW } from './combined-metrics.ts';
import { CLUSTERS, FACT_TABLES } from './fact-tables.ts';
import { KEY_TABLES } from './key-tables.ts';
import { ROLLUP_TABLES } from './rollup-tables.ts';

/**
 * Results, first version. What people read is in clear, under the published names; what names a row is kept once more in
 * key tables, so that roll-ups are numbers only. Times in roll-ups are whole seconds since the Unix epoch.
 */
export const results: Migration = {
  version: 1,
  name: 'results',
  statements: [...KEY_TABLES, COMBINED_METRICS, RESULT_ROWS_VIEW, ...ROLLUP_TABLES, ...FACT_TABLES, ...CLUSTERS],
};
