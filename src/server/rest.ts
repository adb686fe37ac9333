import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { Log } from '../backend/log.ts';
import type { AppRouter } from './app-router.ts';
import { noSuchRoute, problemResponse } from './problem.ts';
import { hasRestPath, REST_PREFIX } from './rest-routes.ts';
import { errorInterceptors, restErrorBody } from './rpc-errors.ts';

/** Answers every operation of the contract that has a path, as REST. */
export function createRest(router: AppRouter, log: Log): (request: Request) => Promise<Response> {
  const handler = new OpenAPIHandler(router, {
    ...errorInterceptors(log),
    filter: ({ contract }) => hasRestPath(contract),
    customErrorResponseBodyEncoder: restErrorBody,
    plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
  });
  return async (request) => {
    const { response } = await handler.handle(asGet(request), { prefix: REST_PREFIX });
    return response ?? problemResponse(noSuchRoute, new URL(request.url).pathname);
  };
}

/** HEAD is asked as GET; the HTTP host leaves the body out of the answer. */
export function asGet(request: Request): Request {
  return request.method === 'HEAD'
    ? new Request(request.url, { headers: request.headers, signal: request.signal })
    : request;
}
