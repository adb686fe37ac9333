import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import { Failure } from '../../../src/model/failure.ts';

/** What a test bends: whether the server answers, and what its opening says. */
export interface Reach {
  isAway: boolean;
  /** Thrown by each opening, in place of the store being away. */
  refuses: Failure | null;
  /** Openings that were tried. */
  opened: number;
  closed: number;
  /** Closing it never ends: the server went silent. */
  isSilent: boolean;
  /** Names of the calls that reached the store. */
  readonly calls: string[];
}

export function reach(): Reach {
  return { isAway: false, refuses: null, opened: 0, closed: 0, isSilent: false, calls: [] };
}

/** Opens a store of a server that can be cut off: each call then fails as a network does. */
export function openThrough(store: ResultsStore, wire: Reach): () => Promise<ResultsStore> {
  return async () => {
    wire.opened += 1;
    if (wire.refuses !== null) throw wire.refuses;
    if (wire.isAway) throw cut();
    return new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (name === 'close') {
            wire.closed += 1;
            return wire.isSilent ? new Promise(() => undefined) : Promise.resolve();
          }
          wire.calls.push(String(name));
          if (wire.isAway) return Promise.reject(cut());
          return Reflect.apply(value, target, args);
        };
      },
    });
  };
}

function cut(): Failure {
  return new Failure('store-away', 'The server does not answer', { hint: 'Start it.' });
}
