import { K8S_DEPLOYMENTS } from '../schema/kubernetes/deployments.ts';
import { byId, columnsOf, type NamedQuery } from './named-query.ts';

const SELECT = `SELECT ${columnsOf(K8S_DEPLOYMENTS)} FROM k8s_deployments`;

export const DEPLOYMENT_QUERIES: readonly NamedQuery[] = [
  byId(K8S_DEPLOYMENTS),
  {
    name: 'deployments of a namespace',
    index: 'k8s_deployments_name',
    use: 'the workloads of a namespace by name, page by page',
    text: `${SELECT} WHERE namespace_id = ? ORDER BY name, kind LIMIT ? OFFSET ?`,
  },
  {
    name: 'deployments of a cluster',
    index: 'k8s_deployments_by_name',
    use: 'the workloads of a cluster by name, page by page',
    text: `${SELECT} WHERE cluster_id = ? ORDER BY name LIMIT ? OFFSET ?`,
  },
  {
    name: 'deployment by uid',
    index: 'k8s_deployments_by_uid',
    use: 'the workload that an event of Kubernetes is about',
    text: `${SELECT} WHERE cluster_id = ? AND deployment_uid = ?`,
  },
  {
    name: 'failing deployments',
    index: 'k8s_deployments_failing',
    use: 'health: workloads in trouble, the longest first',
    text: `${SELECT} WHERE cluster_id = ? AND health_status IN ('degraded', 'critical') AND deleted_at IS NULL
ORDER BY updated_at`,
  },
];
