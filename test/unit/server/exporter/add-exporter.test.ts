import { afterEach, expect, it } from 'vitest';
import { startTestHost, type TestHost } from '../start-test-host.ts';

const PATH = '/prometheus/metrics';
let host: TestHost | null = null;
afterEach(async () => {
  await host?.stop();
  host = null;
});

/** The body is read, so that the host can close at once. */
async function statusOf(path: string, init?: RequestInit): Promise<number | undefined> {
  const answer = await host?.get(path, init);
  await answer?.text();
  return answer?.status;
}

it('answers the exposition beside the API, with its own type, and nothing of it is kept on the way', async () => {
  host = await startTestHost();
  const answer = await host.get(PATH);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const text = await answer.text();
  expect(text).toContain('podwatt_build_info{version="0.0.0-test",calculation_version=');
  expect(text).toContain('podwatt_up{part="energy"} 1');
  expect(text.endsWith('\n')).toBe(true);
  expect(await statusOf(`/api/v1${PATH}`)).toBe(404);
});

it('answers HEAD without a body, and no other method', async () => {
  host = await startTestHost();
  const head = await host.get(PATH, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect(await statusOf(PATH, { method: 'POST' })).toBe(404);
});

it('answers nobody without a token', async () => {
  host = await startTestHost({ token: 'printed' });
  const refused = await host.get(PATH);
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="podwatt"']);
  expect(host.fake.inputs).toEqual([]);
  await refused.text();
  expect(await statusOf(PATH, { headers: { authorization: 'Bearer printed' } })).toBe(200);
});

it('asks the backend once for several scrapes, and only for what reads', async () => {
  host = await startTestHost();
  expect(await Promise.all([statusOf(PATH), statusOf(PATH), statusOf(PATH)])).toEqual([200, 200, 200]);
  const asked = host.fake.inputs.map(({ operation }) => operation);
  expect(asked.filter((operation) => operation === 'clusters.list')).toHaveLength(1);
  expect(asked).not.toContain('metrics.rows');
  expect(asked.every((operation) => /^(clusters|metrics|score|recommendations|system)\./.test(operation))).toBe(true);
});
