import type { Clock } from '../../core/ports/clock.ts';
import type { ConnectOptions } from '../../core/ports/cluster-source.ts';
import type { KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { ContextDirectory } from '../clusters/context-directory.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { LeaseKeeper } from '../store/lease-keeper.ts';

/** What is stored is at most so old while all is well; health is judged by it. */
export const SYNC_INTERVAL_SECONDS = 30;
/** Pause between two writings: shorter, so that a writing that takes its time is still done within the interval. */
export const WRITE_PAUSE_SECONDS = 20;

/** What the sync of clusters works with. */
export interface SyncDeps {
  /** `isAway`: nothing is written for now; what is seen waits in memory. */
  readonly store: KubernetesStore & { readonly isAway: boolean };
  readonly leases: Pick<LeaseKeeper, 'take' | 'release'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly log: Log;
  readonly changes: Pick<ChangeFeed, 'publish'>;
  readonly directory: Pick<ContextDirectory, 'connect' | 'hasFeed'>;
  choicesOf(contextName: string): Promise<{ readonly connect: ConnectOptions; readonly currency: string }>;
}
