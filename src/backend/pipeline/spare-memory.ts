import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface MemoryDeps {
  /** Heap and what hangs on it, live and dead. */
  heapBytes(): number;
  /** Collects all garbage. */
  collectGarbage(): void;
  /** Calls again and again; returns what ends it. */
  every(milliseconds: number, run: () => void): () => void;
}

const PACE_MILLISECONDS = 50;
const LEAST_GROWTH_BYTES = 32e6;
/** Of what was there after the last collection: a large cluster is collected no more often than a small one. */
const GROWTH_SHARE = 0.5;

/**
 * Keeps the heap near what is in use while a reading runs. Left alone, V8 waits for some 200 MB of dead answers before
 * it collects them. A cap on the heap would end the process in a cluster that needs more; this limits nothing.
 * @returns what ends it
 */
export function spareMemory(deps: MemoryDeps): () => void {
  let floorBytes = deps.heapBytes();
  return deps.every(PACE_MILLISECONDS, () => {
    const heapBytes = deps.heapBytes();
    floorBytes = Math.min(floorBytes, heapBytes);
    if (heapBytes - floorBytes < Math.max(LEAST_GROWTH_BYTES, floorBytes * GROWTH_SHARE)) return;
    deps.collectGarbage();
    floorBytes = deps.heapBytes();
  });
}

let users = 0;
let end = (): void => undefined;

/** `spareMemory` of this thread for as long as anybody wants it. Returns what gives it up; call that once. */
export function spareMemoryOfThread(): () => void {
  users += 1;
  if (users === 1) end = spareMemory(threadMemory());
  return () => {
    users -= 1;
    if (users === 0) end();
  };
}

function threadMemory(): MemoryDeps {
  // The young generation stays as small as it starts: it would grow to 48 MB or more, and is never given back.
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--expose-gc');
  const collector: unknown = runInNewContext('gc');
  return {
    heapBytes: () => {
      const { total_heap_size, external_memory } = getHeapStatistics();
      return total_heap_size + external_memory;
    },
    collectGarbage: () => void (typeof collector === 'function' && collector()),
    every: (milliseconds, run) => {
      const timer = setInterval(run, milliseconds).unref();
      return () => clearInterval(timer);
    },
  };
}
