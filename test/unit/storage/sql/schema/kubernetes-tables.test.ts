import { describe, expect, it } from 'vitest';
import { CLUSTER_INDEXES, K8S_CLUSTERS } from '../../../../../src/storage/sql/schema/kubernetes/clusters.ts';
import { KUBERNETES_DOWN, KUBERNETES_TABLES } from '../../../../../src/storage/sql/schema/kubernetes/index.ts';
import { kubernetesViews } from '../../../../../src/storage/sql/schema/kubernetes/views.ts';

const ALL = [K8S_CLUSTERS, ...KUBERNETES_TABLES];
const columnsOf = (table: string): string[] =>
  ALL.find(({ name }) => name === table)?.columns.map(({ name }) => name) ?? [];

/** The columns of the storage specification, in its words where it gives them. */
const SPECIFIED: Readonly<Record<string, string>> = {
  k8s_clusters: `id name description kubeconfig_encrypted context_name api_server_url cluster_version provider region environment status
    health_status last_sync_at last_error total_nodes total_namespaces total_pods total_deployments estimated_monthly_cost cost_currency
    tags metadata created_at updated_at`,
  k8s_namespaces: `cluster_id name namespace_uid status cpu_limit memory_limit pod_limit cpu_usage_cores memory_usage_bytes pod_count
    team_name cost_center estimated_daily_cost labels annotations`,
  k8s_nodes: `cluster_id name node_uid node_type instance_type cpu_capacity memory_capacity pod_capacity cpu_allocatable
    memory_allocatable pod_allocatable pod_count status conditions labels taints`,
  k8s_deployments: `cluster_id namespace_id name deployment_uid replicas_desired replicas_current replicas_ready replicas_available
    replicas_unavailable containers status health_status strategy labels annotations`,
  k8s_pods: `cluster_id namespace_id deployment_id name pod_uid node_name phase status reason qos_class restart_count containers
    init_containers cpu_request cpu_limit memory_request memory_limit started_at finished_at created_at`,
  k8s_resource_metrics: `cluster_id namespace_id deployment_id pod_id node_id resource_type cpu_usage_cores memory_usage_bytes
    network_rx_bytes network_tx_bytes storage_usage_bytes restarts oom_kills collected_at`,
  k8s_helm_releases: `cluster_id namespace_id name chart_name chart_version app_version status revision values_yaml first_deployed_at
    last_deployed_at`,
  k8s_cost_attribution: `cluster_id namespace_id date hour cpu_cost memory_cost storage_cost network_cost total_cost cpu_core_hours
    memory_gb_hours storage_gb_hours network_gb team_name cost_center`,
};

describe('the Kubernetes tables', () => {
  it('are the eight of the specification, with its columns', () => {
    expect(ALL.map(({ name }) => name).sort()).toEqual(Object.keys(SPECIFIED).sort());
    for (const [table, columns] of Object.entries(SPECIFIED)) {
      expect(columnsOf(table), table).toEqual(expect.arrayContaining(columns.split(/\s+/)));
    }
  });

  it('have names of their own for indexes, at least 30 of them, on columns that are there', () => {
    const indexes = [...CLUSTER_INDEXES, ...KUBERNETES_TABLES.flatMap((table) => table.indexes)];
    expect(new Set(indexes.map(({ name }) => name)).size).toBe(indexes.length);
    expect(indexes.length).toBeGreaterThanOrEqual(30);
    for (const table of KUBERNETES_TABLES) {
      for (const { name, on } of table.indexes) {
        expect(name.startsWith(table.name), name).toBe(true);
        const plain = on.filter((column) => !column.includes('('));
        expect(columnsOf(table.name)).toEqual(expect.arrayContaining(plain));
      }
    }
  });

  it('belong to their cluster from the top down, parents first', () => {
    const made = new Set(['k8s_clusters']);
    for (const { name, foreignKeys = [] } of KUBERNETES_TABLES) {
      expect(foreignKeys).toContainEqual({ column: 'cluster_id', table: 'k8s_clusters', onDelete: 'CASCADE' });
      for (const key of foreignKeys) expect(made, name).toContain(key.table);
      made.add(name);
    }
  });

  it('carry what PostgreSQL keeps months by in every unique key', () => {
    for (const { monthlyBy, primaryKey, indexes } of KUBERNETES_TABLES) {
      if (monthlyBy === undefined) continue;
      expect(primaryKey).toContain(monthlyBy);
      for (const { isUnique, on } of indexes) if (isUnique === true) expect(on).toContain(monthlyBy);
    }
  });

  it('are taken back from the views down to the indexes of clusters', () => {
    expect(KUBERNETES_DOWN).toHaveLength(2 + KUBERNETES_TABLES.length + CLUSTER_INDEXES.length);
    expect(KUBERNETES_DOWN[0]).toBe('DROP VIEW v_k8s_cluster_health');
    expect(KUBERNETES_DOWN[2]).toBe('DROP TABLE k8s_cost_attribution');
    expect(KUBERNETES_DOWN).not.toContain('DROP TABLE k8s_clusters');
  });

  it('have the same two views in both dialects, but for how today is written', () => {
    const [sqlite, postgres] = [kubernetesViews('sqlite'), kubernetesViews('postgres')];
    expect(sqlite[0]).toEqual(postgres[0]);
    expect(sqlite[1]?.statement).toContain("date('now', '-29 days')");
    expect(postgres[1]?.statement).toContain("AT TIME ZONE 'UTC'");
  });
});
