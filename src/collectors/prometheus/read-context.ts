import type { Clock } from '../../core/ports/clock.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Window } from '../../model/time.ts';
import type { Select } from './matchers.ts';
import type { QueryClient, Steps } from './query-client.ts';

/** What every step of reading one piece needs. */
export interface ReadContext {
  readonly client: QueryClient;
  readonly select: Select;
  readonly clock: Clock;
  readonly inventory: Inventory;
  readonly signal: AbortSignal;
}

const PARALLEL_QUERIES = 3;

/** Window ends of a piece as the steps of a range query. */
export function endsOf(piece: readonly Window[]): Steps {
  const head = piece[0];
  const tail = piece.at(-1);
  if (head === undefined || tail === undefined) return { startSeconds: 0, endSeconds: 0, stepSeconds: 1 };
  return {
    startSeconds: head.startSeconds + head.durationSeconds,
    endSeconds: tail.startSeconds + tail.durationSeconds,
    stepSeconds: head.durationSeconds,
  };
}

/** Runs named tasks, a few at a time, and gives their answers under the same names. The first failure ends all. */
export async function inParallel<K extends string, T>(
  tasks: Readonly<Record<K, () => Promise<T>>>,
): Promise<Record<K, T>> {
  const waiting = Object.entries<() => Promise<T>>(tasks);
  const done: [string, T][] = [];
  let failed = false;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !failed; next = waiting.shift()) {
      try {
        done.push([next[0], await next[1]()]);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_QUERIES }, work));
  return Object.fromEntries(done) as Record<K, T>;
}
