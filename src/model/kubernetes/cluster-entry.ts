import type { EpochSeconds } from '../time.ts';
import type { HealthStatus } from './health.ts';
import type { JsonValue } from './objects.ts';

export const ENVIRONMENTS = ['production', 'staging', 'development'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** One row of `k8s_clusters` as the registry sees it. Answers, logs and exports never carry `sealedKubeconfig`. */
export interface ClusterEntry {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** Null for clusters that come from a context of the person's own kubeconfig. */
  readonly sealedKubeconfig: string | null;
  readonly contextName: string;
  readonly apiServerUrl: string;
  readonly clusterVersion: string | null;
  readonly provider: string | null;
  readonly region: string | null;
  readonly environment: Environment | null;
  readonly status: 'active' | 'paused';
  readonly healthStatus: HealthStatus;
  readonly lastSyncAtSeconds: EpochSeconds | null;
  readonly lastError: string | null;
  readonly totalNodes: number | null;
  readonly totalNamespaces: number | null;
  readonly totalPods: number | null;
  readonly totalDeployments: number | null;
  readonly estimatedMonthlyCost: number | null;
  readonly costCurrency: string;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, JsonValue>>;
  readonly createdAtSeconds: EpochSeconds;
  readonly updatedAtSeconds: EpochSeconds;
}
