/** Something the host itself refuses, before any operation is called. */
export interface Problem {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
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
