import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { protocol } from 'electron';
import { PAGE_POLICY } from '../contract/page-policy.ts';

const SCHEME = 'app';
const HOST = 'podwatt';
export const APP_URL = `${SCHEME}://${HOST}/`;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol: scheme, host } = new URL(url);
  return scheme === `${SCHEME}:` && host === HOST;
}

/** Must run before the app is ready: gives our pages an origin of their own. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built interface at `app://podwatt/`, and nothing else. */
export function serveApp(staticDir: string): void {
  protocol.handle(SCHEME, (request) => answer(request, resolve(staticDir)));
}

async function answer(request: Request, root: string): Promise<Response> {
  if (!isAppUrl(request.url)) return refusal(404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const { pathname } = new URL(request.url);
  const path = filePath(root, pathname);
  if (path === null) return refusal(400);
  // Views have addresses of their own: what is no file is the page.
  const isAsset = pathname.startsWith('/assets/');
  return (await fileResponse(path)) ?? (isAsset ? null : await fileResponse(join(root, 'index.html'))) ?? refusal(404);
}

/** The file that a path means, or null where it would leave the folder. */
function filePath(root: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\') || decoded.split('/').includes('..')) return null;
  const path = join(root, decoded);
  return path.startsWith(root + sep) ? path : null;
}

async function fileResponse(path: string): Promise<Response | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return null;
  return new Response(bytes, {
    headers: {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'content-security-policy': PAGE_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    },
  });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { 'content-security-policy': PAGE_POLICY } });
}
