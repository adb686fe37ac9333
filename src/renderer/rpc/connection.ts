/**
 * Whether the backend can be asked. `waiting`: calls queue until it comes; `down`: it does not come back by itself;
 * `signed-out`: it answers, but wants the address with its token again.
 */
export type ConnectionState =
  | { readonly status: 'waiting' }
  | { readonly status: 'up' }
  | { readonly status: 'down'; readonly reason: string | null }
  | { readonly status: 'signed-out' };

/** The state of the connection, as a store that React can subscribe to. */
export interface Connection {
  get(): ConnectionState;
  subscribe(listener: () => void): () => void;
}

export interface ConnectionControl extends Connection {
  set(state: ConnectionState): void;
}

export function createConnection(initial: ConnectionState): ConnectionControl {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set: (next) => {
      if (next.status === state.status && next.status !== 'down') return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
