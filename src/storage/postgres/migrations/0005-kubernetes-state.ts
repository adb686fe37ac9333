import type { Migration } from '../../sql/migration.ts';
import { KUBERNETES_STATE_DOWN, KUBERNETES_STATE_TABLES } from '../../sql/schema/kubernetes/state-tables.ts';
import { postgresTables } from '../../sql/schema/postgres-ddl.ts';

/** History of health, budgets and their alerts. */
export const kubernetesState: Migration = {
  version: 5,
  name: 'kubernetes-state',
  statements: postgresTables(KUBERNETES_STATE_TABLES),
  down: KUBERNETES_STATE_DOWN,
};
