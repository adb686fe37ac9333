import type { EpochSeconds } from '../time.ts';

export const HEALTH_STATUSES = ['healthy', 'degraded', 'critical', 'unknown'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** Why a cluster is not healthy; for people, with what it is about. */
export interface HealthReason {
  readonly code:
    | 'never-synced'
    | 'unreachable'
    | 'half-not-ready'
    | 'node-not-ready'
    | 'workload-unavailable'
    | 'crash-loop'
    | 'sync-late';
  readonly message: string;
  readonly objects: readonly string[];
}

export interface ClusterHealth {
  readonly status: HealthStatus;
  readonly reasons: readonly HealthReason[];
}

/** One line of the kept history: from when on a cluster was in that state. */
export interface HealthChange extends ClusterHealth {
  readonly clusterId: string;
  readonly atSeconds: EpochSeconds;
}
