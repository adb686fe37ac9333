import { RPCHandler } from '@orpc/server/fetch';
import type { Log } from '../backend/log.ts';
import type { AppRouter } from './app-router.ts';
import { noSuchRoute, problemResponse } from './problem.ts';
import { errorInterceptors } from './rpc-errors.ts';

export const RPC_PREFIX = '/rpc';

/** Answers the typed RPC over HTTP; streams are event streams. */
export function createRpc(router: AppRouter, log: Log): (request: Request) => Promise<Response> {
  const handler = new RPCHandler(router, errorInterceptors(log));
  return async (request) => {
    const { response } = await handler.handle(request, { prefix: RPC_PREFIX });
    return response ?? problemResponse(noSuchRoute, new URL(request.url).pathname);
  };
}
