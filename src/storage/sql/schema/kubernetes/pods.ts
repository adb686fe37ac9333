import { optional, required, type Table } from '../table.ts';
import { CLUSTER, ID, NAMESPACE, OF_CLUSTER, OF_NAMESPACE } from './shared-columns.ts';

/**
 * The key carries `created_at`, as PostgreSQL keeps each month apart; a pod's never changes, so (id) alone is unique
 * in truth. When a deployment's row goes, its pods stay without it: one of them may still run.
 */
export const K8S_PODS: Table = {
  name: 'k8s_pods',
  meaning: 'a pod over its life',
  columns: [
    ID,
    CLUSTER,
    NAMESPACE,
    optional('deployment_id', 'text', 'k8s_deployments.id of the workload that keeps it; null: none'),
    required('name', 'text', 'its name'),
    required('pod_uid', 'text', 'UID in Kubernetes'),
    optional('node_name', 'text', 'node that it is on; null: not placed'),
    required('phase', 'text', 'phase in Kubernetes', {
      oneOf: ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'],
      fallback: "'Unknown'",
    }),
    optional('status', 'text', 'state as kubectl shows it, for example CrashLoopBackOff'),
    optional('reason', 'text', 'why it is in that state, for example OOMKilled'),
    optional('qos_class', 'text', 'Guaranteed, Burstable or BestEffort', {
      oneOf: ['Guaranteed', 'Burstable', 'BestEffort'],
    }),
    required('restart_count', 'count', 'restarts over its life', { fallback: '0' }),
    required('oom_kills', 'count', 'containers killed for memory over its life', { fallback: '0' }),
    required('containers', 'json', 'array of names, images and states', { fallback: "'[]'" }),
    required('init_containers', 'json', 'array of names, images and states', { fallback: "'[]'" }),
    optional('cpu_request', 'number', 'millicores; null: none'),
    optional('cpu_limit', 'number', 'millicores; null: none'),
    optional('memory_request', 'bytes', 'bytes; null: none'),
    optional('memory_limit', 'bytes', 'bytes; null: none'),
    optional('started_at', 'time', 'when it began to run'),
    optional('finished_at', 'time', 'when it ended or was found gone; null while it is there'),
    required('created_at', 'time', 'its creationTimestamp; never changes'),
    required('updated_at', 'time', 'last change of this row'),
  ],
  primaryKey: ['id', 'created_at'],
  foreignKeys: [OF_CLUSTER, OF_NAMESPACE, { column: 'deployment_id', table: 'k8s_deployments', onDelete: 'SET NULL' }],
  indexes: [
    { name: 'k8s_pods_uid', on: ['cluster_id', 'pod_uid', 'created_at'], isUnique: true },
    { name: 'k8s_pods_by_creation', on: ['cluster_id', 'created_at'] },
    { name: 'k8s_pods_by_name', on: ['namespace_id', 'name', 'created_at'] },
    {
      name: 'k8s_pods_by_deployment',
      on: ['deployment_id', 'created_at'],
      where: 'deployment_id IS NOT NULL',
    },
    { name: 'k8s_pods_by_node', on: ['cluster_id', 'node_name', 'name'], where: 'finished_at IS NULL' },
    { name: 'k8s_pods_by_phase', on: ['cluster_id', 'phase', 'name'], where: 'finished_at IS NULL' },
    { name: 'k8s_pods_finished', on: ['finished_at'], where: 'finished_at IS NOT NULL' },
    {
      name: 'k8s_pods_restarting',
      on: ['cluster_id', 'restart_count'],
      where: 'restart_count > 0 AND finished_at IS NULL',
    },
  ],
  monthlyBy: 'created_at',
};
