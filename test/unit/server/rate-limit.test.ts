import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRateLimiter } from '../../../src/server/rate-limit.ts';
import { createRequestRates } from '../../../src/server/request-rates.ts';
import { rawRequest, startTestHost, type TestHost } from './start-test-host.ts';

describe('a bucket', () => {
  it('lets a burst through, then as many as come in', () => {
    let now = 0;
    const limiter = createRateLimiter({ perSecond: 2, burst: 3 }, () => now);
    expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([0, 0, 0, 1]);
    now = 499;
    expect(limiter.take('a')).toBe(1);
    now = 500;
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 1]);
    now = 60_000;
    expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([0, 0, 0, 1]);
  });

  it('is one for each client, and says how long to wait', () => {
    const limiter = createRateLimiter({ perSecond: 0.1, burst: 1 }, () => 0);
    expect([limiter.take('a'), limiter.take('b'), limiter.take('a')]).toEqual([0, 0, 10]);
  });

  it('does not fill by a clock that goes back', () => {
    let now = 1000;
    const limiter = createRateLimiter({ perSecond: 1, burst: 1 }, () => now);
    limiter.take('a');
    now = 0;
    expect(limiter.take('a')).toBe(1);
  });

  it('keeps a bounded number of clients: quiet ones go first', () => {
    let now = 0;
    const limiter = createRateLimiter({ perSecond: 1, burst: 2 }, () => now);
    for (let client = 0; client < 10_000; client += 1) limiter.take(String(client));
    now = 1500;
    for (const _ of [1, 2]) limiter.take('9999');
    now = 1600;
    limiter.take('new');
    expect([limiter.take('9999'), limiter.take('0'), limiter.take('0'), limiter.take('0')]).toEqual([1, 0, 0, 1]);
  });
});

describe('rates', () => {
  const count = (rates: ReturnType<typeof createRequestRates>, path: string) => {
    let passed = 0;
    while (passed < 5000 && rates('a', path) === 0) passed += 1;
    return passed;
  };

  it('are counted apart for the API and for the calls of the interface; files have none', () => {
    const rates = createRequestRates(50, () => 0);
    expect(count(rates, '/api/v1/config')).toBe(200);
    expect(count(rates, '/prometheus/metrics')).toBe(0);
    expect(count(rates, '/rpc/metrics/summary')).toBe(800);
    expect(count(rates, '/assets/index.js')).toBe(5000);
  });

  it('can be switched off', () => {
    expect(count(createRequestRates(null), '/api/v1/config')).toBe(5000);
  });
});

describe('over HTTP', () => {
  let limited: TestHost;
  beforeAll(async () => {
    limited = await startTestHost({ token: 'printed', ownerToken: 'owner', requestsPerSecond: 1 });
  });
  afterAll(() => limited.stop());

  it('answers 429 with the time to wait, to that client alone', async () => {
    const ask = (path: string, token: string) => limited.get(path, { headers: { authorization: `Bearer ${token}` } });
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await ask('/api/v1/config', 'owner')).status);
    expect(statuses.slice(0, 4)).toEqual([200, 200, 200, 200]);
    const refused = await ask('/api/v1/config', 'owner');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await refused.json()).toMatchObject({ code: 'too-many-requests', detail: expect.any(String) });
    expect(refused.headers.get('x-content-type-options')).toBe('nosniff');
    // Strangers of this address have a bucket of their own: guesses at tokens are slowed down too.
    const guesses: number[] = [];
    for (let index = 0; index < 7; index += 1) guesses.push((await ask('/api/v1/config', `guess ${index}`)).status);
    expect([guesses[0], guesses.at(-1)]).toEqual([401, 429]);
    expect((await ask('/', 'owner')).status).toBe(200);
  });
});

describe('what is too long', () => {
  let open: TestHost;
  beforeAll(async () => {
    open = await startTestHost();
  });
  afterAll(() => open.stop());

  it('is refused as an address', async () => {
    const room = 8192 - `${open.host.url}/api/v1/config?x=`.length;
    expect((await open.get(`/api/v1/config?x=${'a'.repeat(room)}`)).status).toBe(200);
    const refused = await open.get(`/api/v1/config?x=${'a'.repeat(room + 1)}`);
    expect(refused.status).toBe(414);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('8,192') });
  });

  it('is refused as headers, as JSON like everything else', async () => {
    const answer = await rawRequest(open.host, { path: '/api/v1/config', headers: { 'x-long': 'a'.repeat(17_000) } });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      431,
      { detail: 'The headers are longer than 16 kB', code: 'too-large', hint: null },
    ]);
    expect((await open.get('/api/v1/config')).status).toBe(200);
  });

  it('is refused as a kubeconfig', async () => {
    const body = JSON.stringify({ name: 'big', kubeconfig: 'x'.repeat(1_000_000) });
    const before = open.fake.inputs.length;
    const answer = await open.get('/api/v1/k8s/clusters', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, (await answer.json()).detail]).toEqual([413, 'The body is larger than 1 MB']);
    expect(open.fake.inputs.length).toBe(before);
  });
});
