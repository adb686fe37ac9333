import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import type { Log } from '../backend/log.ts';
import type { AppRouter } from './app-router.ts';
import { bodyIsNoObject, holdsNul, methodNotAllowed, noSuchRoute, type Problem, problemResponse } from './problem.ts';
import { allowedMethods } from './rest-methods.ts';
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
    const { pathname } = new URL(request.url);
    const refused = refusalOf(await jsonOf(request));
    if (refused !== null) return problemResponse(refused, pathname);
    const { response } = await handler.handle(asGet(request), { prefix: REST_PREFIX });
    if (response !== undefined) return response;
    const allow = allowedMethods(pathname);
    return allow === null
      ? problemResponse(noSuchRoute, pathname)
      : problemResponse(methodNotAllowed, pathname, { allow });
  };
}

/** The text of a JSON body; empty where there is none. */
async function jsonOf(request: Request): Promise<string> {
  if (request.body === null || !(request.headers.get('content-type') ?? '').includes('json')) return '';
  return request.clone().text();
}

/** A list would be taken for an object with numbers for names, and what it says left out. */
function refusalOf(json: string): Problem | null {
  if (json.trimStart().startsWith('[')) return bodyIsNoObject;
  return json.includes('\\u0000') ? holdsNul : null;
}

/** HEAD is asked as GET; the HTTP host leaves the body out of the answer. */
export function asGet(request: Request): Request {
  return request.method === 'HEAD'
    ? new Request(request.url, { headers: request.headers, signal: request.signal })
    : request;
}
