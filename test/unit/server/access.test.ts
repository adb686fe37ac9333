import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccess, newSecret } from '../../../src/server/access.ts';
import { rawRequest, startTestHost, type TestHost } from './start-test-host.ts';

let test: TestHost;
beforeAll(async () => {
  test = await startTestHost({ token: 'printed', ownerToken: 'owner' });
});
afterAll(() => test.stop());

describe('the printed token', () => {
  it('is exchanged once for a session, and leaves the address', async () => {
    const first = await test.get('/?token=printed&cluster=c1');
    expect(first.status).toBe(303);
    expect(first.headers.get('location')).toBe('/?cluster=c1');
    const cookie = first.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^podwatt_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    const session = cookie.split(';')[0] ?? '';
    expect((await test.get('/api/v1/config', { headers: { cookie: session } })).status).toBe(200);
    expect((await test.get('/', { headers: { cookie: session } })).status).toBe(200);

    const second = await test.get('/?token=printed');
    expect([second.status, second.headers.get('location'), second.headers.get('set-cookie')]).toEqual([303, '/', null]);
    expect((await test.get('/api/v1/config', { headers: { cookie: 'podwatt_session=printed' } })).status).toBe(401);
  });

  it('opens nothing where it is wrong, or stands anywhere else', async () => {
    expect((await test.get('/?token=wrong')).headers.get('set-cookie')).toBeNull();
    expect((await test.get('/api/v1/config?token=printed')).status).toBe(401);
    expect((await test.get('/explore?token=printed')).status).toBe(401);
  });
});

describe('strangers', () => {
  it.each(['/api/v1/health', '/api/v1/version'])('may ask %s', async (path) => {
    expect((await test.get(path)).status).toBe(200);
  });

  it.each([
    '/api/v1/config',
    '/api/v1/openapi.json',
    '/api/v1/docs',
    '/api/v1/report/export',
    '/api/v1/nope',
    '/assets/index-abc.js',
  ])('may not ask %s', async (path) => {
    const answer = await test.get(path);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await answer.json()).toMatchObject({ code: 'unauthenticated', hint: expect.any(String) });
  });

  it('are refused over RPC in its own form', async () => {
    const answer = await test.get('/rpc/settings/get', { method: 'POST' });
    expect(answer.status).toBe(401);
    expect((await answer.json()).json).toMatchObject({ code: 'UNAUTHORIZED', data: { failure: 'unauthenticated' } });
  });

  it('see a page that says what to do, with the same headers', async () => {
    const answer = await test.get('/explore', { headers: { accept: 'text/html,*/*' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'text/html; charset=utf-8']);
    expect(await answer.text()).toContain('Open the address that Podwatt printed');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it.each([
    ['Bearer printed', 200],
    ['bearer printed', 200],
    ['Bearer owner', 200],
    ['Bearer wrong', 401],
    ['Bearer ', 401],
    ['Basic cHJpbnRlZA==', 401],
    ['printed', 401],
  ])('who say "%s" get %d', async (authorization, status) => {
    expect((await rawRequest(test.host, { path: '/api/v1/config', headers: { authorization } })).status).toBe(status);
  });
});

describe('access', () => {
  it('keeps sessions apart and has room for the newest', () => {
    const access = createAccess({ token: 't', ownerToken: null });
    expect(access.exchange('')).toBeNull();
    const session = access.exchange('t') ?? '';
    expect([
      access.sessionOf(session)?.scope,
      access.sessionOf(''),
      access.sessionOf('t'),
      access.bearerOf(session),
    ]).toEqual(['write', null, null, null]);
    expect(access.exchange('t')).toBeNull();
  });

  it('is open without a token, and then exchanges nothing', () => {
    const access = createAccess({ token: null, ownerToken: 'owner' });
    expect([access.isOpen, access.exchange('owner'), access.bearerOf('owner')?.scope, access.bearerOf('null')]).toEqual(
      [true, null, 'write', null],
    );
  });

  it('makes secrets that differ', () => {
    expect(new Set(Array.from({ length: 50 }, newSecret)).size).toBe(50);
  });
});
