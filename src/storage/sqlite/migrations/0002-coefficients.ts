import type { Migration } from '../../sql/migration.ts';
import { COEFFICIENT_TABLES } from '../../sql/schema/coefficient-tables.ts';
import { sqliteTables } from '../../sql/schema/sqlite-ddl.ts';

/** Grid values, embodied values, recommendations with their history, savings and the audit. */
export const coefficients: Migration = {
  version: 2,
  name: 'coefficients',
  statements: sqliteTables(COEFFICIENT_TABLES),
};
