import type { EpochSeconds } from './time.ts';

export const PROVIDERS = [
  'aws',
  'gcp',
  'azure',
  'ovh',
  'scaleway',
  'digitalocean',
  'hetzner',
  'ibm',
  'linode',
  'oracle',
  'alibaba',
  'exoscale',
  'onprem',
  'unknown',
] as const;
export type Provider = (typeof PROVIDERS)[number];

/**
 * What a cluster is. `id` is the UID of its kube-system namespace; where that can't be read, UUIDv5 of the API
 * server's URL and CA. Two contexts with one id are one cluster.
 */
export interface ClusterIdentity {
  readonly id: string;
  readonly idSource: 'kube-system' | 'server';
  readonly name: string;
  readonly serverUrl: string;
  readonly serverVersion: string | null;
}

/** A cluster as the results store remembers it. */
export interface ClusterRecord {
  readonly id: string;
  readonly name: string;
  readonly contextName: string;
  readonly serverUrl: string;
  readonly serverVersion: string | null;
  readonly provider: Provider | 'mixed' | null;
  readonly region: string | null;
  readonly currency: string;
  readonly nodeCount: number | null;
  readonly podCount: number | null;
  readonly createdAtSeconds: EpochSeconds;
  readonly updatedAtSeconds: EpochSeconds;
  readonly lastSyncAtSeconds: EpochSeconds | null;
  readonly lastError: string | null;
}
