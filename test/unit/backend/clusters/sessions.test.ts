import { afterEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

const open: TestBackend[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.backend.stop();
});
async function started(...args: Parameters<typeof testBackend>): Promise<TestBackend> {
  const made = await testBackend({ initialContexts: ['one'], ...args[0] });
  open.push(made);
  await made.backend.start();
  await settle(300);
  return made;
}
const clusterOf = async ({ client }: TestBackend, id = 'id-of-one') =>
  (await client.clusters.list()).clusters.find((cluster) => cluster.id === id);
const sourceOf = async ({ client }: TestBackend, name: string) =>
  (await client.system.health()).sources.find((source) => source.name === name);
const refuse =
  (code: Failure['code'], message = 'No', hint = 'Do this.') =>
  () => {
    throw new Failure(code, message, { hint });
  };

describe('the connection of a session', () => {
  test('is made once and kept while readings succeed', async () => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster] });
    await made.time.advance(3600);
    expect(made.store.results.size).toBeGreaterThan(30);
    expect([cluster.connections - cluster.closed]).toEqual([1]);
    expect(cluster.connections).toBeLessThanOrEqual(2);
  });

  test('is closed after a failure and made anew: credentials are read again', async () => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster] });
    const before = cluster.connections;
    cluster.before = refuse('unauthenticated');
    await made.time.advance(300);
    const failed = cluster.connections - before;
    expect(failed).toBeGreaterThan(0);
    expect(cluster.connections - cluster.closed).toBe(0);
    cluster.before = () => undefined;
    await made.time.advance(400);
    expect(cluster.connections - cluster.closed).toBe(1);
    expect(await clusterOf(made)).toMatchObject({ state: 'collecting', last_error: null });
  });

  test('ends with the backend, and nothing is asked after', async () => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster] });
    await made.backend.stop();
    const asked = cluster.asked.length;
    expect(cluster.closed).toBe(cluster.connections);
    await made.time.advance(3600);
    expect(cluster.asked.length).toBe(asked);
    expect(made.time.waiting).toBe(0);
  });
});

describe('a context that leads to another cluster than before', () => {
  test('is collected as that one, from its own beginning; what the first one gave stays', async () => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster] });
    const ofFirst = made.store.results.size;
    cluster.identity = { ...cluster.identity, id: 'reborn', name: 'reborn' };
    cluster.fileChanged();
    await made.time.advance(400);
    const ids = (await made.client.clusters.list()).clusters.map((each) => each.id).sort();
    expect(ids).toEqual(['id-of-one', 'reborn']);
    const ofSecond = [...made.store.results.values()].filter(({ entry }) => entry.clusterId === 'reborn');
    expect(ofSecond.length).toBeGreaterThan(20);
    expect(made.store.results.size).toBe(ofFirst + ofSecond.length);
    expect((await made.client.contexts.list()).contexts[0]?.cluster_id).toBe('reborn');
    expect(await clusterOf(made, 'id-of-one')).toMatchObject({ collecting: false });
  });
});

describe('two contexts of one cluster', () => {
  const both = () => [new FakeCluster('one', 'same'), new FakeCluster('two', 'same')];

  test('that are switched on at start are collected once; the second says why it is not', async () => {
    const made = await started({ clusters: both(), initialContexts: ['one', 'two'] });
    expect((await made.client.clusters.list()).clusters).toHaveLength(1);
    expect(made.store.writes).toBe(made.store.results.size);
    const contexts = (await made.client.contexts.list()).contexts;
    const errors = contexts.map((context) => context.last_error?.message ?? null);
    expect(errors.filter((message) => message === null)).toHaveLength(1);
    expect(errors.find((message) => message !== null)).toMatch(/lead to the same cluster$/);
  });

  test('the second takes over where the first is switched off, and reads nothing twice', async () => {
    const made = await started({ clusters: both() });
    const { writes } = made.store;
    await made.client.contexts.setCollecting({ context: 'one', collecting: false });
    await made.client.contexts.setCollecting({ context: 'two', collecting: true, backfill: '1d' });
    await settle(300);
    expect(made.store.writes).toBe(writes);
    await made.time.advance(600);
    expect(made.store.writes).toBe(writes + 2);
    expect(await clusterOf(made, 'same')).toMatchObject({ collecting: true, context_name: 'two' });
  });

  test('the first may be switched on again though it is on', async () => {
    const made = await started({ clusters: both() });
    const again = await made.client.contexts.setCollecting({ context: 'one', collecting: true });
    expect(again).toEqual({ cluster_id: 'same', collecting: true });
  });
});

describe('what is told of a failure', () => {
  test('a store that fails is told as such, and readings go on when it is back', async () => {
    const made = await started();
    const { size } = made.store.results;
    made.store.failWith = new Failure('store', 'The disk is full', { hint: 'Make room.' });
    await made.time.advance(600);
    made.store.failWith = null;
    expect((await made.client.contexts.list()).contexts[0]?.last_error).toEqual({
      message: 'The disk is full',
      hint: 'Make room.',
    });
    expect(await sourceOf(made, 'usage')).toMatchObject({ state: 'ok' });
    await made.time.advance(600);
    expect((await made.client.contexts.list()).contexts[0]?.last_error).toBeNull();
    // The windows of the time without a disk are not lost: they are read now.
    expect(made.store.results.size).toBe(size + 4);
  });

  test('a window that can not be stored does not make its source a failed one', async () => {
    const made = await started();
    made.store.replaceWindow = () => Promise.reject(new Failure('store', 'The disk is full'));
    await made.time.advance(300);
    expect((await made.client.contexts.list()).contexts[0]?.last_error?.message).toBe('The disk is full');
    expect(await sourceOf(made, 'usage')).toMatchObject({ state: 'ok' });
  });

  test('a metrics source that fails is not the API server failing', async () => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster] });
    cluster.before = refuse('timeout', 'Too slow');
    await made.time.advance(300);
    expect(await sourceOf(made, 'kubernetes')).toMatchObject({ state: 'ok' });
    expect(await sourceOf(made, 'usage')).toMatchObject({
      state: 'failed',
      detail: 'Too slow',
      hint: 'Do this.',
      last_good_at: expect.stringMatching(/^2026-03-11T10:0/),
    });
    expect(await clusterOf(made)).toMatchObject({ last_error: { message: 'Too slow' } });
  });

  test('an unexpected error is logged with its cause, and told without its text', async () => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster] });
    cluster.before = () => {
      throw new TypeError('password=hunter2');
    };
    await made.time.advance(300);
    expect((await clusterOf(made))?.last_error?.message).toBe('Podwatt met an unexpected error');
    expect(JSON.stringify(await made.client.contexts.list())).not.toContain('hunter2');
    const logged = made.logged.find(({ fields }) => typeof fields === 'object' && 'err' in fields);
    expect(logged).toMatchObject({ level: 'warn', fields: { context: 'one', code: 'unexpected' } });
  });

  test('is logged without the words of a secret', async () => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster] });
    await made.client.contexts.updateSettings({
      context: 'one',
      prometheus_secret: 'hunter2',
      prometheus_auth: 'bearer',
    });
    cluster.before = refuse('unauthenticated', 'The token was refused');
    await made.time.advance(300);
    expect(made.logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(made.logged)).not.toContain('hunter2');
  });

  test('outlives a restart for a cluster that is off, without a way out that may no longer hold', async () => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster] });
    cluster.before = refuse('tls', 'Not trusted');
    await made.time.advance(300);
    await made.client.contexts.setCollecting({ context: 'one', collecting: false });
    const again = await started({ state: made.state, store: made.store, clusters: [cluster], initialContexts: [] });
    expect(await clusterOf(again)).toMatchObject({
      collecting: false,
      state: 'paused',
      last_error: { message: 'Not trusted', hint: null },
    });
  });
});

describe('a cluster without data', () => {
  test('says so, and its windows are closed as no data, never as zero', async () => {
    const cluster = new FakeCluster();
    cluster.covered = () => 0;
    const made = await started({ clusters: [cluster] });
    expect(await clusterOf(made)).toMatchObject({ state: 'no-data', last_window_end: null });
    const { runs } = await made.client.clusters.runs({ cluster: 'id-of-one', last: '3h' });
    expect(runs.every((run) => run.state === 'no-data' && run.row_count === 0)).toBe(true);
    cluster.covered = (window) => window.durationSeconds;
    await made.time.advance(300);
    expect(await clusterOf(made)).toMatchObject({ state: 'collecting', last_window_end: '2026-03-11T10:10:00Z' });
  });
});

describe('pausing and going on', () => {
  test('the time in between is read when it is switched on again', async () => {
    const made = await started();
    const { size } = made.store.results;
    await made.client.contexts.setCollecting({ context: 'one', collecting: false });
    await made.time.advance(1800);
    expect(made.store.results.size).toBe(size);
    await made.client.contexts.setCollecting({ context: 'one', collecting: true, backfill: '1d' });
    await settle(300);
    expect(made.store.results.size).toBe(size + 6);
    const { runs } = await made.client.clusters.runs({ cluster: 'id-of-one', last: '1h' });
    expect(runs.filter((run) => run.duration_seconds === 300).map((run) => run.window_start.slice(11, 16))).toEqual([
      '10:00',
      '10:05',
      '10:10',
      '10:15',
      '10:20',
      '10:25',
      '10:30',
    ]);
  });

  test('a reading that is under way when the machine sleeps is followed by one for the time of sleep', async () => {
    const cluster = new FakeCluster();
    const made = await started({ clusters: [cluster] });
    const { size } = made.store.results;
    const gate = Promise.withResolvers<void>();
    cluster.before = () => gate.promise;
    await made.time.advance(300);
    made.time.sleep(3600);
    gate.resolve();
    await settle(200);
    await made.time.advance(330);
    expect(made.store.results.size).toBe(size + 1 + 12 + 1);
  });
});
