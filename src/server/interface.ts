import type { App } from './hono-app.ts';
import { noSuchRoute, problemResponse } from './problem.ts';
import { createStaticFiles } from './static-files.ts';

const notBuilt = {
  status: 503,
  rpcCode: 'SERVICE_UNAVAILABLE',
  failure: 'unexpected',
  message: 'The interface is not built; the API works',
  hint: 'In a checkout, run npm run build.',
} as const;

/** Serves the built interface. Views have their own addresses, so each path that is no file answers the page. */
export function addInterface(app: App, options: { staticDir: string }): void {
  const files = createStaticFiles(options.staticDir);
  app.get('*', async (c) => {
    const { path } = c.req;
    if (path.startsWith('/api/') || path.startsWith('/rpc')) return problemResponse(noSuchRoute, path);
    const file = path === '/' ? null : await files(path, c.req.raw);
    if (file !== null) return file;
    if (path.startsWith('/assets/')) return problemResponse(noSuchRoute, path);
    return (await files('/index.html', c.req.raw)) ?? problemResponse(notBuilt, path);
  });
}
