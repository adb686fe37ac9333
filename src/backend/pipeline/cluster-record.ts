import type { ClusterIdentity, ClusterRecord, Provider } from '../../model/cluster.ts';
import type { Inventory, NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';

export const DEFAULT_CURRENCY = 'USD';

/** The record of a cluster that was reached; what is not known yet is kept from the record before. */
export function clusterRecord(input: {
  identity: ClusterIdentity;
  contextName: string;
  inventory: Inventory | null;
  currency: string;
  before: ClusterRecord | null;
  nowSeconds: EpochSeconds;
}): ClusterRecord {
  const { identity, inventory, before, nowSeconds } = input;
  return {
    id: identity.id,
    // The person may have given it another name.
    name: before?.name ?? identity.name,
    contextName: input.contextName,
    serverUrl: identity.serverUrl,
    serverVersion: identity.serverVersion ?? before?.serverVersion ?? null,
    provider: inventory === null ? (before?.provider ?? null) : providerOf(inventory.nodes),
    region: inventory === null ? (before?.region ?? null) : soleValue(inventory.nodes.map((node) => node.region)),
    currency: input.currency,
    nodeCount: inventory === null ? (before?.nodeCount ?? null) : inventory.nodes.length,
    podCount: inventory === null ? (before?.podCount ?? null) : inventory.pods.filter(isAlive).length,
    createdAtSeconds: before?.createdAtSeconds ?? nowSeconds,
    updatedAtSeconds: nowSeconds,
    lastSyncAtSeconds: before?.lastSyncAtSeconds ?? null,
    lastError: before?.lastError ?? null,
  };
}

function isAlive(pod: Inventory['pods'][number]): boolean {
  return pod.phase !== 'Succeeded' && pod.phase !== 'Failed';
}

function providerOf(nodes: readonly NodeDescription[]): Provider | 'mixed' | null {
  const providers = new Set(nodes.map((node) => node.provider));
  const [only] = providers;
  return providers.size > 1 ? 'mixed' : (only ?? null);
}

function soleValue(values: readonly (string | null)[]): string | null {
  const distinct = new Set(values);
  const [only] = distinct;
  return distinct.size === 1 ? (only ?? null) : null;
}
