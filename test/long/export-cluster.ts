import { type Fleet, NOW } from '../../bench/storage/fleet.ts';
import type { ClusterRecord } from '../../src/model/cluster.ts';

/** The record of a fleet's cluster: exports tell only of clusters that are known. */
export function clusterOf({ clusterId }: Pick<Fleet, 'clusterId'>): ClusterRecord {
  return {
    id: clusterId,
    name: clusterId,
    contextName: clusterId,
    serverUrl: 'https://cluster.invalid',
    serverVersion: null,
    provider: null,
    region: null,
    currency: 'USD',
    nodeCount: null,
    podCount: null,
    createdAtSeconds: NOW,
    updatedAtSeconds: NOW,
    lastSyncAtSeconds: null,
    lastError: null,
  };
}
