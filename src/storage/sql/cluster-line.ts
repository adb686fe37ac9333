import * as z from 'zod';
import { type ClusterRecord, PROVIDERS } from '../../model/cluster.ts';

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

/** Values of a cluster for CLUSTER_COLUMNS; times are ISO-8601. */
export function clusterValues(cluster: ClusterRecord): (string | number | null)[] {
  return [
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
  ];
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

/** The reverse of `clusterValues`, from an answer's line. */
export function clusterRecordOf(line: unknown): ClusterRecord {
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
}

function secondsOf(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
