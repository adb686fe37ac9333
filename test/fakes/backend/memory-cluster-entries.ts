import { type ClusterRecord, PROVIDERS } from '../../../src/model/cluster.ts';
import type { ClusterEntry } from '../../../src/model/kubernetes/cluster-entry.ts';

/** An entry that only results have registered. */
const FIRST: ClusterEntry = {
  id: '',
  name: '',
  description: null,
  sealedKubeconfig: null,
  contextName: '',
  apiServerUrl: '',
  clusterVersion: null,
  provider: null,
  region: null,
  environment: null,
  status: 'active',
  healthStatus: 'unknown',
  lastSyncAtSeconds: null,
  lastError: null,
  totalNodes: null,
  totalNamespaces: null,
  totalPods: null,
  totalDeployments: null,
  estimatedMonthlyCost: null,
  costCurrency: '',
  tags: [],
  metadata: {},
  createdAtSeconds: 0,
  updatedAtSeconds: 0,
};

/** What results know of an entry. */
export function recordOf(entry: ClusterEntry): ClusterRecord {
  const isKnown = (provider: string | null): provider is NonNullable<ClusterRecord['provider']> =>
    provider === 'mixed' || PROVIDERS.some((known) => known === provider);
  return {
    id: entry.id,
    name: entry.name,
    contextName: entry.contextName,
    serverUrl: entry.apiServerUrl,
    serverVersion: entry.clusterVersion,
    provider: isKnown(entry.provider) ? entry.provider : null,
    region: entry.region,
    currency: entry.costCurrency,
    nodeCount: entry.totalNodes,
    podCount: entry.totalPods,
    createdAtSeconds: entry.createdAtSeconds,
    updatedAtSeconds: entry.updatedAtSeconds,
    lastSyncAtSeconds: entry.lastSyncAtSeconds,
    lastError: entry.lastError,
  };
}

/** The line that both write: what the record says, and of the entry what only the registry knows. */
export function entryOf(record: ClusterRecord, known: ClusterEntry = FIRST): ClusterEntry {
  return {
    ...known,
    id: record.id,
    name: record.name,
    contextName: record.contextName,
    apiServerUrl: record.serverUrl,
    clusterVersion: record.serverVersion ?? known.clusterVersion,
    provider: record.provider ?? known.provider,
    region: record.region ?? known.region,
    costCurrency: record.currency,
    totalNodes: record.nodeCount,
    totalPods: record.podCount,
    lastSyncAtSeconds: record.lastSyncAtSeconds,
    lastError: record.lastError,
    createdAtSeconds: record.createdAtSeconds,
    updatedAtSeconds: record.updatedAtSeconds,
  };
}
