import { afterEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { NOW, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

const open: TestBackend[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.backend.stop();
});
async function started(...args: Parameters<typeof testBackend>): Promise<TestBackend> {
  const made = await testBackend(...args);
  open.push(made);
  await made.backend.start();
  await settle(300);
  return made;
}
const only = async ({ client }: TestBackend) => (await client.clusters.list()).clusters[0];

test('nothing is collected until a context is switched on', async () => {
  const made = await started();
  await made.time.advance(3600);
  expect(made.clusters[0]?.connections).toBe(0);
  expect((await made.client.contexts.list()).contexts).toMatchObject([
    { name: 'one', collecting: false, cluster_id: null },
  ]);
});

test('switching on reads the running hour, then the history, then live windows at the pace', async () => {
  const made = await started();
  const answer = await made.client.contexts.setCollecting({ context: 'one', collecting: true, backfill: '1d' });
  expect(answer).toEqual({ cluster_id: 'id-of-one', collecting: true });
  await settle(500);
  // 24 hours of history, and 10:00 to 10:05.
  expect(made.store.results.size).toBe(25);
  expect(made.clusters[0]?.asked.map((run) => run.length)).toEqual([1, 24]);
  expect(await only(made)).toMatchObject({
    collecting: true,
    state: 'collecting',
    last_window_end: '2026-03-11T10:05:00Z',
    next_run_at: '2026-03-11T10:11:30Z',
  });
  await made.time.advance(600);
  expect(made.store.results.size).toBe(27);
  expect((await made.client.contexts.list()).contexts[0]?.collecting).toBe(true);
});

test('what is switched on stays so after a restart, and nothing is read twice', async () => {
  const first = await started({ initialContexts: ['one'] });
  await first.backend.stop();
  open.length = 0;
  const { writes } = first.store;
  const second = await started({ state: first.state, store: first.store, clusters: first.clusters });
  expect(second.store.writes).toBe(writes);
  expect(await only(second)).toMatchObject({ collecting: true });
});

test('switching off ends it; the results stay', async () => {
  const made = await started({ initialContexts: ['one'] });
  await made.client.contexts.setCollecting({ context: 'one', collecting: false });
  const { size } = made.store.results;
  await made.time.advance(3600);
  expect(made.store.results.size).toBe(size);
  expect(await only(made)).toMatchObject({ collecting: false, state: 'paused', next_run_at: null });
  expect(made.clusters[0]?.closed).toBe(made.clusters[0]?.connections);
});

test('a gap after sleep is filled in 5-minute windows', async () => {
  const made = await started({ initialContexts: ['one'] });
  made.time.sleep(2 * 3600);
  await made.time.advance(60);
  const ledger = await made.store.listLedger('id-of-one', { startSeconds: NOW - 420, endSeconds: NOW + 9000 });
  expect(ledger.map((entry) => entry.window.durationSeconds)).toEqual(Array(25).fill(300));
});

describe('failures', () => {
  test.each([
    ['unauthenticated', 'signed-out'],
    ['exec-plugin', 'signed-out'],
    ['unreachable', 'unreachable'],
    ['tls', 'unreachable'],
    ['forbidden', 'failing'],
  ] as const)('%s shows as %s with the way out, and ends by itself', async (code, state) => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster], initialContexts: ['one'] });
    cluster.onIdentify = () => {
      throw new Failure(code, 'It does not work', { hint: 'Do this.' });
    };
    cluster.before = () => {
      throw new Failure(code, 'It does not work', { hint: 'Do this.' });
    };
    await made.time.advance(300);
    expect(await only(made)).toMatchObject({ state, last_error: { message: 'It does not work', hint: 'Do this.' } });
    expect((await made.client.system.health()).status).toBe('degraded');
    cluster.onIdentify = () => undefined;
    cluster.before = () => undefined;
    await made.time.advance(300);
    expect(await only(made)).toMatchObject({ state: 'collecting', last_error: null });
    expect((await made.client.system.health()).status).toBe('healthy');
  });

  test('switching on tells at once what is wrong, and switches nothing on', async () => {
    const cluster = new FakeCluster();
    cluster.onIdentify = () => {
      throw new Failure('tls', 'The certificate is not trusted', { hint: 'Add the CA.' });
    };
    const made = await started({ clusters: [cluster] });
    await expect(made.client.contexts.setCollecting({ context: 'one', collecting: true })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: 'The certificate is not trusted',
      data: { failure: 'tls', hint: 'Add the CA.' },
    });
    expect((await made.client.contexts.list()).contexts[0]?.collecting).toBe(false);
  });

  test('a dead cluster delays no other', async () => {
    const dead = new FakeCluster('dead');
    dead.onIdentify = () => new Promise(() => undefined);
    const made = await testBackend({ clusters: [dead, new FakeCluster('alive')], initialContexts: ['dead', 'alive'] });
    await made.backend.start();
    await settle(400);
    expect(made.store.results.size).toBe(25);
  });

  test('a changed kubeconfig is tried at once', async () => {
    const cluster = new FakeCluster();
    cluster.onIdentify = () => {
      throw new Failure('unauthenticated', 'The token has expired');
    };
    const made = await started({ clusters: [cluster], initialContexts: ['one'] });
    await made.time.advance(200);
    cluster.onIdentify = () => undefined;
    cluster.fileChanged();
    await settle(400);
    expect(made.store.results.size).toBeGreaterThan(20);
  });
});

test('two contexts that lead to one cluster are one cluster, and the second is told so', async () => {
  const made = await started({
    clusters: [new FakeCluster('one', 'same'), new FakeCluster('two', 'same')],
    initialContexts: ['one'],
  });
  await expect(made.client.contexts.setCollecting({ context: 'two', collecting: true })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'Contexts "two" and "one" lead to the same cluster',
  });
  expect((await made.client.clusters.list()).clusters).toHaveLength(1);
});

describe('history', () => {
  test('can be stopped; live reading goes on, and switching on again resumes it', async () => {
    const cluster = new FakeCluster();
    let release: () => void = () => undefined;
    cluster.before = (window) =>
      window.durationSeconds === 3600 && cluster.asked.at(-1)?.[5]?.startSeconds === window.startSeconds
        ? new Promise<void>((resolve) => {
            release = resolve;
          })
        : undefined;
    const made = await started({ clusters: [cluster], initialContexts: ['one'] });
    expect(await only(made)).toMatchObject({ state: 'reading-history' });
    const running = await made.client.clusters.stopReading({ cluster: 'id-of-one' });
    expect(running).toMatchObject({ state: 'stopped', windows_done: 5, windows_total: 24 });
    expect(running.so_far.hours).toBe(5);
    release();
    await settle(100);
    await made.time.advance(300);
    expect(await only(made)).toMatchObject({ state: 'collecting', last_error: null });
    expect(made.store.results.size).toBe(5 + 2);
    cluster.before = () => undefined;
    await made.client.contexts.setCollecting({ context: 'one', collecting: true, backfill: '1d' });
    await settle(400);
    expect(made.store.results.size).toBe(24 + 2);
  });

  test('progress is a stream that starts with what is known', async () => {
    const made = await started({ initialContexts: ['one'] });
    const stop = new AbortController();
    const stream = await made.client.clusters.progress({ cluster: 'id-of-one' }, { signal: stop.signal });
    const { value } = await stream.next();
    expect(value).toMatchObject({
      cluster_id: 'id-of-one',
      state: 'done',
      windows_done: 24,
      windows_total: 24,
      seconds_left: null,
    });
    expect(value).toMatchObject({ so_far: { hours: 24, co2e_grams: expect.any(Number) } });
    stop.abort();
  });
});

test('what changes is told as a stream, hello first', async () => {
  const made = await started();
  const stop = new AbortController();
  const stream = await made.client.system.changes(undefined, { signal: stop.signal });
  expect((await stream.next()).value).toEqual({ kind: 'hello', version: '1.2.3' });
  await made.client.contexts.setCollecting({ context: 'one', collecting: true, backfill: '1d' });
  await settle(300);
  const kinds = new Set<unknown>();
  for (let index = 0; index < 3; index += 1) kinds.add(Object((await stream.next()).value).kind);
  expect(kinds).toEqual(new Set(['contexts', 'clusters', 'windows']));
  stop.abort();
});
