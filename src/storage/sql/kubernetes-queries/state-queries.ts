import { K8S_BUDGET_ALERTS, K8S_BUDGETS } from '../schema/kubernetes/budgets.ts';
import { K8S_HEALTH_HISTORY } from '../schema/kubernetes/health-history.ts';
import { byId, columnsOf, type NamedQuery } from './named-query.ts';

const BUDGETS = `SELECT ${columnsOf(K8S_BUDGETS)} FROM k8s_budgets`;
const ALERTS = `SELECT ${columnsOf(K8S_BUDGET_ALERTS)} FROM k8s_budget_alerts`;

export const STATE_QUERIES: readonly NamedQuery[] = [
  {
    name: 'history of health',
    index: 'k8s_health_history_pkey',
    use: 'how a cluster was in a time, the newest first',
    text: `SELECT ${columnsOf(K8S_HEALTH_HISTORY)} FROM k8s_health_history
WHERE cluster_id = ? AND timestamp >= ? AND timestamp < ? ORDER BY timestamp DESC LIMIT ?`,
  },
  byId(K8S_BUDGETS),
  {
    name: 'budgets of a cluster',
    index: 'k8s_budgets_by_cluster',
    use: 'what goes with a cluster',
    text: `${BUDGETS} WHERE cluster_id = ?`,
  },
  byId(K8S_BUDGET_ALERTS),
  {
    name: 'alerts of a budget',
    index: 'k8s_budget_alerts_once',
    use: 'what was raised in a month already',
    text: `${ALERTS} WHERE budget_id = ? AND month = ?`,
  },
  {
    name: 'newest alerts',
    index: 'k8s_budget_alerts_by_time',
    use: 'the list of alerts, the newest first',
    text: `${ALERTS} ORDER BY timestamp DESC, id LIMIT ?`,
  },
];
