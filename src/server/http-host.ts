import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import type { Log } from '../backend/log.ts';
import { createAccess } from './access.ts';
import { createApp } from './app.ts';
import type { AppRouter } from './app-router.ts';
import { isLoopback } from './host-check.ts';

// Answers under way get this long when the host closes. Event streams would never end by themselves: they go at once.
const CLOSE_GRACE_MILLISECONDS = 1000;

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
  const access = createAccess({ token, ownerToken: options.ownerToken ?? null });
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
  const server = createServer(getRequestListener(answer, { hostname: host, overrideGlobalObjects: false }));
  await listen(server, host, port);
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://${urlHost(host)}:${boundPort}`,
    port: boundPort,
    close: () => close(server, streams, options.closeGraceMilliseconds ?? CLOSE_GRACE_MILLISECONDS),
  };
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
