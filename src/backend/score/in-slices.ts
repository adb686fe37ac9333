import { setImmediate as breathe } from 'node:timers/promises';

/** Well below what a person or another request would notice. */
const SLICE_MILLISECONDS = 8;

/** Runs steps to their end, and lets others run whenever a slice of time is used up. Throws what the signal says. */
export async function inSlices<T>(steps: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - begun < SLICE_MILLISECONDS) continue;
    await breathe();
    signal?.throwIfAborted();
    begun = performance.now();
  }
}
