import type { Migration } from '../../sql/migration.ts';
import { COEFFICIENT_TABLES } from '../../sql/schema/coefficient-tables.ts';
import { postgresTables } from '../../sql/schema/postgres-ddl.ts';

/** Grid values, embodied values, recommendations with their history, savings and the audit. */
export const coefficients: Migration = {
  version: 2,
  name: 'coefficients',
  statements: postgresTables(COEFFICIENT_TABLES),
};
