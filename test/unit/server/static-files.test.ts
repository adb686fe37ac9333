import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStaticFiles, safePath } from '../../../src/server/static-files.ts';

const SCRIPT = `export const text = '${'carbon '.repeat(400)}';`;

let folder: string;
let serve: ReturnType<typeof createStaticFiles>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-static-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), SCRIPT);
  serve = createStaticFiles(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  serve(path, new Request(`http://localhost${path}`, { headers, method }));
const bytesOf = async (response: Response | null) => Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0));

describe('a file', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['a.css', 'text/css; charset=utf-8'],
    ['a.js', 'text/javascript; charset=utf-8'],
    ['a.svg', 'image/svg+xml'],
    ['a.woff2', 'font/woff2'],
    ['a.exe', 'application/octet-stream'],
    ['no-extension', 'application/octet-stream'],
  ])('%s has the type %s', async (name, type) => {
    writeFileSync(join(folder, name), 'x');
    const answer = await get(`/${name}`);
    expect([answer?.status, answer?.headers.get('content-type')]).toEqual([200, type]);
  });

  it('that is not there, or is a folder, is none', async () => {
    expect(await get('/nope.js')).toBeNull();
    expect(await get('/assets')).toBeNull();
    expect(await get('/assets/')).toBeNull();
    expect(await get('/')).toBeNull();
  });

  it('has its name decoded once', async () => {
    writeFileSync(join(folder, 'a b é.txt'), 'x');
    writeFileSync(join(folder, '%41.txt'), 'percent');
    expect((await get('/a%20b%20%C3%A9.txt'))?.status).toBe(200);
    expect(await (await get('/%2541.txt'))?.text()).toBe('percent');
  });
});

describe('keeping', () => {
  it('assets for ever, as their name changes with their content; everything else not without asking', async () => {
    const asset = await get('/assets/index-abc.js');
    expect(asset?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await get('/index.html'))?.headers.get('cache-control')).toBe('no-cache');
  });

  it('answers 304 without a body while the content is the same', async () => {
    const etag = (await get('/index.html'))?.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const same = await get('/index.html', { 'if-none-match': etag });
    expect([same?.status, same?.headers.get('etag'), (await bytesOf(same)).length]).toEqual([304, etag, 0]);
    expect((await get('/index.html', { 'if-none-match': '"other"' }))?.status).toBe(200);
  });

  it('sees a file that was built anew', async () => {
    const before = await get('/index.html');
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>new</title>');
    utimesSync(join(folder, 'index.html'), new Date(), new Date(Date.UTC(2030, 0, 1)));
    const after = await get('/index.html', { 'if-none-match': before?.headers.get('etag') ?? '' });
    expect(after?.status).toBe(200);
    expect(await after?.text()).toContain('new');
  });

  it('says that the answer depends on the encoding that was asked for', async () => {
    expect((await get('/assets/index-abc.js'))?.headers.get('vary')).toBe('Accept-Encoding');
    writeFileSync(join(folder, 'a.png'), 'x');
    expect((await get('/a.png'))?.headers.get('vary')).toBeNull();
  });
});

describe('compression', () => {
  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['br;q=0, gzip;q=0.0', null],
    ['identity', null],
    ['deflate', null],
    ['', null],
  ])('asked for as "%s" is %s', async (accepted, encoding) => {
    const answer = await get('/assets/index-abc.js', { 'accept-encoding': accepted });
    const bytes = await bytesOf(answer);
    expect(answer?.headers.get('content-encoding')).toBe(encoding);
    expect(answer?.headers.get('content-length')).toBe(String(bytes.length));
    const plain = encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes;
    expect(plain.toString()).toBe(SCRIPT);
  });

  it('is left out for small files and for those that are compressed already', async () => {
    writeFileSync(join(folder, 'small.js'), 'x'.repeat(1023));
    writeFileSync(join(folder, 'large.png'), 'x'.repeat(5000));
    for (const path of ['/small.js', '/large.png']) {
      expect((await get(path, { 'accept-encoding': 'br, gzip' }))?.headers.get('content-encoding')).toBeNull();
    }
  });

  it('HEAD tells the length without the content', async () => {
    const answer = await get('/assets/index-abc.js', {}, 'HEAD');
    expect(answer?.headers.get('content-length')).toBe(String(SCRIPT.length));
    expect((await bytesOf(answer)).length).toBe(0);
  });
});

describe('the folder is never left', () => {
  it.each([
    '/../secret',
    '/a/../../secret',
    '/assets/../index.html',
    '/%2e%2e/secret',
    '/%2E%2E%2Fsecret',
    '/assets/..%2f..%2fsecret',
    '/..%5csecret',
    '/a\\..\\secret',
    '/%00index.html',
    '/index.html%00.js',
    '/%',
    '/%ff',
    '',
  ])('by %j', (path) => {
    expect(safePath('/srv/page', path)).toBeNull();
  });

  it.each([
    ['/index.html', '/srv/page/index.html'],
    ['//index.html', '/srv/page/index.html'],
    ['/./index.html', '/srv/page/index.html'],
    ['/..index.html', '/srv/page/..index.html'],
    ['/%2541', '/srv/page/%41'],
  ])('%j is %s', (path, file) => {
    expect(safePath('/srv/page', path)).toBe(file);
  });

  it('by any path at all', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '',
      '%2e%2e',
      '%2e',
      '%2f',
      '%5c',
      '\\',
      'a',
      '%00',
      '%252e%252e',
      'page-2',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const file = safePath('/srv/page', `/${pieces.join('/')}`);
        if (file !== null) expect(file.startsWith('/srv/page/')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('nor by a folder whose name begins with the same letters', () => {
    expect(safePath('/srv/page', '/../page-2/secret')).toBeNull();
  });
});

it('a link inside the folder is followed: what is built is trusted', async () => {
  symlinkSync(join(folder, 'index.html'), join(folder, 'linked.html'));
  expect((await get('/linked.html'))?.status).toBe(200);
});
