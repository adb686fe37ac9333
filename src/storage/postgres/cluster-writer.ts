import type { ClusterRecord } from '../../model/cluster.ts';
import { CLUSTER_COLUMNS, clusterValues } from '../sql/cluster-line.ts';
import { GRAINS } from './rollups.ts';
import type { Session } from './session.ts';

const PUT = `INSERT INTO k8s_clusters (${CLUSTER_COLUMNS.join(', ')})
  VALUES (${CLUSTER_COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})
  ON CONFLICT (id) DO UPDATE SET ${CLUSTER_COLUMNS.slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}`;

/** Adds a cluster to the registry, or replaces what results know of it. */
export async function putCluster(session: Session, cluster: ClusterRecord): Promise<void> {
  await session.query(PUT, clusterValues(cluster));
}

const BY_ID = [
  'combined_metrics',
  'collection_runs',
  'pruned_days',
  'node_windows',
  'node_sightings',
  'node_snapshots',
];
const BY_KEY = [
  ...['hour', 'day'].flatMap((period) => GRAINS.map((grain) => `rollup_${period}_${grain}`)),
  ...['presence', 'pod_keys', 'pod_identities', 'workload_keys', 'namespace_keys'],
];

/** Removes a cluster with everything that was ever stored of it. */
export async function deleteCluster(session: Session, clusterId: string): Promise<void> {
  // Waits for a window that is being written, and keeps the next one out; its line goes last.
  await session.query('SELECT 1 FROM leases WHERE cluster_id = $1 FOR UPDATE', [clusterId]);
  await session.query('DELETE FROM k8s_clusters WHERE id = $1', [clusterId]);
  for (const table of [...BY_ID, 'node_facts']) {
    await session.query(`DELETE FROM ${table} WHERE cluster_id = $1`, [clusterId]);
  }
  for (const table of BY_KEY) {
    await session.query(
      `DELETE FROM ${table} WHERE cluster_key = (SELECT id FROM cluster_keys WHERE cluster_id = $1)`,
      [clusterId],
    );
  }
  await session.query('DELETE FROM cluster_keys WHERE cluster_id = $1', [clusterId]);
  await session.query('DELETE FROM leases WHERE cluster_id = $1', [clusterId]);
}
