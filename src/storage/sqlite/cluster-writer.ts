import type Database from 'better-sqlite3';
import type { ClusterRecord } from '../../model/cluster.ts';
import { CLUSTER_COLUMNS, clusterValues } from '../sql/cluster-line.ts';
import { youngestEpoch } from './lease-operations.ts';

/** Adds a cluster to the registry, or replaces what it holds of it. */
export function putCluster(database: Database.Database, cluster: ClusterRecord): void {
  const updates = CLUSTER_COLUMNS.slice(1).map((column) => `${column} = excluded.${column}`);
  database
    .prepare(
      `INSERT INTO k8s_clusters (${CLUSTER_COLUMNS.join(', ')}) VALUES (${CLUSTER_COLUMNS.map(() => '?').join(', ')})
       ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
    )
    .run(...clusterValues(cluster));
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
  'open_hours',
  'pruned_days',
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
      // Its epoch stays: a holder that was frozen while the cluster was deleted still writes nothing.
      database
        .prepare(
          `UPDATE lease_rows SET holder = NULL, holder_name = '', expires_at_seconds = 0, epoch = ? WHERE cluster_id = ?`,
        )
        .run(youngestEpoch(database, clusterId), clusterId);
      database.prepare('DELETE FROM cluster_keys WHERE cluster_id = ?').run(clusterId);
    })
    .immediate();
}
