import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.map', '.svg', '.txt', '.webmanifest']);
const SMALLEST_COMPRESSED_BYTES = 1024;

interface StaticFile {
  readonly modifiedMilliseconds: number;
  readonly etag: string;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly encoded: Map<string, Promise<Buffer<ArrayBuffer>>>;
}

/** Serves files below one folder; null where there is no such file. Read and compressed once, kept in memory. */
export function createStaticFiles(folder: string): (path: string, request: Request) => Promise<Response | null> {
  const root = resolve(folder);
  const kept = new Map<string, StaticFile>();
  return async (path, request) => {
    const file = safePath(root, path);
    if (file === null) return null;
    const found = await load(file, kept);
    if (found === null) return null;
    const extension = extname(file);
    const headers = new Headers({
      'content-type': TYPES[extension] ?? 'application/octet-stream',
      etag: found.etag,
      // Built assets carry a digest in their name; everything else is asked for again.
      'cache-control': /[\\/]assets[\\/]/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (COMPRESSIBLE.has(extension)) headers.set('vary', 'Accept-Encoding');
    if (request.headers.get('if-none-match') === found.etag) return new Response(null, { status: 304, headers });
    const encoding = chooseEncoding(request.headers.get('accept-encoding'), extension, found.bytes.length);
    const body = encoding === null ? found.bytes : await encode(found, encoding);
    if (encoding !== null) headers.set('content-encoding', encoding);
    headers.set('content-length', String(body.length));
    return new Response(request.method === 'HEAD' ? null : body, { headers });
  };
}

/** The file that a path of an address means; null for one that would leave the folder. */
export function safePath(root: string, path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\') || decoded.split('/').includes('..')) return null;
  const file = join(root, decoded);
  return file.startsWith(root + sep) ? file : null;
}

async function load(file: string, kept: Map<string, StaticFile>): Promise<StaticFile | null> {
  const stats = await stat(file).catch(() => null);
  if (stats === null || !stats.isFile()) return null;
  const known = kept.get(file);
  if (known?.modifiedMilliseconds === stats.mtimeMs) return known;
  const bytes = await readFile(file);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const read = { modifiedMilliseconds: stats.mtimeMs, etag, bytes, encoded: new Map() };
  kept.set(file, read);
  return read;
}

function chooseEncoding(accepted: string | null, extension: string, byteCount: number): 'br' | 'gzip' | null {
  if (accepted === null || !COMPRESSIBLE.has(extension) || byteCount < SMALLEST_COMPRESSED_BYTES) return null;
  const names = accepted
    .split(',')
    .filter((part) => !/;\s*q=0(?:\.0*)?\s*$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  if (names.includes('br')) return 'br';
  return names.includes('gzip') ? 'gzip' : null;
}

function encode(file: StaticFile, encoding: 'br' | 'gzip'): Promise<Buffer<ArrayBuffer>> {
  const known = file.encoded.get(encoding);
  if (known !== undefined) return known;
  const encoded =
    encoding === 'gzip'
      ? promisify(gzip)(file.bytes)
      : promisify(brotliCompress)(file.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  file.encoded.set(encoding, encoded);
  return encoded;
}
