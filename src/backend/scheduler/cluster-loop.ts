import type { Clock } from '../../core/ports/clock.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { retrySeconds } from './backoff.ts';
import type { Timers } from './timers.ts';

/** Longest single wait: a machine that slept is noticed within this time, because timers stand still meanwhile. */
const LONGEST_WAIT_MILLISECONDS = 30_000;

/** One cluster's work, called again and again and never twice at once. */
export interface LoopJob {
  /** Does the next piece; answers when to come again (`now`, or at an instant). A failure is thrown. */
  run(signal: AbortSignal): Promise<'now' | { readonly atSeconds: EpochSeconds }>;
}

export interface LoopDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Runs a job until it is stopped; failures are retried with growing pauses. */
export class ClusterLoop {
  readonly #job: LoopJob;
  readonly #deps: LoopDeps;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #finished: Promise<void> | null = null;
  #nextRunAtSeconds: EpochSeconds | null = null;

  constructor(job: LoopJob, deps: LoopDeps) {
    this.#job = job;
    this.#deps = deps;
  }

  /** When the job runs next; null while it runs or after the loop stopped. */
  get nextRunAtSeconds(): EpochSeconds | null {
    return this.#nextRunAtSeconds;
  }

  start(): void {
    this.#finished ??= this.#turn();
  }

  /** Runs again at once (after the run under way, if there is one). */
  wake(): void {
    this.#wake.abort();
  }

  /** Cancels the run under way and ends; resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#finished;
  }

  async #turn(): Promise<void> {
    let failuresInARow = 0;
    while (!this.#stop.signal.aborted) {
      const dueSeconds = await this.#job.run(this.#stop.signal).then(
        (next) => {
          failuresInARow = 0;
          return next === 'now' ? null : next.atSeconds;
        },
        () => {
          failuresInARow += 1;
          return this.#deps.clock.nowSeconds() + retrySeconds(failuresInARow, this.#deps.random());
        },
      );
      if (dueSeconds !== null) await this.#waitUntil(dueSeconds);
    }
    this.#nextRunAtSeconds = null;
  }

  async #waitUntil(dueSeconds: EpochSeconds): Promise<void> {
    this.#nextRunAtSeconds = dueSeconds;
    const signal = AbortSignal.any([this.#stop.signal, this.#wake.signal]);
    while (!signal.aborted) {
      const leftMilliseconds = (dueSeconds - this.#deps.clock.nowSeconds()) * 1000;
      if (leftMilliseconds <= 0) break;
      await this.#deps.timers.wait(Math.min(leftMilliseconds, LONGEST_WAIT_MILLISECONDS), signal);
    }
    if (this.#wake.signal.aborted) this.#wake = new AbortController();
    this.#nextRunAtSeconds = null;
  }
}
