import type { ResultsStore } from '../../src/core/ports/results-store.ts';
import { type Fleet, startsOf, windowOf } from './fleet.ts';

/** Windows made ahead, so that making them is not measured. */
const WINDOWS_AHEAD = 12;

interface Filled {
  readonly rows: number;
  /** In `replaceWindow`, one after the other. */
  readonly seconds: number;
}

/** Writes all windows of a fleet through the store's own port, one after the other. */
export async function fill(store: ResultsStore, fleet: Fleet): Promise<Filled> {
  let rows = 0;
  let milliseconds = 0;
  const starts = startsOf(fleet);
  for (let from = 0; from < starts.length; from += WINDOWS_AHEAD) {
    const windows = starts.slice(from, from + WINDOWS_AHEAD).map((start) => windowOf(fleet, start));
    const started = performance.now();
    for (const window of windows) {
      await store.replaceWindow(window, 1);
      rows += window.rows.length;
    }
    milliseconds += performance.now() - started;
  }
  return { rows, seconds: milliseconds / 1000 };
}
