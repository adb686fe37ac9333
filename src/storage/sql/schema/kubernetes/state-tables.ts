import type { Table } from '../table.ts';
import { K8S_BUDGET_ALERTS, K8S_BUDGETS } from './budgets.ts';
import { K8S_HEALTH_HISTORY } from './health-history.ts';

/** History of health, budgets and their alerts, parents first: migration 5 of both SQL stores. */
export const KUBERNETES_STATE_TABLES: readonly Table[] = [K8S_HEALTH_HISTORY, K8S_BUDGETS, K8S_BUDGET_ALERTS];

/** Takes them back. */
export const KUBERNETES_STATE_DOWN: readonly string[] = KUBERNETES_STATE_TABLES.toReversed().map(
  ({ name }) => `DROP TABLE ${name}`,
);
