import type Database from 'better-sqlite3';
import * as z from 'zod';
import { type ClusterRecord, PROVIDERS } from '../../model/cluster.ts';
import { CLUSTER_COLUMNS } from './cluster-writer.ts';

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
    .prepare(`SELECT ${CLUSTER_COLUMNS.join(', ')} FROM k8s_clusters ORDER BY name, id`)
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

function secondsOf(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}
