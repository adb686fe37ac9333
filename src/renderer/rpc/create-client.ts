import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/contract.ts';
import type { Connection } from './connection.ts';
import { listenForPorts } from './desktop-port.ts';
import { createHttpLink } from './http-link.ts';
import { createReconnectingLink } from './reconnecting-link.ts';

/** Every operation of the backend, typed by the contract. */
export type PodwattClient = ContractRouterClient<Contract>;

export interface ConnectedClient {
  readonly client: PodwattClient;
  readonly connection: Connection;
  /** True in the desktop app, where the page comes from `app://` and the backend is a process beside it. */
  readonly isDesktop: boolean;
}

/** The client that fits where the page runs: message ports in the desktop app, `/rpc` in a browser. */
export function createClient(target: Window = window): ConnectedClient {
  const { protocol, origin } = target.location;
  if (protocol === 'http:' || protocol === 'https:') {
    const { link, connection } = createHttpLink(origin);
    return { client: createORPCClient(link), connection, isDesktop: false };
  }
  const link = createReconnectingLink();
  listenForPorts(target, link);
  return { client: createORPCClient(link), connection: link.connection, isDesktop: true };
}
