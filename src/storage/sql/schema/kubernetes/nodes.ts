import { optional, required, type Table } from '../table.ts';
import { CLUSTER, ID, LABELS, OF_CLUSTER, TIMES } from './shared-columns.ts';

export const K8S_NODES: Table = {
  name: 'k8s_nodes',
  meaning: 'a node of a cluster, with what it offers and what it gives now',
  columns: [
    ID,
    CLUSTER,
    required('name', 'text', 'its name'),
    optional('node_uid', 'text', 'UID in Kubernetes'),
    optional('node_type', 'text', 'role, for example control-plane or worker'),
    optional('instance_type', 'text', 'instance type of the provider'),
    optional('cpu_capacity', 'number', 'millicores'),
    optional('memory_capacity', 'bytes', 'bytes'),
    optional('pod_capacity', 'count', 'pods'),
    optional('cpu_allocatable', 'number', 'millicores'),
    optional('memory_allocatable', 'bytes', 'bytes'),
    optional('pod_allocatable', 'count', 'pods'),
    optional('cpu_usage_cores', 'number', 'cores, now'),
    optional('memory_usage_bytes', 'bytes', 'bytes, now'),
    optional('pod_count', 'count', 'pods, now'),
    required('status', 'text', 'Ready, NotReady or Unknown', {
      oneOf: ['Ready', 'NotReady', 'Unknown'],
      fallback: "'Unknown'",
    }),
    required('conditions', 'json', 'array of its conditions', { fallback: "'[]'" }),
    LABELS,
    required('taints', 'json', 'array of its taints', { fallback: "'[]'" }),
    ...TIMES,
  ],
  primaryKey: ['id'],
  foreignKeys: [OF_CLUSTER],
  indexes: [
    { name: 'k8s_nodes_name', on: ['cluster_id', 'name'], isUnique: true },
    { name: 'k8s_nodes_by_uid', on: ['node_uid', 'cluster_id'] },
    { name: 'k8s_nodes_by_instance_type', on: ['instance_type', 'cluster_id'] },
    {
      name: 'k8s_nodes_not_ready',
      on: ['cluster_id', 'updated_at'],
      where: "status <> 'Ready' AND deleted_at IS NULL",
    },
  ],
};
