import type Database from 'better-sqlite3';
import * as z from 'zod';
import { type ClusterRecord, PROVIDERS } from '../../model/cluster.ts';

const COLUMNS = [
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
  const updates = COLUMNS.slice(1).map((column) => `${column} = excluded.${column}`);
  database
    .prepare(
      `INSERT INTO k8s_clusters (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
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

const Line = z.object({
  id: z.string(),
  name: z.string(),
  context_name: z.string(),
  api_server_url: z.string(),
  cluster_version: z.string().nullable(),
  provider: z.enum([...PROVIDERS, 'mixed']).nullable(),
  region: z.string().nullable(),
  cost_currency: z.string(),
  total_nodes: z.number().nullable(),
  total_pods: z.number().nullable(),
  last_sync_at: z.string().nullable(),
  last_error: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

/** All registered clusters, by name. */
export function readClusters(database: Database.Database): readonly ClusterRecord[] {
  return database
    .prepare(`SELECT ${COLUMNS.join(', ')} FROM k8s_clusters ORDER BY name, id`)
    .all()
    .map((line) => {
      const row = Line.parse(line);
      return {
        id: row.id,
        name: row.name,
        contextName: row.context_name,
        serverUrl: row.api_server_url,
        serverVersion: row.cluster_version,
        provider: row.provider,
        region: row.region,
        currency: row.cost_currency,
        nodeCount: row.total_nodes,
        podCount: row.total_pods,
        createdAtSeconds: secondsOf(row.created_at),
        updatedAtSeconds: secondsOf(row.updated_at),
        lastSyncAtSeconds: row.last_sync_at === null ? null : secondsOf(row.last_sync_at),
        lastError: row.last_error,
      };
    });
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

function secondsOf(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}
