import { setTimeout as delay } from 'node:timers/promises';

/** Waiting, as an argument: a test moves it by hand. */
export interface Timers {
  nowMilliseconds(): number;
  /** Ends after the time, or at once and without an error when the signal fires. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const REAL_TIMERS: Timers = {
  nowMilliseconds: () => performance.now(),
  wait: async (milliseconds, signal) => {
    if (signal.aborted) return;
    await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  },
};
