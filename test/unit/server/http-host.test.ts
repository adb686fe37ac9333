import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers } from '../../fakes/router/answers.ts';
import { rawRequest, startTestHost, type TestHost } from './start-test-host.ts';

let test: TestHost;
beforeAll(async () => {
  test = await startTestHost();
});
afterAll(() => test.stop());

describe('REST', () => {
  it('answers an operation that has a path, exactly', async () => {
    const answer = await test.get('/api/v1/namespaces?last=7d');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual(answers.metrics.namespaces);
  });

  it('reads numbers, booleans and repeated defaults out of a query', async () => {
    await test.get('/api/v1/breakdown?by=pod&limit=5&compare=true&last=24h');
    expect(test.fake.inputs.at(-1)?.input).toMatchObject({ by: 'pod', limit: 5, offset: 0, compare: true, tz: 'UTC' });
    await test.get('/api/v1/report/summary?aggregate=false');
    expect(test.fake.inputs.at(-1)?.input).toMatchObject({ aggregate: false, granularity: 'daily' });
  });

  it.each([
    [
      '/api/v1/metrics?last=abc',
      'last takes a number and a unit: 24h (hours), 7d (days), 4w (weeks), 6m (months), 1y (years), or ytd',
    ],
    ['/api/v1/metrics?limit=0', 'limit'],
    ['/api/v1/metrics?limit=many', 'limit'],
    ['/api/v1/metrics/timeseries?granularity=minute', 'granularity takes 5m, hour, 2h, 6h, day, week, month or year'],
    [
      '/api/v1/metrics?start=yesterday',
      'start takes an ISO-8601 instant with Z or an offset, for example 2026-01-31T00:00:00Z',
    ],
    ['/api/v1/metrics?tz=Mars', 'tz takes an IANA time zone, for example Europe/Paris'],
    ['/api/v1/report/summary?aggregate=perhaps', 'aggregate takes true or false'],
    ['/api/v1/nodes/detail?cluster=c1', 'node'],
  ])('refuses %s and says what works', async (path, text) => {
    const answer = await test.get(path);
    expect(answer.status).toBe(400);
    const body = await answer.json();
    expect(Object.keys(body)).toEqual(['detail', 'code', 'hint']);
    expect(body.detail).toContain(text);
    expect(body.code).toBe('bad-input');
  });

  it('names each refused parameter once', async () => {
    const { detail } = await (await test.get('/api/v1/metrics?last=abc&start=x')).json();
    expect(detail.split('; ')).toHaveLength(2);
  });

  it('gives errors of operations with code and hint, and never the text of an unexpected one', async () => {
    const missing = await test.get('/api/v1/metrics/summary?namespace=missing');
    expect([missing.status, await missing.json()]).toEqual([
      404,
      { detail: 'There is no "missing". Choose one of the list.', code: 'not-found', hint: 'Choose one of the list.' },
    ]);
    expect((await test.get('/api/v1/metrics/summary?namespace=busy')).status).toBe(409);
    const boom = await test.get('/api/v1/metrics/summary?namespace=boom');
    expect(boom.status).toBe(500);
    expect(await boom.text()).not.toContain('hunter2');
    expect(test.log.lines).toContain('error An operation failed unexpectedly');
  });

  it.each(['/api/v1/nope', '/api/v1/reports/export', '/api/v1/contexts/setCollecting', '/api/', '/rpc', '/rpc/nope'])(
    'has its own answer where there is no route: %s',
    async (path) => {
      const answer = await test.get(
        path,
        path.endsWith('export') || path.endsWith('Collecting') ? { method: 'POST' } : {},
      );
      expect(answer.status).toBe(404);
      const body = await answer.json();
      expect(body.detail ?? body.json.message).toBe('There is nothing at this address');
    },
  );

  it('answers HEAD without a body and OPTIONS without permission for other sites', async () => {
    const head = await test.get('/api/v1/health', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const options = await test.get('/api/v1/health', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    });
    expect(options.status).toBe(204);
    expect(options.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('compresses answers, and leaves event streams to flow', async () => {
    const large = await rawRequest(test.host, {
      path: '/api/v1/metrics?last=24h',
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(large.headers['content-encoding']).toBe('gzip');
    const aborter = new AbortController();
    const stream = await test.get('/api/v1/changes', { signal: aborter.signal });
    expect(stream.headers.get('content-encoding')).toBeNull();
    aborter.abort();
  });
});

describe('RPC', () => {
  const call = (path: string, input: unknown, init: RequestInit = {}) =>
    test.get(`/rpc/${path}`, {
      method: 'POST',
      body: JSON.stringify({ json: input }),
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    });

  it('answers calls', async () => {
    const answer = await call('metrics/summary', { last: '24h' });
    expect((await answer.json()).json).toEqual(answers.metrics.summary);
  });

  it('refuses malformed bodies without a stack', async () => {
    const answer = await call('metrics/summary', {}, { body: '{"json":' });
    expect(answer.status).toBe(400);
    expect((await answer.json()).json).toMatchObject({
      code: 'BAD_REQUEST',
      data: { failure: 'bad-input', hint: null },
    });
  });

  it('refuses a body over 1 MB, announced or not', async () => {
    const announced = await call('settings/update', { theme: 'x'.repeat(1_000_001) });
    expect(announced.status).toBe(413);
    const stream = new ReadableStream({
      pull: (controller) => {
        controller.enqueue(new TextEncoder().encode('x'.repeat(300_000)));
      },
    });
    const streamed = await test
      .get('/rpc/settings/update', { method: 'POST', body: stream, duplex: 'half' } as RequestInit)
      .catch(() => null);
    expect(streamed?.status ?? 413).toBe(413);
  });

  it('refuses another site, by Origin and by Sec-Fetch-Site, and takes its own', async () => {
    expect((await call('metrics/summary', {}, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await call('metrics/summary', {}, { headers: { origin: 'null' } })).status).toBe(403);
    expect((await call('metrics/summary', {}, { headers: { origin: test.host.url } })).status).toBe(200);
    const sneaky = await rawRequest(test.host, {
      path: '/rpc/system/version',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(sneaky.status).toBe(403);
  });
});

describe('Host', () => {
  it.each([
    ['evil.example', 403],
    ['evil.example:80', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost@evil.example', 400],
    ['localhost:9999', 200],
    ['[::1]', 200],
    ['127.0.0.1', 200],
  ])('%s is answered with %d', async (host, status) => {
    expect((await rawRequest(test.host, { path: '/api/v1/version', headers: { host } })).status).toBe(status);
  });
});

describe('interface', () => {
  it('serves the page for the root and for views, with a strict policy', async () => {
    for (const path of ['/', '/explore?last=7d', '/nodes/ip-10-0-1-2.ec2.internal']) {
      const answer = await test.get(path);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('<title>Podwatt</title>');
      const policy = answer.headers.get('content-security-policy') ?? '';
      for (const rule of [
        "default-src 'self'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
      ]) {
        expect(policy).toContain(rule);
      }
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('serves assets compressed, to keep for ever, and answers 304', async () => {
    const answer = await rawRequest(test.host, {
      path: '/assets/index-abc.js',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(answer.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const again = await rawRequest(test.host, {
      path: '/assets/index-abc.js',
      headers: { 'if-none-match': String(answer.headers.etag) },
    });
    expect(again.status).toBe(304);
    expect((await test.get('/assets/nope.js')).status).toBe(404);
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/%00',
    '/%',
    '//etc/passwd',
  ])('never leaves its folder: %s', async (path) => {
    const answer = await rawRequest(test.host, { path });
    expect(answer.body).not.toContain('outside');
    expect(answer.body).not.toContain('root:');
  });

  it('says so where the interface is not built', async () => {
    const bare = await startTestHost({ staticDir: '/nonexistent' });
    expect((await rawRequest(bare.host, { path: '/' })).status).toBe(503);
    expect((await rawRequest(bare.host, { path: '/api/v1/version' })).status).toBe(200);
    await bare.stop();
  });
});

describe('close', () => {
  it('ends open event streams at once and tells the operation', async () => {
    // With this patience, a stream that isn't ended would outlast the test.
    const own = await startTestHost({ closeGraceMilliseconds: 600_000 });
    const answer = await own.get('/api/v1/changes');
    const reader = answer.body!.getReader();
    await reader.read();
    expect(own.fake.openStreams()).toBe(1);
    const rest = reader.read().catch(() => ({ done: true }));
    await own.stop();
    while (!(await rest).done) break;
    await expect.poll(() => own.fake.openStreams()).toBe(0);
    await expect(own.get('/api/v1/version')).rejects.toThrow();
  });

  it('tells the operation when the client goes', async () => {
    const aborter = new AbortController();
    const answer = await test.get('/api/v1/changes', { signal: aborter.signal });
    await answer.body!.getReader().read();
    aborter.abort();
    await expect.poll(() => test.fake.openStreams()).toBe(0);
  });
});

it('refuses to listen without a token off loopback', async () => {
  await expect(startTestHost({ host: '0.0.0.0' })).rejects.toThrow(/loopback/);
});
