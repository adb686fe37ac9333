import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawRequest, startTestHost, type TestHost } from './start-test-host.ts';

let open: TestHost;
let closed: TestHost;
beforeAll(async () => {
  open = await startTestHost();
  closed = await startTestHost({ token: 'printed', ownerToken: 'owner' });
});
afterAll(async () => {
  await open.stop();
  await closed.stop();
});

const SAFETY = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': expect.stringContaining("default-src 'self'"),
};

describe('headers of safety', () => {
  it.each<[string, string, Record<string, string>, number]>([
    ['a page', '/', {}, 200],
    ['an asset', '/assets/index-abc.js', {}, 200],
    ['REST', '/api/v1/health', {}, 200],
    ['a refused input', '/api/v1/metrics?last=x', {}, 400],
    ['no route', '/api/v1/nope', {}, 404],
    ['a wrong host', '/', { host: 'evil.example' }, 403],
    ['another site', '/api/v1/health', { origin: 'https://evil.example' }, 403],
    ['an export', '/api/v1/report/export', {}, 200],
    ['documentation', '/api/v1/docs', {}, 200],
  ])('stand on %s', async (_, path, headers, status) => {
    const answer = await rawRequest(open.host, { path, headers });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(SAFETY);
  });

  it('stand on what strangers get, and no answer of the API is kept', async () => {
    const stranger = await rawRequest(closed.host, { path: '/api/v1/config' });
    expect([stranger.status, stranger.headers['cache-control']]).toEqual([401, 'no-store']);
    expect(stranger.headers).toMatchObject(SAFETY);
    const known = await rawRequest(closed.host, { path: '/api/v1/config', headers: { authorization: 'Bearer owner' } });
    expect([known.status, known.headers['cache-control']]).toEqual([200, 'no-store']);
  });

  it('no answer lets another site read it', async () => {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const answer = await rawRequest(open.host, {
        path: '/api/v1/health',
        method,
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
      });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('what is looked at first', () => {
  it('a wrong host is refused even with a good token, and the token is not used up', async () => {
    const own = await startTestHost({ token: 'once' });
    const refused = await rawRequest(own.host, { path: '/?token=once', headers: { host: 'evil.example' } });
    expect([refused.status, refused.headers['set-cookie']]).toEqual([403, undefined]);
    const taken = await rawRequest(own.host, { path: '/?token=once' });
    expect([taken.status, taken.headers['set-cookie']?.length]).toEqual([303, 1]);
    await own.stop();
  });

  it('another site is refused with a good token too', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const authorization = 'Bearer printed';
      const answer = await rawRequest(closed.host, { path: '/api/v1/config', headers: { ...headers, authorization } });
      expect(answer.status).toBe(403);
    }
  });

  it('a link from another site may open a page, and nothing else', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await rawRequest(open.host, { path: '/explore', headers })).status).toBe(200);
    expect((await rawRequest(open.host, { path: '/explore', method: 'POST', headers })).status).toBe(403);
    expect((await rawRequest(open.host, { path: '/rpc/system/version', headers })).status).toBe(403);
  });

  it('nothing of the operation runs for those who are refused', async () => {
    const before = closed.fake.inputs.length;
    await rawRequest(closed.host, { path: '/api/v1/config' });
    await rawRequest(closed.host, { path: '/api/v1/config', headers: { authorization: 'Bearer wrong' } });
    await rawRequest(closed.host, {
      path: '/api/v1/config',
      headers: { origin: 'https://evil.example', authorization: 'Bearer owner' },
    });
    await rawRequest(closed.host, { path: '/rpc/settings/get', method: 'POST' });
    expect(closed.fake.inputs.length).toBe(before);
  });

  it('a wrong bearer is not made good by a good session', async () => {
    const own = await startTestHost({ token: 'once' });
    const taken = await rawRequest(own.host, { path: '/?token=once' });
    const cookie = String(taken.headers['set-cookie']).split(';')[0] ?? '';
    const ask = (headers: Record<string, string>) => rawRequest(own.host, { path: '/api/v1/config', headers });
    expect((await ask({ cookie })).status).toBe(200);
    expect((await ask({ cookie, authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await ask({ cookie: `${cookie}x` })).status).toBe(401);
    expect((await ask({ cookie: `other=1; ${cookie}` })).status).toBe(200);
    await own.stop();
  });

  it('a session ends with the server: another one does not know it', async () => {
    const [first, second] = [await startTestHost({ token: 'a' }), await startTestHost({ token: 'a' })];
    const cookie =
      String((await rawRequest(first.host, { path: '/?token=a' })).headers['set-cookie']).split(';')[0] ?? '';
    expect((await rawRequest(first.host, { path: '/api/v1/config', headers: { cookie } })).status).toBe(200);
    expect((await rawRequest(second.host, { path: '/api/v1/config', headers: { cookie } })).status).toBe(401);
    await Promise.all([first.stop(), second.stop()]);
  });
});

describe('methods and bodies', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s of a route that only reads does not run it', async (method) => {
    const before = open.fake.inputs.length;
    const answer = await rawRequest(open.host, { path: '/api/v1/config', method });
    expect([404, 405]).toContain(answer.status);
    expect(open.fake.inputs.length).toBe(before);
  });

  it('a body of exactly the limit is read, one byte more is not', async () => {
    const send = async (bytes: number) => {
      const frame = JSON.stringify({ json: { context: '' } }).length;
      const body = JSON.stringify({ json: { context: 'x'.repeat(bytes - frame) } });
      expect(body.length).toBe(bytes);
      const headers = { 'content-type': 'application/json' };
      return open.get('/rpc/contexts/settings', { method: 'POST', body, headers });
    };
    expect((await send(1_000_000)).status).toBe(200);
    const refused = await send(1_000_001);
    expect(refused.status).toBe(413);
    expect((await refused.json()).json).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', data: { failure: 'too-large' } });
  });
});

describe('a body whose length is not announced', () => {
  const headers = { 'content-type': 'application/json' };
  const streamed = (text: string) =>
    open.get('/rpc/contexts/settings', {
      method: 'POST',
      body: new Blob([text]).stream(),
      duplex: 'half',
      headers,
    } as RequestInit);

  it('is read like any other', async () => {
    const answer = await streamed(JSON.stringify({ json: { context: 'streamed' } }));
    expect(answer.status).toBe(200);
    expect(open.fake.inputs.at(-1)).toEqual({ operation: 'contexts.settings', input: { context: 'streamed' } });
  });

  it('is refused like any other where it can not be read', async () => {
    const answer = await streamed('{"json":');
    expect(answer.status).toBe(400);
    expect(open.log.lines).not.toContain('error A request failed unexpectedly');
  });
});

describe('an export over REST', () => {
  it('is a file with a name, kept by nobody', async () => {
    const answer = await open.get('/api/v1/report/export?format=json');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    await answer.text();
  });

  it.each([
    ['?format=xml', 400, 'format takes csv or json'],
    ['?last=soon', 400, 'last takes a number and a unit'],
    ['?namespace=missing', 404, 'There is no "missing"'],
    ['?namespace=boom', 500, 'unexpected'],
  ])('%s is an error with its status, not a file', async (query, status, text) => {
    const answer = await open.get(`/api/v1/report/export${query}`);
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([status, null]);
    const body = await answer.json();
    expect(Object.keys(body)).toEqual(['detail', 'code', 'hint']);
    expect(body.detail).toContain(text);
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  it('needs the token like everything else', async () => {
    expect((await rawRequest(closed.host, { path: '/api/v1/report/export' })).status).toBe(401);
  });
});

describe('a method that an address does not take', () => {
  it.each([
    ['POST', '/api/v1/config', 'GET, HEAD, OPTIONS'],
    ['GET', '/api/v1/k8s/clusters/c1/sync', 'POST, OPTIONS'],
    ['PUT', '/api/v1/k8s/clusters/c1', 'GET, PATCH, DELETE, HEAD, OPTIONS'],
    ['PUT', '/api/v1/k8s/clusters/preview', 'POST, GET, PATCH, DELETE, HEAD, OPTIONS'],
    ['POST', '/api/v1/report/export', 'GET, HEAD, OPTIONS'],
  ])('%s %s is 405 with those that it takes', async (method, path, allow) => {
    const answer = await rawRequest(open.host, { path, method });
    expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
    expect(JSON.parse(answer.body)).toMatchObject({ detail: expect.any(String) });
    const options = await rawRequest(open.host, { path, method: 'OPTIONS' });
    expect([options.status, options.headers.allow]).toEqual([204, allow]);
  });

  it('is 404 where there is nothing', async () => {
    const answer = await rawRequest(open.host, { path: '/api/v1/k8s/clusters/c1/c2/c3', method: 'POST' });
    expect([answer.status, answer.headers.allow]).toEqual([404, undefined]);
  });

  it.each([
    ['GET', '/api/v1/metrics?namespace=a%00b', ''],
    ['GET', '/api/v1/k8s/clusters/%00', ''],
    ['GET', '/api/v1/report/export?pod=%00', ''],
    ['PATCH', '/api/v1/k8s/clusters/c1', '{"name":"a\\u0000b"}'],
  ])('%s %s %s is refused for its NUL', async (method, path, body) => {
    const before = open.fake.inputs.length;
    const init = body === '' ? {} : { body, headers: { 'content-type': 'application/json' } };
    const answer = await open.get(path, { method, ...init });
    expect([answer.status, (await answer.json()).detail]).toEqual([400, expect.stringContaining('NUL')]);
    expect(open.fake.inputs.length).toBe(before);
  });

  it('and a body that is a list are refused before anything runs', async () => {
    const before = open.fake.inputs.length;
    const answer = await open.get('/api/v1/k8s/clusters/c1', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: ' [null, null]',
    });
    expect([answer.status, (await answer.json()).detail]).toEqual([400, 'The body must be a JSON object']);
    expect(open.fake.inputs.length).toBe(before);
  });
});
