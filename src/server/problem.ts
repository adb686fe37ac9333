/** Something the host itself refuses, before any operation is called. */
export interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 414 | 429 | 500 | 503;
  /** Name of the status in the RPC contract. */
  readonly rpcCode: string;
  /** Stable code, as in the model's failures. */
  readonly failure: string;
  readonly message: string;
  readonly hint: string | null;
}

/** REST form: `{"detail", "code", "hint"}`. */
export function restBody(problem: { failure: string; message: string; hint: string | null }) {
  return { detail: problem.message, code: problem.failure, hint: problem.hint };
}

/** RPC form, as the RPC client decodes errors. */
function rpcBody(problem: Problem) {
  const { status, message, hint, failure } = problem;
  return { json: { defined: true, code: problem.rpcCode, status, message, data: { failure, hint } }, meta: [] };
}

/** Answers a problem in the form that callers of that path read. */
export function problemResponse(problem: Problem, pathname: string, headers: Record<string, string> = {}): Response {
  const body = pathname.startsWith('/rpc/') ? rpcBody(problem) : restBody(problem);
  return Response.json(body, { status: problem.status, headers: { 'cache-control': 'no-store', ...headers } });
}

export const noSuchRoute: Problem = {
  status: 404,
  rpcCode: 'NOT_FOUND',
  failure: 'not-found',
  message: 'There is nothing at this address',
  hint: 'The routes are listed at /api/v1/docs.',
};

export const bodyTooLarge: Problem = {
  status: 413,
  rpcCode: 'PAYLOAD_TOO_LARGE',
  failure: 'too-large',
  message: 'The body is larger than 1 MB',
  hint: null,
};

export const methodNotAllowed: Problem = {
  status: 405,
  rpcCode: 'METHOD_NOT_SUPPORTED',
  failure: 'not-found',
  message: 'This address does not take this method',
  hint: 'Allow says which it takes; the routes are listed at /api/v1/docs.',
};

export const bodyIsNoObject: Problem = {
  status: 400,
  rpcCode: 'BAD_REQUEST',
  failure: 'bad-input',
  message: 'The body must be a JSON object',
  hint: null,
};

/** No name holds it, and PostgreSQL keeps no text that does. */
export const holdsNul: Problem = {
  status: 400,
  rpcCode: 'BAD_REQUEST',
  failure: 'bad-input',
  message: 'The request holds the character NUL: leave it out',
  hint: null,
};

export const addressTooLong: Problem = {
  status: 414,
  rpcCode: 'BAD_REQUEST',
  failure: 'too-large',
  message: 'The address is longer than 8,192 characters',
  hint: 'Leave filters out, or send fewer of them.',
};

export const tooManyRequests: Problem = {
  status: 429,
  rpcCode: 'TOO_MANY_REQUESTS',
  failure: 'too-many-requests',
  message: 'These are more requests than one client may send',
  hint: 'Wait for the seconds in Retry-After. PODWATT_RATE_LIMIT sets the requests a second.',
};

export const notSignedIn: Problem = {
  status: 401,
  rpcCode: 'UNAUTHORIZED',
  failure: 'unauthenticated',
  message: 'This needs a token: open the address that Podwatt printed, or send Authorization: Bearer TOKEN',
  hint: 'The address is printed once, when Podwatt starts. Start it again for a new one.',
};

export function forbidden(message: string, hint: string | null = null): Problem {
  return { status: 403, rpcCode: 'FORBIDDEN', failure: 'forbidden', message, hint };
}
