import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { PAGE_POLICY } from '../contract/page-policy.ts';
import { type Access, type Caller, SESSION_COOKIE } from './access.ts';
import type { App } from './hono-app.ts';
import { createHostCheck, isOwnOrigin } from './host-check.ts';
import { addressTooLong, forbidden, holdsNul, notSignedIn, problemResponse, tooManyRequests } from './problem.ts';
import { createRequestRates } from './request-rates.ts';
import { allowedMethods } from './rest-methods.ts';
import { SIGN_IN_PAGE } from './sign-in-page.ts';
import { mayAsk } from './token-scopes.ts';

const ANY_METHOD = 'GET, HEAD, POST, OPTIONS';
const LONGEST_ADDRESS = 8192;
const OPEN_PATHS = new Set(['/api/v1/health', '/api/v1/version']);
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const SCOPE_HINTS = {
  read: 'It may read and change nothing: use a token of the scope write.',
  metrics: 'It may only ask for /prometheus/metrics: use a token of the scope read or write.',
  write: null,
} as const;

const wrongHost = forbidden(
  'The Host header names an address that is not ours',
  'Open Podwatt at the address it printed.',
);
const wrongOrigin = forbidden('Another site asked for this', 'Open Podwatt itself, or call it from a program.');

export interface GuardOptions {
  readonly access: Access;
  readonly host: string;
  /** Requests a second that each client may send; null: as many as it likes. */
  readonly requestsPerSecond?: number | null;
}

/** What every request passes first: headers of safety, Host, Origin, who is asking, how often, and what they may. */
export function addGuards(app: App, options: GuardOptions): void {
  const isOurHost = createHostCheck(options.host);
  const rates = createRequestRates(options.requestsPerSecond ?? null);
  app.use(async (c, next) => {
    if (c.req.url.length > LONGEST_ADDRESS) return secured(problemResponse(addressTooLong, c.req.path));
    if (c.req.url.includes('%00')) return secured(problemResponse(holdsNul, c.req.path));
    const refusal = isOurHost(c.req.header('host')) ? null : wrongHost;
    if (refusal !== null) return secured(problemResponse(refusal, c.req.path));
    if (c.req.method === 'OPTIONS')
      return secured(new Response(null, { status: 204, headers: { allow: allowedMethods(c.req.path) ?? ANY_METHOD } }));
    if (needsOwnOrigin(c) && !isOwnOrigin(originOf(c))) return secured(problemResponse(wrongOrigin, c.req.path));
    const caller = callerOf(c, options.access);
    const waitSeconds = rates(caller?.key ?? `address ${addressOf(c)}`, c.req.path);
    if (waitSeconds > 0)
      return secured(problemResponse(tooManyRequests, c.req.path, { 'retry-after': String(waitSeconds) }));
    const answer = answerStranger(c, options.access, caller);
    if (answer !== null) return secured(answer);
    await next();
    c.res = secured(c.res);
    return undefined;
  });
}

/** Calls must come from our page or from no page; a link from elsewhere may open the interface. */
function needsOwnOrigin(c: Context): boolean {
  return !SAFE_METHODS.has(c.req.method) || c.req.path.startsWith('/rpc/') || c.req.path.startsWith('/api/');
}

function originOf(c: Context) {
  return { origin: c.req.header('origin'), host: c.req.header('host'), site: c.req.header('sec-fetch-site') };
}

/** The answer to someone who may not go on, or whose token is exchanged for a session; null lets the request pass. */
function answerStranger(c: Context, access: Access, caller: Caller | null): Response | null {
  const given = c.req.query('token');
  if (given !== undefined && c.req.path === '/' && c.req.method === 'GET') return answerToken(c, access, given);
  if (OPEN_PATHS.has(c.req.path) || access.isOpen) return null;
  if (caller !== null)
    return mayAsk(caller.scope, c.req.method, c.req.path) ? null : problemResponse(outOfScope(caller), c.req.path);
  const isPage = (c.req.header('accept') ?? '').includes('text/html') && !c.req.path.startsWith('/api/');
  if (isPage)
    return new Response(SIGN_IN_PAGE, {
      status: 401,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    });
  return problemResponse(notSignedIn, c.req.path, { 'www-authenticate': 'Bearer realm="podwatt"' });
}

/** The token leaves the address in any case, so that it stays in no history. */
function answerToken(c: Context, access: Access, token: string): Response {
  const url = new URL(c.req.url);
  url.searchParams.delete('token');
  const session = access.isOpen ? null : access.exchange(token);
  if (session !== null) setCookie(c, SESSION_COOKIE, session, { httpOnly: true, sameSite: 'Strict', path: '/' });
  c.header('cache-control', 'no-store');
  return c.redirect(`${url.pathname}${url.search}`, 303);
}

/** A wrong bearer is not made good by a good session. */
function callerOf(c: Context, access: Access): Caller | null {
  const bearer = /^Bearer ([\w.~+/=-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return access.bearerOf(bearer);
  const session = getCookie(c, SESSION_COOKIE);
  return session === undefined ? null : access.sessionOf(session);
}

function outOfScope({ scope }: Caller) {
  return forbidden(`This token has the scope ${scope}, which does not reach this`, SCOPE_HINTS[scope]);
}

function addressOf(c: Context): string {
  const env: Partial<HttpBindings> = c.env ?? {};
  return env.incoming?.socket.remoteAddress ?? 'unknown';
}

function secured(response: Response): Response {
  const { headers } = response;
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', PAGE_POLICY);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('x-frame-options', 'DENY');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  return response;
}
