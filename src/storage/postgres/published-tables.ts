/** A table that people know: what is told of it, and how its oldest and newest lines are found. */
export interface PublishedTable {
  readonly name: string;
  /** Its published name where that is a view over it. */
  readonly shownAs?: string;
  /** The column that says how old a line is. */
  readonly time: string | null;
  /** The column before it in an index: the cluster. Null where there is no such index. */
  readonly leads: 'cluster_id' | 'cluster_key' | null;
}

const byId = (name: string, time: string): PublishedTable => ({ name, time, leads: 'cluster_id' });
const plain = (name: string, time: string | null): PublishedTable => ({ name, time, leads: null });

export const PUBLISHED_TABLES: readonly PublishedTable[] = [
  byId('combined_metrics', 'timestamp'),
  ...['hour', 'day'].flatMap((period) =>
    ['pod', 'workload', 'namespace'].map(
      (grain): PublishedTable => ({ name: `rollup_${period}_${grain}`, time: 'start_seconds', leads: 'cluster_key' }),
    ),
  ),
  { name: 'presence', shownAs: 'pod_presence', time: 'last_end_seconds', leads: null },
  byId('collection_runs', 'timestamp'),
  byId('node_windows', 'timestamp'),
  plain('node_snapshots', 'snapshot_timestamp'),
  plain('carbon_intensity', 'timestamp'),
  plain('embodied_cache', 'last_updated'),
  plain('recommendations', 'timestamp'),
  byId('recommendation_history', 'timestamp'),
  byId('savings_ledger', 'timestamp'),
  plain('score_history', 'timestamp'),
  plain('audit', 'timestamp'),
  plain('k8s_clusters', 'created_at'),
  plain('k8s_namespaces', null),
  plain('k8s_nodes', null),
  plain('k8s_deployments', null),
  byId('k8s_pods', 'created_at'),
  plain('k8s_resource_metrics', 'collected_at'),
  plain('k8s_helm_releases', null),
  byId('k8s_cost_attribution', 'date'),
  byId('k8s_health_history', 'timestamp'),
  plain('k8s_budgets', null),
  plain('k8s_budget_alerts', 'timestamp'),
  plain('leases', null),
];
