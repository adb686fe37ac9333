import { optional, required, type Table } from '../table.ts';
import { ID, OF_CLUSTER } from './shared-columns.ts';

export const K8S_BUDGETS: Table = {
  name: 'k8s_budgets',
  meaning: 'what a scope may emit or cost in a calendar month, UTC',
  columns: [
    ID,
    required('name', 'text', 'name for people'),
    required('scope', 'text', 'cluster, namespace, team or cost-center', {
      oneOf: ['cluster', 'namespace', 'team', 'cost-center'],
    }),
    optional('cluster_id', 'text', 'k8s_clusters.id; null: all clusters'),
    optional('scope_key', 'text', 'name of the namespace, team or cost center; null for a cluster'),
    required('unit', 'text', 'carbon (kg CO2e, operational and embodied) or cost (currency of the cluster)', {
      oneOf: ['carbon', 'cost'],
    }),
    required('limit_value', 'number', 'limit of a month, in the unit'),
    required('created_at', 'time', 'when it was made'),
    required('updated_at', 'time', 'last change of this row'),
  ],
  primaryKey: ['id'],
  foreignKeys: [OF_CLUSTER],
  indexes: [{ name: 'k8s_budgets_by_cluster', on: ['cluster_id'], where: 'cluster_id IS NOT NULL' }],
};

export const K8S_BUDGET_ALERTS: Table = {
  name: 'k8s_budget_alerts',
  meaning: 'a budget that came near its limit: once a budget, month and kind',
  columns: [
    ID,
    required('budget_id', 'text', 'k8s_budgets.id'),
    required('month', 'text', 'month that it is about, YYYY-MM, UTC'),
    required('kind', 'text', '50, 80 or 100 (percent used), or forecast', {
      oneOf: ['50', '80', '100', 'forecast'],
    }),
    required('timestamp', 'time', 'when it was raised'),
    required('used', 'number', 'used by then, in the unit of the budget'),
    required('expected', 'number', 'forecast of the month by then, in the unit of the budget'),
    required('limit_value', 'number', 'limit by then, in the unit of the budget'),
    optional('seen_at', 'time', 'when a person saw it; null: not yet'),
  ],
  primaryKey: ['id'],
  foreignKeys: [{ column: 'budget_id', table: 'k8s_budgets', onDelete: 'CASCADE' }],
  indexes: [
    { name: 'k8s_budget_alerts_once', on: ['budget_id', 'month', 'kind'], isUnique: true },
    { name: 'k8s_budget_alerts_by_time', on: ['timestamp'] },
  ],
};
