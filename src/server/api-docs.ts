import { DOCS_CONFIGURATION, DOCS_CONFIGURATION_PATH, DOCS_PAGE, DOCS_POLICY, DOCS_SCRIPT_PATH } from './docs-page.ts';
import type { App } from './hono-app.ts';
import { noSuchRoute, problemResponse } from './problem.ts';
import { createStaticFiles } from './static-files.ts';

/** `/api/v1/openapi.json` and the page that shows it. The document is made when it is first asked for. */
export function addApiDocs(app: App, options: { docsDir: string; version: string }): void {
  const files = createStaticFiles(options.docsDir);
  let document: Promise<string> | undefined;
  app.get('/api/v1/openapi.json', async (c) => {
    document ??= import('./openapi-document.ts')
      .then(({ createOpenApiDocument }) => createOpenApiDocument(options.version))
      .then((made) => JSON.stringify(made));
    return c.body(await document, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
  });
  app.get('/api/v1/docs', (c) =>
    c.html(DOCS_PAGE, 200, { 'content-security-policy': DOCS_POLICY, 'cache-control': 'no-cache' }),
  );
  app.get(DOCS_CONFIGURATION_PATH, (c) =>
    c.body(DOCS_CONFIGURATION, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get(DOCS_SCRIPT_PATH, async (c) => {
    return (await files('/api-reference.js', c.req.raw)) ?? problemResponse(noSuchRoute, c.req.path);
  });
}
