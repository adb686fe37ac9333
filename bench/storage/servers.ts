import type { ResultsStore } from '../../src/core/ports/results-store.ts';
import { fill } from './fill.ts';
import { fleetsOf } from './fleet.ts';
import { askAll, printFigures } from './questions.ts';

/** A server that is there for the time of the benchmark, with a store on it. */
interface ServedStore {
  readonly store: ResultsStore;
  stop(): Promise<void>;
}

/** Fills a store on a server and asks it; says so where the server can't be had. */
export async function measureServer(
  name: string,
  rows: number,
  goalMilliseconds: number,
  open: () => Promise<ServedStore>,
): Promise<void> {
  let served: ServedStore;
  try {
    served = await open();
  } catch (error) {
    console.log(`${name}: not measured, as it could not be started: ${error instanceof Error ? error.message : error}`);
    return;
  }
  const { store } = served;
  try {
    const { serverVersion } = await store.info();
    let written = 0;
    let seconds = 0;
    for (const fleet of fleetsOf(rows)) {
      const filled = await fill(store, fleet);
      written += filled.rows;
      seconds += filled.seconds;
    }
    console.log(`${serverVersion}: ${thousands(written)} rows at ${thousands(written / seconds)} rows/s with roll-ups`);
    printFigures(`${serverVersion}, ${thousands(written)} rows`, await askAll(store), goalMilliseconds);
  } finally {
    await store.close();
    await served.stop();
  }
}

export function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
