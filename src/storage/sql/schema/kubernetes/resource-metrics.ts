import { optional, required, type Table } from '../table.ts';
import { CLUSTER, OF_CLUSTER, OF_NAMESPACE } from './shared-columns.ts';

const LEVELS = ['cluster', 'namespace', 'deployment', 'pod', 'node'];

/**
 * `object_id` is the id of the object at its own level, so that one key serves all five. Pods are not referenced: on
 * PostgreSQL their key carries a time, and a pod's metrics go long before it does.
 */
export const K8S_RESOURCE_METRICS: Table = {
  name: 'k8s_resource_metrics',
  meaning: 'what an object used, every 5 minutes',
  columns: [
    CLUSTER,
    optional('namespace_id', 'text', 'k8s_namespaces.id of a namespace; of others where known'),
    optional('deployment_id', 'text', 'k8s_deployments.id of a deployment; of a pod where known'),
    optional('pod_id', 'text', 'k8s_pods.id of a pod'),
    optional('node_id', 'text', 'k8s_nodes.id of a node; of a pod where known'),
    required('resource_type', 'text', 'level: cluster, namespace, deployment, pod or node', { oneOf: LEVELS }),
    required('object_id', 'text', 'id of the object of that level'),
    optional('cpu_usage_cores', 'number', 'cores, mean of the 5 minutes'),
    optional('memory_usage_bytes', 'bytes', 'bytes, mean of the 5 minutes'),
    optional('network_rx_bytes', 'bytes', 'bytes received in the 5 minutes'),
    optional('network_tx_bytes', 'bytes', 'bytes sent in the 5 minutes'),
    optional('storage_usage_bytes', 'bytes', 'bytes in use'),
    required('restarts', 'count', 'restarts in the 5 minutes', { fallback: '0' }),
    required('oom_kills', 'count', 'containers killed for memory in the 5 minutes', { fallback: '0' }),
    required('collected_at', 'time', 'start of the 5 minutes'),
  ],
  primaryKey: ['object_id', 'collected_at'],
  foreignKeys: [
    OF_CLUSTER,
    OF_NAMESPACE,
    { column: 'deployment_id', table: 'k8s_deployments', onDelete: 'CASCADE' },
    { column: 'node_id', table: 'k8s_nodes', onDelete: 'CASCADE' },
  ],
  checks: [
    {
      name: 'k8s_resource_metrics_object',
      condition: `object_id = CASE resource_type WHEN 'cluster' THEN cluster_id WHEN 'namespace' THEN COALESCE(namespace_id, '')
    WHEN 'deployment' THEN COALESCE(deployment_id, '') WHEN 'pod' THEN COALESCE(pod_id, '') ELSE COALESCE(node_id, '') END`,
    },
  ],
  indexes: [
    { name: 'k8s_resource_metrics_by_level', on: ['cluster_id', 'resource_type', 'collected_at'] },
    {
      name: 'k8s_resource_metrics_by_namespace',
      on: ['namespace_id', 'resource_type', 'collected_at'],
      where: 'namespace_id IS NOT NULL',
    },
    {
      name: 'k8s_resource_metrics_by_deployment',
      on: ['deployment_id', 'resource_type', 'collected_at'],
      where: 'deployment_id IS NOT NULL',
    },
    {
      name: 'k8s_resource_metrics_by_node',
      on: ['node_id', 'resource_type', 'collected_at'],
      where: 'node_id IS NOT NULL',
    },
    { name: 'k8s_resource_metrics_oom', on: ['cluster_id', 'collected_at'], where: 'oom_kills > 0' },
    { name: 'k8s_resource_metrics_restarts', on: ['cluster_id', 'collected_at'], where: 'restarts > 0' },
  ],
  monthlyBy: 'collected_at',
};
