import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../../src/contract/contract.ts';
import type { TokenScope } from '../../../src/contract/schemas/tokens.ts';
import { mayAsk } from '../../../src/server/token-scopes.ts';
import { startTestHost, type TestHost } from './start-test-host.ts';

let test: TestHost;
const known = new Map<string, { id: string; scope: TokenScope }>(
  (['read', 'write', 'metrics'] as const).map((scope) => [`pw_${scope}`, { id: scope, scope }]),
);
beforeAll(async () => {
  test = await startTestHost({
    token: 'printed',
    ownerToken: 'owner',
    checkToken: (token) => known.get(token) ?? null,
  });
});
afterAll(() => test.stop());

const operations = Object.entries(contract).flatMap(([group, names]) =>
  Object.entries(names).map(([name, operation]) => {
    const { method, path } = operation['~orpc'].route;
    return { id: `${group}/${name}`, method: method ?? null, path: path ?? null };
  }),
);

describe('a read token', () => {
  it('reaches what has a GET route, over REST and RPC, but not the tokens', () => {
    for (const { id, method, path } of operations) {
      if (path === null || method === undefined || method === null) continue;
      const isOpen = method === 'GET' && !path.startsWith('/tokens');
      expect([id, mayAsk('read', method, `/api/v1${path}`)]).toEqual([id, isOpen]);
      expect([id, mayAsk('read', 'POST', `/rpc/${id}`)]).toEqual([id, isOpen]);
    }
  });

  it('reaches no call without a route, unless it is known to change nothing', () => {
    const open = operations.filter(({ id, path }) => path === null && mayAsk('read', 'POST', `/rpc/${id}`));
    const allowed = [
      'clusters/progress',
      'contexts/check',
      'contexts/settings',
      'k8s/encryption',
      'recommendations/thresholds',
      'reports/export',
      'settings/get',
      'sources/method',
      'sources/settings',
    ];
    expect(allowed).toEqual(expect.arrayContaining(open.map(({ id }) => id)));
    expect(open.map(({ id }) => id)).toContain('reports/export');
    for (const call of ['settings/update', 'store/change', 'tokens/create', 'k8s/rotateKey', 'nobody/knows']) {
      expect([call, mayAsk('read', 'POST', `/rpc/${call}`)]).toEqual([call, false]);
    }
  });

  it.each([
    '/api/v1/tokens',
    '/api/v1/tokens/',
    '//api/v1//tokens',
    '/API/v1/Tokens',
    '/api/v1/tokens/t1',
    '/rpc/tokens/list',
    '/rpc/tokens%2Flist',
    '/rpc//tokens/list',
    '/rpc/metrics/summary/',
  ])('may not ask %s', (path) => {
    expect(mayAsk('read', 'GET', path)).toBe(false);
  });
});

describe('other scopes', () => {
  it('metrics reaches the exporter alone', () => {
    expect(mayAsk('metrics', 'GET', '/prometheus/metrics')).toBe(true);
    for (const [method, path] of [
      ['POST', '/prometheus/metrics'],
      ['GET', '/prometheus/metrics/'],
      ['GET', '/api/v1/metrics'],
      ['GET', '/'],
      ['POST', '/rpc/system/version'],
    ] as const) {
      expect([path, mayAsk('metrics', method, path)]).toEqual([path, false]);
    }
  });

  it('write reaches everything', () => {
    for (const { id, method, path } of operations) {
      expect(mayAsk('write', 'POST', `/rpc/${id}`)).toBe(true);
      if (path !== null) expect(mayAsk('write', method ?? 'POST', `/api/v1${path}`)).toBe(true);
    }
  });
});

describe('over HTTP', () => {
  const ask = (path: string, token: string, init: RequestInit = {}) =>
    test.get(path, { ...init, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });

  it('lets a token read, and nothing run that it may not', async () => {
    expect((await ask('/api/v1/config', 'pw_read')).status).toBe(200);
    expect((await ask('/api/v1/report/export', 'pw_read')).status).toBe(200);
    const before = test.fake.inputs.length;
    const refused = [
      await ask('/api/v1/tokens', 'pw_read'),
      await ask('/api/v1/tokens', 'pw_read', { method: 'POST', body: '{"name":"x"}' }),
      await ask('/api/v1/budgets/b1', 'pw_read', { method: 'DELETE' }),
      await ask('/api/v1/config', 'pw_metrics'),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('scope') });
    }
    expect(test.fake.inputs.length).toBe(before);
    expect((await ask('/api/v1/health', 'pw_metrics')).status).toBe(200);
  });

  it('lets those who may manage tokens, and answers the secret of a new one', async () => {
    for (const token of ['pw_write', 'owner', 'printed']) {
      expect((await ask('/api/v1/tokens', token)).status).toBe(200);
      const made = await ask('/api/v1/tokens', token, { method: 'POST', body: '{"name":"ci"}' });
      expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
      expect(await made.json()).toMatchObject({ token: expect.stringMatching(/^pw_/) });
      expect(test.fake.inputs.at(-1)?.input).toEqual({ name: 'ci', scope: 'read', expires_in_days: 90 });
    }
    expect((await ask('/api/v1/tokens/t1', 'pw_write', { method: 'DELETE' })).status).toBe(204);
  });

  it('answers 401 to a token that is none, and 403 in the form of the RPC', async () => {
    expect((await ask('/api/v1/config', 'pw_other')).status).toBe(401);
    const refused = await ask('/rpc/settings/update', 'pw_read', { method: 'POST', body: '{"json":{}}' });
    expect(refused.status).toBe(403);
    expect((await refused.json()).json).toMatchObject({ code: 'FORBIDDEN', data: { failure: 'forbidden' } });
  });
});
