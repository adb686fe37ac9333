import { optional, required, type Table } from '../table.ts';

/** The registry of clusters: made with the results, as they name their cluster by it. */
export const K8S_CLUSTERS: Table = {
  name: 'k8s_clusters',
  meaning: 'a cluster that Podwatt knows',
  columns: [
    required('id', 'text', 'UID of its kube-system namespace, or UUIDv5 of its address and authority'),
    required('name', 'text', 'name for people'),
    optional('description', 'text', 'words of the person', { isLong: true }),
    optional('kubeconfig_encrypted', 'text', 'sealed kubeconfig; null for clusters that came from a context', {
      isLong: true,
    }),
    required('context_name', 'text', 'context of the kubeconfig'),
    required('api_server_url', 'text', 'address of its API server'),
    optional('cluster_version', 'text', 'version of Kubernetes'),
    optional('provider', 'text', 'who runs it, for example eks'),
    optional('region', 'text', 'region of the provider'),
    optional('environment', 'text', 'production, staging or development', {
      oneOf: ['production', 'staging', 'development'],
    }),
    required('status', 'text', 'active or paused', { oneOf: ['active', 'paused'], fallback: "'active'" }),
    required('health_status', 'text', 'healthy, degraded, critical or unknown', {
      oneOf: ['healthy', 'degraded', 'critical', 'unknown'],
      fallback: "'unknown'",
    }),
    optional('last_sync_at', 'time', 'when it was last read as a whole'),
    optional('last_error', 'text', 'what went wrong since then', { isLong: true }),
    optional('total_nodes', 'count', 'nodes'),
    optional('total_namespaces', 'count', 'namespaces'),
    optional('total_pods', 'count', 'pods'),
    optional('total_deployments', 'count', 'deployments'),
    optional('estimated_monthly_cost', 'number', 'money a month'),
    required('cost_currency', 'text', 'ISO 4217', { fallback: "'USD'" }),
    required('tags', 'json', 'array of words', { fallback: "'[]'" }),
    required('metadata', 'json', 'what else is known, by name', { fallback: "'{}'" }),
    required('created_at', 'time', 'when it was registered'),
    required('updated_at', 'time', 'last change of this row'),
  ],
  primaryKey: ['id'],
  indexes: [],
};

/** What the Kubernetes part adds to the registry. */
export const CLUSTER_INDEXES: Table['indexes'] = [
  { name: 'k8s_clusters_by_name', on: ['name', 'id'] },
  { name: 'k8s_clusters_by_status', on: ['status', 'name'] },
  { name: 'k8s_clusters_by_environment', on: ['environment', 'name'] },
  { name: 'k8s_clusters_by_provider', on: ['provider', 'name'] },
  { name: 'k8s_clusters_by_health', on: ['health_status', 'last_sync_at'] },
];
