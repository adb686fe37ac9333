import type Database from 'better-sqlite3';
import type { ClusterRecord } from '../../model/cluster.ts';

/** Columns of `k8s_clusters` that are kept so far. */
export const CLUSTER_COLUMNS = [
  'id',
  'name',
  'context_name',
  'api_server_url',
  'cluster_version',
  'provider',
  'region',
  'cost_currency',
  'total_nodes',
  'total_pods',
  'last_sync_at',
  'last_error',
  'created_at',
  'updated_at',
];

/** Adds a cluster to the registry, or replaces what it holds of it. */
export function putCluster(database: Database.Database, cluster: ClusterRecord): void {
  const updates = CLUSTER_COLUMNS.slice(1).map((column) => `${column} = excluded.${column}`);
  database
    .prepare(
      `INSERT INTO k8s_clusters (${CLUSTER_COLUMNS.join(', ')}) VALUES (${CLUSTER_COLUMNS.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
    )
    .run(
      cluster.id,
      cluster.name,
      cluster.contextName,
      cluster.serverUrl,
      cluster.serverVersion,
      cluster.provider,
      cluster.region,
      cluster.currency,
      cluster.nodeCount,
      cluster.podCount,
      cluster.lastSyncAtSeconds === null ? null : isoOf(cluster.lastSyncAtSeconds),
      cluster.lastError,
      isoOf(cluster.createdAtSeconds),
      isoOf(cluster.updatedAtSeconds),
    );
}

const TABLES_OF_RESULTS = [
  'result_rows',
  'rollup_hour_pod',
  'rollup_hour_workload',
  'rollup_hour_namespace',
  'rollup_day_pod',
  'rollup_day_workload',
  'rollup_day_namespace',
  'presence',
  'ledger',
  'node_window_rows',
  'node_sightings',
  'pod_keys',
  'pod_identities',
  'workload_keys',
  'namespace_keys',
];

/** Removes a cluster with everything that was ever stored of it, in one transaction. */
export function deleteCluster(database: Database.Database, clusterId: string): void {
  database
    .transaction(() => {
      database.prepare('DELETE FROM k8s_clusters WHERE id = ?').run(clusterId);
      for (const table of TABLES_OF_RESULTS) {
        database
          .prepare(`DELETE FROM ${table} WHERE cluster_key = (SELECT id FROM cluster_keys WHERE cluster_id = ?)`)
          .run(clusterId);
      }
      database.prepare('DELETE FROM cluster_keys WHERE cluster_id = ?').run(clusterId);
    })
    .immediate();
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
