import type { Clock } from '../../core/ports/clock.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { WorkerState } from '../../core/ports/sync-desk.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { Refreshed, ScoreDesk } from './score-desk.ts';

/** As old as a score may become while nobody asks. */
export const SCORE_PACE_SECONDS = 6 * 3600;
/** Between two looks for scores that are due; the first one waits for the start to be over. */
export const SCORE_LOOK_SECONDS = 600;
const FIRST_LOOK_SECONDS = 60;

export interface ScoreWorkerDeps {
  readonly desk: Pick<ScoreDesk, 'refresh' | 'problemOf'>;
  readonly store: Pick<ResultsStore, 'listClusters'>;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Keeps a score of each cluster that is at most six hours old, one cluster after the other. */
export class ScoreWorker {
  readonly #deps: ScoreWorkerDeps;
  readonly #stopping = new AbortController();
  readonly #states = new Map<string, Refreshed>();
  #running: Promise<void> | null = null;
  #lastRunAtSeconds: EpochSeconds | null = null;
  #lastError: string | null = null;
  #scored = 0;

  constructor(deps: ScoreWorkerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#running ??= this.#work();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  status(): WorkerState {
    const { desk } = this.#deps;
    return {
      name: 'score',
      isRunning: this.#running !== null && !this.#stopping.signal.aborted,
      intervalSeconds: SCORE_PACE_SECONDS,
      lastRunAtSeconds: this.#lastRunAtSeconds,
      lastError: this.#lastError,
      counts: { scored: this.#scored },
      clusters: [...this.#states].map(([clusterId, state]) => ({
        clusterId,
        state,
        lastRunAtSeconds: this.#lastRunAtSeconds,
        lastError: desk.problemOf(clusterId),
      })),
    };
  }

  async #work(): Promise<void> {
    const { timers } = this.#deps;
    const { signal } = this.#stopping;
    await timers.wait(FIRST_LOOK_SECONDS * 1000, signal);
    while (!signal.aborted) {
      await this.#look(signal);
      await timers.wait(SCORE_LOOK_SECONDS * 1000, signal);
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { desk, store, clock } = this.#deps;
    try {
      const ids = (await store.listClusters()).map(({ id }) => id);
      for (const gone of this.#states.keys()) if (!ids.includes(gone)) this.#states.delete(gone);
      for (const id of ids) {
        if (signal.aborted) return;
        const state = await desk.refresh(id, SCORE_PACE_SECONDS);
        this.#states.set(id, state);
        if (state === 'scored') this.#scored += 1;
      }
      this.#lastRunAtSeconds = clock.nowSeconds();
      this.#lastError = null;
    } catch (error) {
      this.#lastError = asFailure(error).message;
    }
  }
}
