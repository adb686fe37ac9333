import { optional, required, type Table } from '../table.ts';
import {
  ANNOTATIONS,
  CLUSTER,
  HEALTH,
  ID,
  LABELS,
  NAMESPACE,
  OF_CLUSTER,
  OF_NAMESPACE,
  TIMES,
} from './shared-columns.ts';

export const K8S_DEPLOYMENTS: Table = {
  name: 'k8s_deployments',
  meaning: 'a deployment, or another kind of workload that keeps pods running',
  columns: [
    ID,
    CLUSTER,
    NAMESPACE,
    required('name', 'text', 'its name'),
    required('kind', 'text', 'Deployment, StatefulSet, DaemonSet and so on', { fallback: "'Deployment'" }),
    optional('deployment_uid', 'text', 'UID in Kubernetes'),
    required('replicas_desired', 'count', 'pods that should be', { fallback: '0' }),
    required('replicas_current', 'count', 'pods that are', { fallback: '0' }),
    required('replicas_ready', 'count', 'pods that are ready', { fallback: '0' }),
    required('replicas_available', 'count', 'pods that have been ready long enough', { fallback: '0' }),
    required('replicas_unavailable', 'count', 'pods that are missing or not ready', { fallback: '0' }),
    required('containers', 'json', 'array of names and images', { fallback: "'[]'" }),
    optional('status', 'text', 'its state, for example Available or Progressing'),
    HEALTH,
    optional('strategy', 'text', 'how it is updated, for example RollingUpdate'),
    LABELS,
    ANNOTATIONS,
    ...TIMES,
  ],
  primaryKey: ['id'],
  foreignKeys: [OF_CLUSTER, OF_NAMESPACE],
  indexes: [
    { name: 'k8s_deployments_name', on: ['namespace_id', 'name', 'kind'], isUnique: true },
    { name: 'k8s_deployments_by_name', on: ['cluster_id', 'name'] },
    { name: 'k8s_deployments_by_uid', on: ['deployment_uid', 'cluster_id'] },
    {
      name: 'k8s_deployments_failing',
      on: ['cluster_id', 'updated_at'],
      where: "health_status IN ('degraded', 'critical') AND deleted_at IS NULL",
    },
  ],
};
