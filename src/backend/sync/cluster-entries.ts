import type { FollowedResource } from '../../core/ports/object-feed.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';
import type { ClusterHealth } from '../../model/kubernetes/health.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { SyncCache } from './sync-cache.ts';

/** The row of a cluster that the store does not know yet. */
export function newEntry(
  identity: ClusterIdentity,
  contextName: string,
  currency: string,
  nowSeconds: EpochSeconds,
): ClusterEntry {
  return {
    id: identity.id,
    name: identity.name,
    description: null,
    sealedKubeconfig: null,
    contextName,
    apiServerUrl: identity.serverUrl,
    clusterVersion: identity.serverVersion,
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
    costCurrency: currency,
    tags: [],
    metadata: {},
    createdAtSeconds: nowSeconds,
    updatedAtSeconds: nowSeconds,
  };
}

export interface SyncFindings {
  readonly identity: ClusterIdentity;
  readonly health: ClusterHealth;
  readonly lastSyncAtSeconds: EpochSeconds | null;
  /** True where the whole list of a resource is known: a count of others says nothing. */
  isListed(resource: FollowedResource): boolean;
  readonly lastError: string | null;
  readonly provider: string | null;
  /** Null: nothing is known of costs; what was known stays. */
  readonly monthlyCost: number | null;
  readonly nowSeconds: EpochSeconds;
}

/** The row with what the sync found; what the person set stays. Counts stay as they were where nothing was listed. */
export function updatedEntry(before: ClusterEntry, cache: SyncCache, found: SyncFindings): ClusterEntry {
  const deployments = [...cache.workloadsOf('deployments').values()].filter(({ seen }) => seen.owner === null).length;
  const { isListed } = found;
  const regions = new Set([...cache.nodes.values()].flatMap(({ description }) => description.region ?? []));
  return {
    ...before,
    clusterVersion: found.identity.serverVersion ?? before.clusterVersion,
    provider: found.provider ?? before.provider,
    region: regions.size === 1 ? ([...regions][0] ?? null) : before.region,
    healthStatus: found.health.status,
    lastSyncAtSeconds: found.lastSyncAtSeconds ?? before.lastSyncAtSeconds,
    lastError: found.lastError,
    estimatedMonthlyCost: found.monthlyCost ?? before.estimatedMonthlyCost,
    totalNodes: isListed('nodes') ? cache.nodes.size : before.totalNodes,
    totalNamespaces: isListed('namespaces') ? cache.namespaces.size : before.totalNamespaces,
    totalPods: isListed('pods') ? cache.pods.size : before.totalPods,
    totalDeployments: isListed('deployments') ? deployments : before.totalDeployments,
    updatedAtSeconds: found.nowSeconds,
  };
}
