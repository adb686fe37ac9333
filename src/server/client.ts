import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { Log } from '../backend/log.ts';
import type { Contract } from '../contract/contract.ts';
import { ErrorData } from '../contract/errors.ts';
import type { AppRouter } from './app-router.ts';
import { errorInterceptors } from './rpc-errors.ts';

/** Calls of the contract, whoever answers them. */
export type Client = ContractRouterClient<Contract>;

/** A client of a backend in this process; errors have the same shape as over a wire. */
export function createLocalClient(router: AppRouter, log: Log): Client {
  return createRouterClient(router, { interceptors: errorInterceptors(log).clientInterceptors });
}

/** A client of a running Podwatt, with the token of its data folder's lock. */
export function createRemoteClient(owner: { address: string; token: string }): Client {
  return createORPCClient(
    new RPCLink({ url: new URL('/rpc', owner.address).href, headers: { authorization: `Bearer ${owner.token}` } }),
  );
}

/** What a failed call says to a person; null where it isn't the error of a call. */
export function readCallError(error: unknown): { message: string; hint: string | null; isBadRequest: boolean } | null {
  if (!(error instanceof ORPCError)) return null;
  const data = ErrorData.safeParse(error.data);
  return {
    message: error.message,
    hint: data.success ? data.data.hint : null,
    isBadRequest: error.code === 'BAD_REQUEST',
  };
}
