import { K8S_PODS } from '../schema/kubernetes/pods.ts';
import { byId, columnsOf, type NamedQuery } from './named-query.ts';

const SELECT = `SELECT ${columnsOf(K8S_PODS)} FROM k8s_pods`;

export const POD_QUERIES: readonly NamedQuery[] = [
  byId(K8S_PODS),
  {
    name: 'pod by uid',
    index: 'k8s_pods_uid',
    use: 'the pod that an event of Kubernetes is about',
    text: `${SELECT} WHERE cluster_id = ? AND pod_uid = ?`,
  },
  {
    name: 'pods made in a time',
    index: 'k8s_pods_by_creation',
    use: 'the pods of a cluster, newest first, page by page',
    text: `${SELECT} WHERE cluster_id = ? AND created_at >= ? AND created_at < ? ORDER BY created_at DESC LIMIT ? OFFSET ?`,
  },
  {
    name: 'pods of a namespace',
    index: 'k8s_pods_by_name',
    use: 'the pods of a namespace by name, page by page',
    text: `${SELECT} WHERE namespace_id = ? ORDER BY name, created_at LIMIT ? OFFSET ?`,
  },
  {
    name: 'pods of a deployment',
    index: 'k8s_pods_by_deployment',
    use: 'the pods of a workload, newest first',
    text: `${SELECT} WHERE deployment_id = ? ORDER BY created_at DESC LIMIT ? OFFSET ?`,
  },
  {
    name: 'pods on a node',
    index: 'k8s_pods_by_node',
    use: 'what is on a node now',
    text: `${SELECT} WHERE cluster_id = ? AND node_name = ? AND finished_at IS NULL ORDER BY name`,
  },
  {
    name: 'pods in a phase',
    index: 'k8s_pods_by_phase',
    use: 'health: pods that are there and in a phase, for example Pending',
    text: `${SELECT} WHERE cluster_id = ? AND phase = ? AND finished_at IS NULL ORDER BY name LIMIT ? OFFSET ?`,
  },
  {
    name: 'pods that finished before',
    index: 'k8s_pods_finished',
    use: 'retention: what may go, the oldest first',
    text: 'SELECT id, created_at FROM k8s_pods WHERE finished_at < ? ORDER BY finished_at LIMIT ?',
  },
  {
    name: 'pods that restart',
    index: 'k8s_pods_restarting',
    use: 'health: pods that are there and restarted most',
    text: `${SELECT} WHERE cluster_id = ? AND restart_count > 0 AND finished_at IS NULL ORDER BY restart_count DESC LIMIT ?`,
  },
];
