import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { type Connection, createConnection } from './connection.ts';
import { ConnectionLost, isAbort } from './failure.ts';

export interface HttpLink {
  readonly link: ClientLink<ClientContext>;
  readonly connection: Connection;
}

/**
 * The link of the headless app: `/rpc` of the host that served the page. A request that never reaches the host turns
 * the connection down, the next answer turns it up again; 401 asks for the printed address.
 */
export function createHttpLink(origin: string, fetcher: typeof fetch = fetch): HttpLink {
  const connection = createConnection({ status: 'waiting' });
  const link = new RPCLink<ClientContext>({
    url: `${origin}/rpc`,
    fetch: async (request, init) => {
      let response: Response;
      try {
        response = await fetcher(request, { ...init, credentials: 'same-origin' });
      } catch (error) {
        if (isAbort(error) || request.signal.aborted) throw error;
        connection.set({ status: 'down', reason: null });
        throw new ConnectionLost();
      }
      connection.set({ status: response.status === 401 ? 'signed-out' : 'up' });
      return response;
    },
  });
  return { link, connection };
}
