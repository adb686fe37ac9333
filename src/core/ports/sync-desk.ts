import type { Notice } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';

export interface ClusterSyncState {
  readonly clusterId: string;
  /** One word for people, for example `watching`, `listing`, `waiting`, `paused`. */
  readonly state: string;
  readonly lastRunAtSeconds: EpochSeconds | null;
  readonly lastError: string | null;
}

/** A worker that goes on by itself: of the sync, or of the costs. */
export interface WorkerState {
  readonly name: string;
  readonly isRunning: boolean;
  readonly intervalSeconds: number;
  readonly lastRunAtSeconds: EpochSeconds | null;
  readonly lastError: string | null;
  /** What it did since the start of Podwatt, by name. */
  readonly counts: Readonly<Record<string, number>>;
  readonly clusters: readonly ClusterSyncState[];
}

/** A right that a cluster's context lacks. */
export interface MissingRight extends Notice {
  /** What failed; `list` also wants `watch`. */
  readonly verb: 'list' | 'watch';
  readonly resource: string;
  readonly apiGroup: string;
}

/** The sync worker, as the operations see it. */
export interface SyncDesk {
  /**
   * Reads a cluster from the beginning, at once and in the background. Throws `Failure` `conflict` for one that is
   * paused or that nothing collects, `unreachable` where its way is known to be cut.
   */
  syncNow(clusterId: string): Promise<void>;
  status(): readonly WorkerState[];
  /** What may not be read of a cluster; none where nothing follows it. */
  missingRights(clusterId: string): readonly MissingRight[];
}
