import type { Timers } from '../../../src/backend/scheduler/timers.ts';
import type { Clock } from '../../../src/core/ports/clock.ts';

interface Waiting {
  readonly dueMilliseconds: number;
  readonly resolve: () => void;
}

/** A clock and timers that only move when a test says so. */
export class ManualTime implements Clock, Timers {
  #nowMilliseconds: number;
  readonly #waiting = new Set<Waiting>();

  constructor(startSeconds: number) {
    this.#nowMilliseconds = startSeconds * 1000;
  }

  nowSeconds(): number {
    return Math.floor(this.#nowMilliseconds / 1000);
  }

  nowMilliseconds(): number {
    return this.#nowMilliseconds;
  }

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = { dueMilliseconds: this.#nowMilliseconds + milliseconds, resolve: () => resolve() };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', () => {
        this.#waiting.delete(waiting);
        resolve();
      });
    });
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Time goes on and timers fire in order; between them, everything that they set off runs. */
  async advance(seconds: number): Promise<void> {
    const end = this.#nowMilliseconds + seconds * 1000;
    await settle();
    for (;;) {
      const next = [...this.#waiting].sort((a, b) => a.dueMilliseconds - b.dueMilliseconds)[0];
      if (next === undefined || next.dueMilliseconds > end) break;
      this.#waiting.delete(next);
      this.#nowMilliseconds = Math.max(this.#nowMilliseconds, next.dueMilliseconds);
      next.resolve();
      await settle();
    }
    this.#nowMilliseconds = end;
    await settle();
  }

  /** The machine slept: the clock jumps, timers stood still. */
  sleep(seconds: number): void {
    const shifted = [...this.#waiting];
    this.#waiting.clear();
    for (const each of shifted) {
      this.#waiting.add({ ...each, dueMilliseconds: each.dueMilliseconds + seconds * 1000 });
    }
    this.#nowMilliseconds += seconds * 1000;
  }
}

/** Lets everything run that is ready. */
export async function settle(rounds = 60): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
