import { K8S_NAMESPACES } from '../schema/kubernetes/namespaces.ts';
import { byId, columnsOf, type NamedQuery } from './named-query.ts';

const SELECT = `SELECT ${columnsOf(K8S_NAMESPACES)} FROM k8s_namespaces`;

export const NAMESPACE_QUERIES: readonly NamedQuery[] = [
  byId(K8S_NAMESPACES),
  {
    name: 'namespaces of a cluster',
    index: 'k8s_namespaces_name',
    use: 'the namespaces of a cluster by name, page by page',
    text: `${SELECT} WHERE cluster_id = ? ORDER BY name LIMIT ? OFFSET ?`,
  },
  {
    name: 'namespace by uid',
    index: 'k8s_namespaces_by_uid',
    use: 'the namespace that an event of Kubernetes is about',
    text: `${SELECT} WHERE cluster_id = ? AND namespace_uid = ?`,
  },
  {
    name: 'namespaces of a team',
    index: 'k8s_namespaces_by_team',
    use: 'what belongs to a team, over all clusters',
    text: `${SELECT} WHERE team_name = ? ORDER BY cluster_id`,
  },
  {
    name: 'namespaces of a cost center',
    index: 'k8s_namespaces_by_cost_center',
    use: 'what belongs to a cost center, over all clusters',
    text: `${SELECT} WHERE cost_center = ? ORDER BY cluster_id`,
  },
];
