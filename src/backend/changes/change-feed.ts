import type { TimeRange } from '../../model/time.ts';
import { callOrAbort } from './wait-for.ts';

export type Change =
  | { readonly kind: 'contexts' }
  | { readonly kind: 'store' }
  | { readonly kind: 'clusters'; readonly clusterId: string }
  /** Costs by namespace follow the results again. */
  | { readonly kind: 'costs'; readonly clusterId: string }
  /** Recommendations were found anew, or something was said or measured of one. */
  | { readonly kind: 'recommendations'; readonly clusterId: string }
  /** A budget was changed, or an alert raised or seen. */
  | { readonly kind: 'budgets' }
  | { readonly kind: 'windows'; readonly clusterId: string; readonly range: TimeRange };

/**
 * Tells followers what changed. A slow follower gets changes merged, so that its queue holds at most one entry a kind
 * and cluster.
 */
export class ChangeFeed {
  readonly #queues = new Set<{ pending: Map<string, Change>; listeners: Set<() => void> }>();

  publish(change: Change): void {
    for (const queue of this.#queues) {
      const key = 'clusterId' in change ? `${change.kind} ${change.clusterId}` : change.kind;
      queue.pending.set(key, merged(queue.pending.get(key), change));
      for (const listener of [...queue.listeners]) listener();
    }
  }

  /** Changes from the call on, until the signal fires. */
  follow(signal: AbortSignal): AsyncGenerator<Change, void> {
    const queue = { pending: new Map<string, Change>(), listeners: new Set<() => void>() };
    this.#queues.add(queue);
    const forget = () => this.#queues.delete(queue);
    signal.addEventListener('abort', forget, { once: true });
    return drain(queue, signal, forget);
  }

  /** For tests: how many follow now. */
  get followers(): number {
    return this.#queues.size;
  }
}

async function* drain(
  queue: { pending: Map<string, Change>; listeners: Set<() => void> },
  signal: AbortSignal,
  forget: () => void,
): AsyncGenerator<Change, void> {
  try {
    while (!signal.aborted) {
      const changes = [...queue.pending.values()];
      queue.pending.clear();
      yield* changes;
      if (queue.pending.size === 0) await callOrAbort(queue.listeners, signal);
    }
  } finally {
    forget();
  }
}

function merged(earlier: Change | undefined, later: Change): Change {
  if (earlier?.kind !== 'windows' || later.kind !== 'windows') return later;
  const startSeconds = Math.min(earlier.range.startSeconds, later.range.startSeconds);
  const endSeconds = Math.max(earlier.range.endSeconds, later.range.endSeconds);
  return { ...later, range: { startSeconds, endSeconds } };
}
