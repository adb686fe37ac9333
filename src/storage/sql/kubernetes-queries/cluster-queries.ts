import { K8S_CLUSTERS } from '../schema/kubernetes/clusters.ts';
import { byId, columnsOf, type NamedQuery } from './named-query.ts';

const SELECT = `SELECT ${columnsOf(K8S_CLUSTERS)} FROM k8s_clusters`;

export const CLUSTER_QUERIES: readonly NamedQuery[] = [
  byId(K8S_CLUSTERS),
  {
    name: 'clusters by name',
    index: 'k8s_clusters_by_name',
    use: 'the list of clusters, page by page',
    text: `${SELECT} ORDER BY name, id LIMIT ? OFFSET ?`,
  },
  {
    name: 'clusters of a status',
    index: 'k8s_clusters_by_status',
    use: 'the active ones for the sync; the list filtered by status',
    text: `${SELECT} WHERE status = ? ORDER BY name LIMIT ? OFFSET ?`,
  },
  {
    name: 'clusters of an environment',
    index: 'k8s_clusters_by_environment',
    use: 'the list filtered by environment',
    text: `${SELECT} WHERE environment = ? ORDER BY name LIMIT ? OFFSET ?`,
  },
  {
    name: 'clusters of a provider',
    index: 'k8s_clusters_by_provider',
    use: 'the list filtered by provider',
    text: `${SELECT} WHERE provider = ? ORDER BY name LIMIT ? OFFSET ?`,
  },
  {
    name: 'clusters of a health',
    index: 'k8s_clusters_by_health',
    use: 'those in trouble, the longest without a sync first',
    text: `${SELECT} WHERE health_status = ? ORDER BY last_sync_at LIMIT ?`,
  },
];
