/** A line of `v_k8s_cluster_health`. */
export interface ClusterHealthRow {
  readonly cluster_id: string;
  readonly cluster_name: string;
  readonly provider: string | null;
  readonly environment: string | null;
  readonly status: string;
  readonly health_status: string;
  readonly total_nodes: number;
  readonly healthy_nodes: number;
  readonly total_deployments: number;
  readonly healthy_deployments: number;
  readonly total_namespaces: number | null;
  readonly total_pods: number | null;
  /** Of the nodes that say it; null where none does. */
  readonly cpu_usage_cores: number | null;
  readonly memory_usage_bytes: number | null;
  readonly estimated_monthly_cost: number | null;
  readonly cost_currency: string;
  readonly last_sync_at: string | null;
  readonly last_error: string | null;
}

/** A line of `v_k8s_namespace_costs`; sums are null where the last 30 days hold no cost. */
export interface NamespaceCostRow {
  readonly cluster_id: string;
  readonly namespace_id: string;
  readonly namespace: string;
  readonly team_name: string | null;
  readonly cost_center: string | null;
  readonly total_cost: number | null;
  /** Of the days that have a cost. */
  readonly average_daily_cost: number | null;
  readonly cpu_core_hours: number | null;
  readonly memory_gb_hours: number | null;
  readonly storage_gb_hours: number | null;
  readonly network_gb: number | null;
}
