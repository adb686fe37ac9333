import type { Clock } from '../../core/ports/clock.ts';
import type { ConnectOptions } from '../../core/ports/cluster-source.ts';
import type { CoefficientSources } from '../../core/ports/coefficient-sources.ts';
import type { WindowSpool } from '../../core/ports/window-spool.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { ContextState } from '../settings/context-states.ts';
import type { KnownClusters } from '../store/known-clusters.ts';
import type { LeaseKeeper } from '../store/lease-keeper.ts';
import type { SpoolDelivery } from '../store/spool-delivery.ts';
import type { StoreLink } from '../store/store-link.ts';
import type { ClusterLocks } from './cluster-locks.ts';
import type { ContextDirectory } from './context-directory.ts';

/** What the settings say of one context now. */
export interface ContextChoices {
  readonly connect: ConnectOptions;
  readonly coefficients: CoefficientSources;
  readonly currency: string;
}

/** What everything that reads clusters works with. */
export interface ClusterDeps {
  readonly store: StoreLink;
  /** Windows that wait on this machine while the store is away. */
  readonly spool: WindowSpool;
  readonly delivery: SpoolDelivery;
  readonly leases: LeaseKeeper;
  readonly known: KnownClusters;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly changes: ChangeFeed;
  readonly directory: ContextDirectory;
  readonly locks: ClusterLocks;
  readonly intervalSeconds: number;
  choicesOf(contextName: string): Promise<ContextChoices>;
  stateOf(contextName: string): ContextState;
  remember(contextName: string, change: Partial<ContextState>): Promise<void>;
}
