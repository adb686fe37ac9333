import { K8S_NODES } from '../schema/kubernetes/nodes.ts';
import { byId, columnsOf, type NamedQuery } from './named-query.ts';

const SELECT = `SELECT ${columnsOf(K8S_NODES)} FROM k8s_nodes`;

export const NODE_QUERIES: readonly NamedQuery[] = [
  byId(K8S_NODES),
  {
    name: 'nodes of a cluster',
    index: 'k8s_nodes_name',
    use: 'the nodes of a cluster by name, page by page',
    text: `${SELECT} WHERE cluster_id = ? ORDER BY name LIMIT ? OFFSET ?`,
  },
  {
    name: 'node by uid',
    index: 'k8s_nodes_by_uid',
    use: 'the node that an event of Kubernetes is about',
    text: `${SELECT} WHERE cluster_id = ? AND node_uid = ?`,
  },
  {
    name: 'nodes of an instance type',
    index: 'k8s_nodes_by_instance_type',
    use: 'where an instance type is used, over all clusters',
    text: `${SELECT} WHERE instance_type = ? ORDER BY cluster_id`,
  },
  {
    name: 'nodes that are not ready',
    index: 'k8s_nodes_not_ready',
    use: 'health: nodes that are there and not ready, the longest first',
    text: `${SELECT} WHERE cluster_id = ? AND status <> 'Ready' AND deleted_at IS NULL ORDER BY updated_at`,
  },
];
