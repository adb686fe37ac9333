import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { type Connection, createConnection } from './connection.ts';
import { ConnectionLost } from './failure.ts';

/** What the link needs of a port; a browser's MessagePort and one of node:worker_threads both have it. */
export type LinkPort = Pick<MessagePort, 'addEventListener' | 'postMessage' | 'start' | 'close'>;

/** A link over message ports that come and go with the backend process. */
export interface ReconnectingLink extends ClientLink<ClientContext> {
  readonly connection: Connection;
  /** Takes a new port; a port that was in use is closed and its calls are rejected. */
  connect(port: LinkPort): void;
  /** The backend stays down: calls under way, queued and new ones are rejected until a port comes. */
  disconnect(reason: string | null): void;
}

interface Session {
  readonly link: RPCLink<ClientContext>;
  readonly port: LinkPort;
  readonly lost: Promise<never>;
  readonly lose: (error: ConnectionLost) => void;
}

/**
 * Calls made before a port is there wait for it; calls under way when a port dies are rejected with `ConnectionLost`,
 * because whether they were carried out is unknown. A late `close` of an old port touches only its own calls.
 */
export function createReconnectingLink(): ReconnectingLink {
  const connection = createConnection({ status: 'waiting' });
  let session: Session | null = null;
  let arrival = newArrival();

  function end(which: Session, error: ConnectionLost): void {
    which.lose(error);
    if (session !== which) return;
    session = null;
    arrival = newArrival();
    connection.set({ status: 'waiting' });
  }

  return {
    connection,
    connect(port) {
      const before = session;
      const next = newSession(port);
      port.addEventListener('close', () => end(next, new ConnectionLost()));
      session = next;
      port.start();
      arrival.resolve(next);
      arrival = newArrival();
      arrival.resolve(next);
      connection.set({ status: 'up' });
      if (before !== null) {
        before.lose(new ConnectionLost());
        before.port.close();
      }
    },
    disconnect(reason) {
      const error = new ConnectionLost(reason);
      session?.lose(error);
      session?.port.close();
      session = null;
      arrival.reject(error);
      arrival = newArrival();
      connection.set({ status: 'down', reason });
    },
    async call(path, input, options) {
      const state = connection.get();
      if (state.status === 'down') throw new ConnectionLost(state.reason);
      const current = session ?? (await orAborted(arrival.promise, options));
      const answer = await Promise.race([current.link.call(path, input, options), current.lost]);
      return isIterator(answer) ? endingWith(answer, current.lost) : answer;
    },
  };
}

function newSession(port: LinkPort): Session {
  const { promise: lost, reject: lose } = Promise.withResolvers<never>();
  lost.catch(() => undefined);
  return { port, lost, lose, link: new RPCLink({ port }) };
}

function newArrival(): PromiseWithResolvers<Session> {
  const arrival = Promise.withResolvers<Session>();
  arrival.promise.catch(() => undefined);
  return arrival;
}

function orAborted<T>(promise: Promise<T>, options: ClientOptions<ClientContext>): Promise<T> {
  const { signal } = options;
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function isIterator(value: unknown): value is AsyncIterator<unknown, unknown, void> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}

/** A stream must not wait for ever on a port that is gone. */
function endingWith(
  inner: AsyncIterator<unknown, unknown, void>,
  lost: Promise<never>,
): AsyncIterableIterator<unknown> {
  return {
    next: () => Promise.race([inner.next(), lost]),
    return: async (value?: unknown) => (await inner.return?.(value)) ?? { done: true, value },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
