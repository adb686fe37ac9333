/** First day of the last 30, today among them, in each dialect. */
const THIRTY_DAYS = {
  sqlite: "date('now', '-29 days')",
  postgres: "((now() AT TIME ZONE 'UTC')::date - 29)",
} as const;

export interface View {
  readonly name: string;
  readonly statement: string;
}

/**
 * What is missing is null, never 0: the usage of nodes that say nothing, the costs of a namespace without any. A day
 * without its own row is the sum of its hours, so that today counts.
 */
export function kubernetesViews(dialect: keyof typeof THIRTY_DAYS): readonly View[] {
  return [
    {
      name: 'v_k8s_cluster_health',
      statement: `CREATE VIEW v_k8s_cluster_health AS SELECT
  c.id AS cluster_id, c.name AS cluster_name, c.provider, c.environment, c.status, c.health_status,
  COALESCE(n.total_nodes, 0) AS total_nodes, COALESCE(n.healthy_nodes, 0) AS healthy_nodes,
  COALESCE(d.total_deployments, 0) AS total_deployments, COALESCE(d.healthy_deployments, 0) AS healthy_deployments,
  c.total_namespaces, c.total_pods, n.cpu_usage_cores, n.memory_usage_bytes,
  c.estimated_monthly_cost, c.cost_currency, c.last_sync_at, c.last_error
FROM k8s_clusters c
LEFT JOIN (
  SELECT cluster_id, CAST(COUNT(*) AS INTEGER) AS total_nodes,
    CAST(SUM(CASE WHEN status = 'Ready' THEN 1 ELSE 0 END) AS INTEGER) AS healthy_nodes,
    SUM(cpu_usage_cores) AS cpu_usage_cores, CAST(SUM(memory_usage_bytes) AS BIGINT) AS memory_usage_bytes
  FROM k8s_nodes WHERE deleted_at IS NULL GROUP BY cluster_id
) n ON n.cluster_id = c.id
LEFT JOIN (
  SELECT cluster_id, CAST(COUNT(*) AS INTEGER) AS total_deployments,
    CAST(SUM(CASE WHEN health_status = 'healthy' THEN 1 ELSE 0 END) AS INTEGER) AS healthy_deployments
  FROM k8s_deployments WHERE deleted_at IS NULL AND kind = 'Deployment' GROUP BY cluster_id
) d ON d.cluster_id = c.id`,
    },
    {
      name: 'v_k8s_namespace_costs',
      statement: `CREATE VIEW v_k8s_namespace_costs AS SELECT
  n.cluster_id, n.id AS namespace_id, n.name AS namespace, n.team_name, n.cost_center,
  SUM(a.total_cost) AS total_cost, SUM(a.total_cost) / NULLIF(COUNT(DISTINCT a.date), 0) AS average_daily_cost,
  SUM(a.cpu_core_hours) AS cpu_core_hours, SUM(a.memory_gb_hours) AS memory_gb_hours,
  SUM(a.storage_gb_hours) AS storage_gb_hours, SUM(a.network_gb) AS network_gb
FROM k8s_namespaces n
LEFT JOIN k8s_cost_attribution a ON a.namespace_id = n.id AND a.date >= ${THIRTY_DAYS[dialect]}
  AND (a.hour IS NULL OR NOT EXISTS (
    SELECT 1 FROM k8s_cost_attribution w WHERE w.namespace_id = a.namespace_id AND w.date = a.date AND w.hour IS NULL
  ))
GROUP BY n.cluster_id, n.id, n.name, n.team_name, n.cost_center`,
    },
  ];
}
