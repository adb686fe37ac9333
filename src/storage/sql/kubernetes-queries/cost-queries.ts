import { K8S_COST_ATTRIBUTION } from '../schema/kubernetes/cost-attribution.ts';
import { byId, columnsOf, type NamedQuery } from './named-query.ts';

const SELECT = `SELECT ${columnsOf(K8S_COST_ATTRIBUTION)} FROM k8s_cost_attribution`;
const IN_DAYS = 'date >= ? AND date < ?';

export const COST_QUERIES: readonly NamedQuery[] = [
  byId(K8S_COST_ATTRIBUTION),
  {
    name: 'hours of a namespace',
    index: 'k8s_cost_attribution_time',
    use: 'cost of a namespace, hour by hour',
    text: `${SELECT} WHERE namespace_id = ? AND ${IN_DAYS} AND hour IS NOT NULL ORDER BY date, COALESCE(hour, -1)`,
  },
  {
    name: 'days of a namespace',
    index: 'k8s_cost_attribution_day',
    use: 'cost of a namespace, day by day',
    text: `${SELECT} WHERE namespace_id = ? AND ${IN_DAYS} AND hour IS NULL ORDER BY date`,
  },
  {
    name: 'hours of a cluster',
    index: 'k8s_cost_attribution_hours',
    use: 'cost of a cluster by hour: the sum of its namespaces',
    text: `SELECT date, hour, SUM(total_cost) AS total_cost FROM k8s_cost_attribution
WHERE cluster_id = ? AND ${IN_DAYS} AND hour IS NOT NULL GROUP BY date, hour ORDER BY date, hour`,
  },
  {
    name: 'days of a team',
    index: 'k8s_cost_attribution_by_team',
    use: 'cost of a team in a month, by cluster: each has its currency',
    text: `SELECT cluster_id, SUM(total_cost) AS total_cost FROM k8s_cost_attribution
WHERE team_name = ? AND ${IN_DAYS} AND hour IS NULL GROUP BY cluster_id ORDER BY cluster_id`,
  },
  {
    name: 'days of a cost center',
    index: 'k8s_cost_attribution_by_cost_center',
    use: 'cost of a cost center in a month, by cluster: each has its currency',
    text: `SELECT cluster_id, SUM(total_cost) AS total_cost FROM k8s_cost_attribution
WHERE cost_center = ? AND ${IN_DAYS} AND hour IS NULL GROUP BY cluster_id ORDER BY cluster_id`,
  },
];
