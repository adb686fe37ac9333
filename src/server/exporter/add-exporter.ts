import { createRouterClient } from '@orpc/server';
import type { Log } from '../../backend/log.ts';
import type { AppRouter } from '../app-router.ts';
import type { App } from '../hono-app.ts';
import { toWireError } from '../rpc-errors.ts';
import { EXPORTER_PATH } from '../token-scopes.ts';
import { Exporter } from './exporter.ts';
import { EXPOSITION_CONTENT_TYPE } from './exposition.ts';

/** `GET /prometheus/metrics`. Answers 200 also while parts can't be read: `podwatt_up` says which. */
export function addExporter(app: App, options: { router: AppRouter; version: string; log: Log }): void {
  const { router, version, log } = options;
  const said = new Map<string, string>();
  const exporter = new Exporter({
    client: createRouterClient(router),
    version,
    nowMilliseconds: Date.now,
    onProblem: (part, error) => {
      // A scraper comes every few seconds: the same problem is told once.
      if (said.get(part) === String(error)) return;
      said.set(part, String(error));
      const { message } = toWireError(error, log);
      log.warn({ part }, `A part of the exported metrics could not be read: ${message}`);
    },
  });
  app.get(EXPORTER_PATH, async (c) =>
    c.body(await exporter.render(), 200, { 'content-type': EXPOSITION_CONTENT_TYPE, 'cache-control': 'no-store' }),
  );
}
