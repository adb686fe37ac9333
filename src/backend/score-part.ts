import type { LayoutSource } from '../core/ports/layout-source.ts';
import type { WorkerState } from '../core/ports/sync-desk.ts';
import type { ScoreThresholds } from '../core/score/scope.ts';
import type { ClusterDeps } from './clusters/session-deps.ts';
import { ScoreDesk } from './score/score-desk.ts';
import { ScoreWorker } from './score/score-worker.ts';

/** What the operations of the score work with. */
export interface ScoreDeps {
  readonly scores: Pick<ScoreDesk, 'refresh' | 'latest' | 'history'>;
}

export interface ScorePart extends ScoreDeps {
  readonly status: () => readonly WorkerState[];
  start(): void;
  stop(): Promise<void>;
}

/** The sustainability score: kept young in the background, and scored anew when it is asked for. */
export function composeScore(
  deps: Pick<ClusterDeps, 'store' | 'leases' | 'clock' | 'timers' | 'log'>,
  parts: { readonly layouts: Pick<LayoutSource, 'layout'>; thresholds(): ScoreThresholds },
): ScorePart {
  const { store, leases, clock, timers, log } = deps;
  const canWrite = (): boolean => store.status.state !== 'read-only';
  const desk = new ScoreDesk({ store, leases, clock, log, ...parts, canWrite });
  const worker = new ScoreWorker({ desk, store, clock, timers });
  let location = store.location;
  let unfollow: () => void = () => undefined;
  return {
    scores: desk,
    status: () => [worker.status()],
    start: () => {
      worker.start();
      unfollow = store.onChange(() => {
        if (store.location === location) return;
        location = store.location;
        desk.storeChanged();
      });
    },
    stop: async () => {
      unfollow();
      await worker.stop();
    },
  };
}
