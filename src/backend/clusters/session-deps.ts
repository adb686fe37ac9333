import type { Clock } from '../../core/ports/clock.ts';
import type { ConnectOptions } from '../../core/ports/cluster-source.ts';
import type { CoefficientSources } from '../../core/ports/coefficient-sources.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Log } from '../log.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { ContextState } from '../settings/context-states.ts';
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
  readonly store: ResultsStore;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly changes: ChangeFeed;
  readonly directory: ContextDirectory;
  readonly locks: ClusterLocks;
  readonly epoch: number;
  readonly intervalSeconds: number;
  choicesOf(contextName: string): Promise<ContextChoices>;
  stateOf(contextName: string): ContextState;
  remember(contextName: string, change: Partial<ContextState>): Promise<void>;
}
