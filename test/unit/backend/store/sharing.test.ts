import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { holesOf, SharedStore } from '../../../fakes/backend/shared-store.ts';
import { type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

let shared: SharedStore;
beforeEach(() => {
  shared = new SharedStore();
});
afterEach(() => shared.end());

const ID = 'id-of-one';
const clusterOf = async ({ client }: TestBackend) =>
  (await client.clusters.list()).clusters.find(({ id }) => id === ID);
const askedWindows = (cluster: FakeCluster) => cluster.asked.flat().length;
/** Another process has the lease, and keeps it until told. */
const another = (seconds = 60) =>
  shared.store.takeLease({ clusterId: ID, holder: 'other', holderName: 'desk-2 (pid 9)', durationSeconds: seconds });

describe('a cluster that another Podwatt collects', () => {
  test('is left alone, and shown with who has it and until when; that is no error', async () => {
    await another();
    const cluster = new FakeCluster();
    const made = await shared.start({ clusters: [cluster] });
    shared.store.clusters.set(ID, recordOf(cluster));
    expect(askedWindows(cluster)).toBe(0);
    expect(await clusterOf(made)).toMatchObject({
      state: 'elsewhere',
      collecting: true,
      last_error: null,
      collected_by: { holder: 'desk-2 (pid 9)', until: '2026-03-11T10:08:00Z' },
      next_run_at: expect.stringMatching(/^2026-03-11T10:08:00/),
    });
    expect((await made.client.contexts.list()).contexts[0]?.last_error).toBeNull();
    expect(made.logged.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  test('is taken over when the other is gone, from where it stopped', async () => {
    const first = await shared.start();
    const second = await shared.start();
    expect((await clusterOf(second))?.state).toBe('elsewhere');
    await shared.time.advance(600);
    const { writes } = shared.store;
    await shared.stop(first);
    await shared.time.advance(600);
    expect(await clusterOf(second)).toMatchObject({ state: 'collecting', collected_by: null });
    expect(shared.store.writes - writes).toBe(2);
    expect(holesOf(shared.starts().slice(-4))).toEqual([]);
  });

  test('is taken over when the other has died, after its lease has run out', async () => {
    await another(60);
    const cluster = new FakeCluster();
    const made = await shared.start({ clusters: [cluster] });
    await shared.time.advance(45);
    expect(askedWindows(cluster)).toBe(0);
    await shared.time.advance(30);
    expect(askedWindows(cluster)).toBeGreaterThan(0);
    expect((await clusterOf(made))?.state).toBe('collecting');
  });

  test('two that are started together share the work: each window is written once', async () => {
    const clusters = [new FakeCluster(), new FakeCluster()] as const;
    await shared.start({ clusters: [clusters[0]] });
    await shared.start({ clusters: [clusters[1]] });
    await shared.time.advance(3600);
    expect(shared.store.writes).toBe(shared.store.results.size);
    expect(clusters.map(askedWindows).filter((count) => count > 0)).toHaveLength(1);
  });

  test('a reading by hand is refused and says who has it', async () => {
    await another();
    const made = await shared.start({ initialContexts: [] });
    const read = async () => {
      for await (const _ of await made.client.contexts.collect({ context: 'one', last: '2h' })) await settle(1);
    };
    const reading = read();
    reading.catch(() => undefined);
    await shared.time.advance(1);
    await expect(reading).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'cluster one is collected by desk-2 (pid 9)',
      data: { failure: 'conflict', hint: expect.stringContaining('2026-03-11T10:08:00Z') },
    });
    expect(shared.store.results.size).toBe(0);
  });
});

describe('a lease that is lost', () => {
  test('ends the writing at once; the session stands back and comes again', async () => {
    const cluster = new FakeCluster();
    const made = await shared.start({ clusters: [cluster] });
    // Frozen past its lease: the clock jumps, its timers stood still.
    shared.time.sleep(120);
    await another(90);
    await shared.store.replaceWindow(emptyWindow(), 9);
    const { writes } = shared.store;
    await shared.time.advance(60);
    expect(shared.store.writes).toBe(writes);
    expect(await clusterOf(made)).toMatchObject({ state: 'elsewhere', collected_by: { holder: 'desk-2 (pid 9)' } });
    await shared.time.advance(400);
    expect((await clusterOf(made))?.state).toBe('collecting');
    expect(holesOf(shared.starts().slice(-3))).toEqual([]);
    expect(shared.starts().at(-1)).toBeGreaterThan(shared.time.nowSeconds() - 700);
  });

  test('in the middle of a reading leaves the rest to the other', async () => {
    const cluster = new FakeCluster();
    let count = 0;
    cluster.before = async () => {
      count += 1;
      if (count !== 3) return;
      shared.time.sleep(120);
      await another(600);
    };
    const made = await shared.start({ clusters: [cluster], backfillSeconds: 6 * 3600 });
    await shared.time.advance(30);
    // What was read before the freeze is stored; nothing is after the other has it.
    expect(shared.store.results.size).toBeLessThanOrEqual(3);
    expect(shared.store.writes).toBe(shared.store.results.size);
    expect((await clusterOf(made))?.state).toBe('elsewhere');
  });

  test('is given back when a context is switched off, and at the end', async () => {
    const made = await shared.start();
    expect((await shared.store.listLeases()).map(({ clusterId }) => clusterId)).toEqual([ID]);
    await made.client.contexts.setCollecting({ context: 'one', collecting: false });
    expect(await shared.store.listLeases()).toEqual([]);
    await made.client.contexts.setCollecting({ context: 'one', collecting: true });
    await settle(300);
    expect(await shared.store.listLeases()).toHaveLength(1);
    await shared.stop(made);
    expect(await shared.store.listLeases()).toEqual([]);
  });

  test('is given back by a session that can not reach its cluster, so that another may', async () => {
    const cluster = new FakeCluster();
    await shared.start({ clusters: [cluster] });
    cluster.before = () => {
      throw new Error('no way');
    };
    await shared.time.advance(301);
    expect(await shared.store.listLeases()).toEqual([]);
  });
});

test('a file has one owner: after a crash it does not wait for its own lease', async () => {
  const state = new MemoryState();
  const { store, time } = shared;
  const options = { state, store, time, initialContexts: ['one'] };
  const crashed = await testBackend(options);
  await crashed.backend.start();
  await settle(300);
  const before = await store.listLeases();
  const again = await testBackend({ ...options, clusters: [new FakeCluster()] });
  await again.backend.start();
  await settle(300);
  expect((await clusterOf(again))?.state).not.toBe('elsewhere');
  expect((await store.listLeases())[0]?.epoch).toBe(before[0]?.epoch);
  await again.backend.stop();
  await crashed.backend.stop();
});

test('a gap in a day whose rows were removed stops no reading', async () => {
  const cluster = new FakeCluster();
  const made = await shared.start({ clusters: [cluster] });
  shared.time.sleep(2 * 86_400);
  shared.store.prunedDays.add(`${ID} ${Date.UTC(2026, 2, 11) / 1000}`);
  await shared.time.advance(300);
  expect((await made.client.contexts.list()).contexts[0]?.last_error).toBeNull();
  expect(shared.starts().at(-1)).toBeGreaterThan(shared.time.nowSeconds() - 700);
  const asked = cluster.asked.length;
  await shared.time.advance(600);
  expect(cluster.asked.slice(asked).flat()).toHaveLength(2);
});

describe('a user that may only read', () => {
  test('collects nothing, says why, and switches nothing on; results are shown', async () => {
    shared.store.isReadOnly = true;
    const cluster = new FakeCluster();
    shared.store.clusters.set(ID, recordOf(cluster));
    const made = await shared.start({ clusters: [cluster] });
    expect([askedWindows(cluster), cluster.connections]).toEqual([0, 0]);
    expect((await made.client.contexts.list()).contexts[0]?.last_error).toMatchObject({
      message: 'The user of the results store may read and not write, so nothing is collected from here',
      hint: expect.stringContaining('rights to write'),
    });
    await expect(made.client.contexts.setCollecting({ context: 'one', collecting: true })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      data: { failure: 'forbidden' },
    });
    const read = async () => {
      for await (const _ of await made.client.contexts.collect({ context: 'one', last: '2h' })) await settle(1);
    };
    await expect(read()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await made.client.metrics.summary({ last: '24h' })).period).toBeDefined();
    expect(await made.client.store.status()).toMatchObject({ state: 'read-only', leases: [] });
  });

  test('collects as soon as it may write', async () => {
    shared.store.isReadOnly = true;
    const made = await shared.start();
    shared.store.isReadOnly = false;
    await made.client.store.status();
    await settle(300);
    expect(shared.store.results.size).toBeGreaterThan(0);
    expect((await made.client.contexts.list()).contexts[0]?.last_error).toBeNull();
  });
});

function recordOf(cluster: FakeCluster) {
  const { id, name, serverUrl } = cluster.identity;
  return {
    id,
    name,
    contextName: 'one',
    serverUrl,
    serverVersion: null,
    provider: null,
    region: null,
    currency: 'USD',
    nodeCount: null,
    podCount: null,
    createdAtSeconds: shared.time.nowSeconds(),
    updatedAtSeconds: shared.time.nowSeconds(),
    lastSyncAtSeconds: null,
    lastError: null,
  };
}

function emptyWindow() {
  const window = { startSeconds: Date.UTC(2026, 2, 1) / 1000, durationSeconds: 300 } as const;
  const entry = { clusterId: ID, window, state: 'no-data', coveredSeconds: 0, reason: null, notices: [] } as const;
  return { entry: { ...entry, rowCount: 0, closedAtSeconds: 0 }, rows: [], nodeWindows: [], nodeSnapshots: [] };
}
