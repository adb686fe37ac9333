import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import type { Log } from '../backend/log.ts';
import type { Access } from './access.ts';
import { addApiDocs } from './api-docs.ts';
import type { AppRouter } from './app-router.ts';
import { addExporter } from './exporter/add-exporter.ts';
import { addGuards } from './guards.ts';
import type { App } from './hono-app.ts';
import { addInterface } from './interface.ts';
import { bodyTooLarge, noSuchRoute, problemResponse } from './problem.ts';
import { createReportExport } from './report-export.ts';
import { createRest } from './rest.ts';
import { createRpc } from './rpc.ts';

const MAX_BODY_BYTES = 1_000_000;

export interface AppOptions {
  readonly router: AppRouter;
  readonly access: Access;
  /** The address that the server listens on, for the check of the Host header. */
  readonly host: string;
  /** The built interface; its page is answered for every path that is no file. */
  readonly staticDir: string;
  /** Holds `api-reference.js`. */
  readonly docsDir: string;
  readonly version: string;
  readonly log: Log;
  /** Requests a second that each client may send; null: as many as it likes. */
  readonly requestsPerSecond?: number | null;
}

/** Everything that Podwatt answers over HTTP: the typed RPC, REST with its documentation, and the interface. */
export function createApp(options: AppOptions): App {
  const { router, log } = options;
  const app: App = new Hono<{ Bindings: HttpBindings }>();
  const rpc = createRpc(router, log);
  const rest = createRest(router, log);
  const reportExport = createReportExport(router, log);

  addGuards(app, options);
  app.use(compress());
  app.use(async (c, next) => {
    c.req.raw = withPlainBody(c.req.raw);
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (c) => problemResponse(bodyTooLarge, c.req.path, { connection: 'close' }),
    }),
  );
  app.all('/rpc/*', (c) => rpc(c.req.raw));
  app.get('/api/v1/report/export', (c) => reportExport(c.req.raw, () => c.env.outgoing.destroy()));
  addApiDocs(app, options);
  addExporter(app, options);
  app.all('/api/v1/*', (c) => rest(c.req.raw));
  addInterface(app, options);
  app.notFound((c) => problemResponse(noSuchRoute, c.req.path));
  app.onError((error, c) => {
    log.error({ err: error }, 'A request failed unexpectedly');
    return problemResponse(
      {
        status: 500,
        rpcCode: 'INTERNAL_SERVER_ERROR',
        failure: 'unexpected',
        message: 'Podwatt met an unexpected error',
        hint: 'Its log says more.',
      },
      c.req.path,
    );
  });
  return app;
}

/**
 * The limit reads a body of unknown length and makes a new request of it, which only works with the platform's own
 * class; the HTTP server hands over one of its own.
 */
function withPlainBody(request: Request): Request {
  const { url, method, headers, body, signal } = request;
  if (body === null || headers.has('content-length')) return request;
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' };
  return new Request(url, init);
}
