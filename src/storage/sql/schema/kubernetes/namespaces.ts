import { optional, required, type Table } from '../table.ts';
import { ANNOTATIONS, CLUSTER, ID, LABELS, OF_CLUSTER, OWNERS, TIMES } from './shared-columns.ts';

export const K8S_NAMESPACES: Table = {
  name: 'k8s_namespaces',
  meaning: 'a namespace of a cluster, with its quota and what it uses now',
  columns: [
    ID,
    CLUSTER,
    required('name', 'text', 'its name'),
    optional('namespace_uid', 'text', 'UID in Kubernetes; another one when it was made anew'),
    required('status', 'text', 'phase in Kubernetes', { fallback: "'Active'" }),
    optional('cpu_limit', 'number', 'millicores of its ResourceQuota; null: none'),
    optional('memory_limit', 'bytes', 'bytes of its ResourceQuota; null: none'),
    optional('pod_limit', 'count', 'pods of its ResourceQuota; null: none'),
    optional('cpu_usage_cores', 'number', 'cores, now'),
    optional('memory_usage_bytes', 'bytes', 'bytes, now'),
    optional('pod_count', 'count', 'pods, now'),
    ...OWNERS,
    optional('estimated_daily_cost', 'number', 'money a day, currency of the cluster'),
    LABELS,
    ANNOTATIONS,
    ...TIMES,
  ],
  primaryKey: ['id'],
  foreignKeys: [OF_CLUSTER],
  indexes: [
    { name: 'k8s_namespaces_name', on: ['cluster_id', 'name'], isUnique: true },
    { name: 'k8s_namespaces_by_uid', on: ['namespace_uid', 'cluster_id'] },
    { name: 'k8s_namespaces_by_team', on: ['team_name', 'cluster_id'], where: 'team_name IS NOT NULL' },
    { name: 'k8s_namespaces_by_cost_center', on: ['cost_center', 'cluster_id'], where: 'cost_center IS NOT NULL' },
  ],
};
