import type { Timers } from '../scheduler/timers.ts';
import { callOrAbort } from './wait-for.ts';

/** A value that others follow: each follower sees the newest, and at most one value in `paceMilliseconds`. */
export class Latest<T> {
  #value: T;
  #version = 0;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    this.#version += 1;
    for (const listener of [...this.#listeners]) listener();
  }

  /** The value now, then each change; values in between are left out. Ends when the signal fires. */
  async *follow(signal: AbortSignal, timers: Timers, paceMilliseconds: number): AsyncGenerator<T, void> {
    let seen = -1;
    while (!signal.aborted) {
      if (seen === this.#version) {
        await callOrAbort(this.#listeners, signal);
        continue;
      }
      seen = this.#version;
      yield this.#value;
      await timers.wait(paceMilliseconds, signal);
    }
  }
}
