import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import type { Log } from '../backend/log.ts';
import { type CheckToken, createAccess } from './access.ts';
import { createApp } from './app.ts';
import type { AppRouter } from './app-router.ts';
import { isLoopback } from './host-check.ts';
import { restBody } from './problem.ts';

// Answers under way get this long when the host closes. Event streams would never end by themselves: they go at once.
const CLOSE_GRACE_MILLISECONDS = 1000;

const MAX_HEADER_BYTES = 16_384;

type Outgoing = (HttpBindings | Http2Bindings)['outgoing'];

export interface HttpHostOptions {
  readonly router: AppRouter;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Token of the printed address; null (`--no-auth`) is refused off loopback. */
  readonly token: string | null;
  /** Bearer token of other commands on the same data folder. */
  readonly ownerToken?: string | null;
  readonly staticDir: string;
  readonly docsDir: string;
  readonly version: string;
  readonly log: Log;
  /** Tokens that a person made for programs. */
  readonly checkToken?: CheckToken;
  /** Requests a second that each client may send; null or left out: as many as it likes. */
  readonly requestsPerSecond?: number | null;
  /** How long answers under way may take when the host closes; 1 second where left out. */
  readonly closeGraceMilliseconds?: number;
}

export interface HttpHost {
  /** Origin of the host, for example `http://127.0.0.1:8700`. */
  readonly url: string;
  readonly port: number;
  /** Ends open event streams, lets short answers finish, and returns when nothing is open. */
  close(): Promise<void>;
}

/**
 * Starts to listen.
 * @throws an error with a system code (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`) where the address can't be had
 */
export async function startHttpHost(options: HttpHostOptions): Promise<HttpHost> {
  const { host, port, token } = options;
  if (token === null && !isLoopback(host)) throw new Error('access without a token is for loopback addresses only');
  const access = createAccess({
    token,
    ownerToken: options.ownerToken ?? null,
    ...(options.checkToken === undefined ? {} : { checkToken: options.checkToken }),
  });
  const app = createApp({ ...options, access });
  const streams = new Set<Outgoing>();
  const answer = async (request: Request, env: HttpBindings | Http2Bindings) => {
    const response = await app.fetch(request, env);
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      streams.add(env.outgoing);
      env.outgoing.once('close', () => streams.delete(env.outgoing));
    }
    return response;
  };
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES },
    getRequestListener(answer, { hostname: host, overrideGlobalObjects: false }),
  );
  server.on('clientError', answerMalformed);
  await listen(server, host, port);
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://${urlHost(host)}:${boundPort}`,
    port: boundPort,
    close: () => close(server, streams, options.closeGraceMilliseconds ?? CLOSE_GRACE_MILLISECONDS),
  };
}

/** What isn't HTTP, or has too long headers, never gets to the app: it is answered here, as JSON like all the rest. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, message] = isTooLong
    ? (['431 Request Header Fields Too Large', 'The headers are longer than 16 kB'] as const)
    : (['400 Bad Request', 'This is no HTTP request'] as const);
  const body = JSON.stringify(restBody({ failure: isTooLong ? 'too-large' : 'bad-input', message, hint: null }));
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close`;
  socket.end(`${head}\r\n\r\n${body}`);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', failed);
    server.listen({ host: host.replace(/^\[|\]$/g, ''), port }, () => {
      server.off('error', failed);
      listening();
    });
  });
}

async function close(server: Server, streams: ReadonlySet<Outgoing>, graceMilliseconds: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.closeIdleConnections();
  for (const stream of streams) stream.destroy();
  const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
  await closed;
  clearTimeout(timer);
}

/** Every address is reached through loopback on this machine. */
function urlHost(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '');
  if (bare === '0.0.0.0') return '127.0.0.1';
  if (bare === '::') return '[::1]';
  return bare.includes(':') ? `[${bare}]` : bare;
}
