import type { Dispatcher } from 'undici';
import { Failure } from '../model/failure.ts';
import type { AddressRule } from './address-rules.ts';
import { createDispatcher, type TlsOptions } from './dispatcher.ts';
import { codeOf, mapNetworkError } from './network-failure.ts';
import { readBody } from './read-body.ts';
import { retryAfterSeconds } from './retry-after.ts';

const CONNECT_TIMEOUT_MILLISECONDS = 5_000;
const ANSWER_TIMEOUT_MILLISECONDS = 15_000;
const MAX_BYTES = 64 * 1_048_576;
const MAX_REDIRECTS = 3;

export type HeaderValues = Readonly<Record<string, string | readonly string[]>>;

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, with a leading slash. */
  readonly path: string;
  readonly headers: HeaderValues;
  readonly body?: string;
  readonly timeoutMilliseconds?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
  /** What `Retry-After` asks for, in seconds or as a date, in seconds from now; left out where it isn't there. */
  readonly retryAfterSeconds?: number;
}

/** An answer whose body comes bit by bit, for as long as the server sends. */
export interface HttpStream {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array>;
  readonly retryAfterSeconds?: number;
}

interface HttpClientOptions {
  /** Scheme, host and port; a path in it is ignored. */
  readonly origin: URL;
  /** How failures name the other side, for example `The API server at 10.0.0.1:6443`. */
  readonly where: string;
  readonly tls: TlsOptions;
  readonly proxyUrl: string | null;
  /** True while the person wants no traffic: each request then fails at once. */
  readonly isOffline?: () => boolean;
  /** Most connections of the pool; 6 where it isn't said. */
  readonly connections?: number;
  /** Addresses that are not connected to, whatever name leads there; `Failure('bad-input')`. */
  readonly refuses?: AddressRule;
}

/** One origin, one pool of connections. Every HTTP status is an answer; everything else is thrown as `Failure`. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpResponse>;
  /** A GET that goes on until the server or the signal ends it; the time-out holds for the head of the answer. */
  stream(request: HttpRequest): Promise<HttpStream>;
  close(): Promise<void>;
}

export function createHttpClient(options: HttpClientOptions): HttpClient {
  let dispatcher: Dispatcher | null = null;
  const pool = (): Dispatcher => {
    dispatcher ??= createDispatcher(options.origin, {
      tls: options.tls,
      proxyUrl: options.proxyUrl,
      connectTimeoutMilliseconds: CONNECT_TIMEOUT_MILLISECONDS,
      ...(options.connections === undefined ? {} : { connections: options.connections }),
      ...(options.refuses === undefined ? {} : { refuses: options.refuses }),
    });
    return dispatcher;
  };
  return {
    async send(request) {
      if (options.isOffline?.() === true) throw offline(options.where);
      const timeout = AbortSignal.timeout(request.timeoutMilliseconds ?? ANSWER_TIMEOUT_MILLISECONDS);
      const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
      try {
        return await sendFollowing(pool(), options, request, signal);
      } catch (error) {
        if (request.signal?.aborted === true)
          throw new Failure('cancelled', `The request to ${options.where} was cancelled.`);
        if (timeout.aborted)
          throw mapNetworkError(Object.assign(new Error(), { code: 'UND_ERR_HEADERS_TIMEOUT' }), options.where);
        throw mapNetworkError(error, options.where);
      }
    },
    async stream(request) {
      if (options.isOffline?.() === true) throw offline(options.where);
      return openStream(pool(), options, request);
    },
    async close() {
      await dispatcher?.destroy();
    },
  };
}

async function openStream(dispatcher: Dispatcher, options: HttpClientOptions, request: HttpRequest) {
  const head = new AbortController();
  const late = setTimeout(() => head.abort(), request.timeoutMilliseconds ?? ANSWER_TIMEOUT_MILLISECONDS);
  const signal = request.signal === undefined ? head.signal : AbortSignal.any([head.signal, request.signal]);
  const failed = (error: unknown): Failure => {
    if (request.signal?.aborted === true)
      return new Failure('cancelled', `The request to ${options.where} was cancelled.`);
    const cause = head.signal.aborted ? Object.assign(new Error(), { code: 'UND_ERR_HEADERS_TIMEOUT' }) : error;
    return mapNetworkError(cause, options.where);
  };
  try {
    const answer = await dispatcher.request({
      origin: options.origin.origin,
      method: request.method,
      path: request.path,
      headers: mutableHeaders({ 'accept-encoding': 'identity', 'user-agent': 'podwatt', ...request.headers }),
      // Silence is the caller's to judge: a watch may be quiet for long.
      bodyTimeout: 0,
      signal,
    });
    const body = failingAs(answer.body, failed);
    return { status: answer.statusCode, body, ...waitOf(single(answer.headers['retry-after'])) };
  } catch (error) {
    throw failed(error);
  } finally {
    clearTimeout(late);
  }
}

async function* failingAs(body: AsyncIterable<Uint8Array>, failed: (error: unknown) => Failure) {
  try {
    yield* body;
  } catch (error) {
    throw failed(error);
  }
}

/** Follows redirects of a GET that stay on the origin; one that leaves it would take credentials elsewhere. */
async function sendFollowing(
  dispatcher: Dispatcher,
  options: HttpClientOptions,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  let path = request.path;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer = await sendOnce(dispatcher, options, { ...request, path }, signal);
    if (answer.location === null || request.method !== 'GET') return answer.response;
    const target = URL.parse(answer.location, new URL(path, options.origin));
    if (target === null || target.origin !== options.origin.origin) throw leftHost(options.where, target);
    path = `${target.pathname}${target.search}`;
  }
  throw new Failure('bad-answer', `${options.where} redirects in a circle.`, { hint: 'Check the address.' });
}

async function sendOnce(
  dispatcher: Dispatcher,
  options: HttpClientOptions,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<{ response: HttpResponse; location: string | null }> {
  const answer = await withOneRetry(request.method, signal, () =>
    dispatcher.request({
      origin: options.origin.origin,
      method: request.method,
      path: request.path,
      headers: mutableHeaders({ 'accept-encoding': 'gzip', 'user-agent': 'podwatt', ...request.headers }),
      ...(request.body === undefined ? {} : { body: request.body }),
      signal,
    }),
  );
  const text = await readBody(
    answer.body,
    single(answer.headers['content-encoding']),
    request.maxBytes ?? MAX_BYTES,
    options.where,
  );
  const isRedirect = [301, 302, 303, 307, 308].includes(answer.statusCode);
  return {
    response: {
      status: answer.statusCode,
      contentType: single(answer.headers['content-type']),
      text,
      ...waitOf(single(answer.headers['retry-after'])),
    },
    location: isRedirect ? single(answer.headers.location) : null,
  };
}

/** A kept connection may be closed by the server just as it is used again: a GET may be sent once more. */
async function withOneRetry<Answer>(
  method: string,
  signal: AbortSignal,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await attempt();
  } catch (error) {
    const wasCut = ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'].includes(codeOf(error) ?? '');
    if (method !== 'GET' || !wasCut || signal.aborted) throw error;
    return attempt();
  }
}

function mutableHeaders(headers: HeaderValues): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}

function waitOf(header: string | null): { retryAfterSeconds?: number } {
  const seconds = retryAfterSeconds(header, Date.now());
  return seconds === null ? {} : { retryAfterSeconds: seconds };
}

function single(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function leftHost(where: string, target: URL | null): Failure {
  const to = target === null ? 'an address that is no URL' : target.host;
  return new Failure('bad-answer', `${where} redirects to ${to}, which was not followed.`, {
    hint: 'It may be a sign-in page in front of the service. Enter the final address, or one that takes a token.',
  });
}

function offline(where: string): Failure {
  return new Failure('unreachable', `${where} was not asked: Podwatt is set to work offline.`, {
    hint: 'Switch offline mode off in the settings.',
  });
}
