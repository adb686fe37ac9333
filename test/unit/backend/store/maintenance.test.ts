import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAINTENANCE_LEASE } from '../../../../src/backend/store/maintenance-job.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { DEFAULT_RETENTION } from '../../../../src/model/retention.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { SharedStore } from '../../../fakes/backend/shared-store.ts';
import { NOW, testBackend } from '../../../fakes/backend/test-backend.ts';

let shared: SharedStore;
let runs: { rawDays: number; at: number; leases: string[] }[];
beforeEach(() => {
  shared = new SharedStore();
  runs = [];
  const { store, time } = shared;
  const maintain = store.maintain.bind(store);
  store.maintain = async (policy, nowSeconds) => {
    const leases = (await store.listLeases()).map(({ clusterId }) => clusterId).sort();
    runs.push({ rawDays: policy.rawDays, at: time.nowSeconds() - NOW, leases });
    return maintain(policy, nowSeconds);
  };
});
afterEach(() => shared.end());

const noClusters = { initialContexts: [], clusters: [new FakeCluster()] };

test('runs once some minutes after the start and then once an hour, under a lease of its own', async () => {
  await shared.start();
  await shared.time.advance(3 * 3600);
  expect(runs.map(({ at }) => at)).toEqual([300, 3900, 7500]);
  expect(runs[0]).toMatchObject({ rawDays: 30, leases: [MAINTENANCE_LEASE, 'id-of-one'] });
  expect((await shared.store.listLeases()).map(({ clusterId }) => clusterId)).toEqual(['id-of-one']);
});

test('is left to those who collect: who holds no lease does nothing', async () => {
  await shared.start(noClusters);
  await shared.time.advance(7300);
  expect(runs).toEqual([]);
});

test('a file is kept in order by its owner, whatever is collected', async () => {
  const { store, time } = shared;
  const made = await testBackend({ store, time });
  shared.open.push(made);
  await made.backend.start();
  await time.advance(400);
  expect(runs).toEqual([{ rawDays: 30, at: 300, leases: [] }]);
});

test('two that come at once do it once', async () => {
  const clusters = () => [new FakeCluster('one'), new FakeCluster('two')];
  const first = await shared.start({ clusters: clusters(), initialContexts: ['one'] });
  const second = await shared.start({ clusters: clusters(), initialContexts: ['two'] });
  const { promise: gate, resolve: release } = Promise.withResolvers<void>();
  const maintain = shared.store.maintain.bind(shared.store);
  shared.store.maintain = async (policy, now) => {
    await gate;
    return maintain(policy, now);
  };
  await shared.time.advance(300);
  release();
  await settle(50);
  expect(runs).toHaveLength(1);
  expect([first, second].flatMap(({ logged }) => logged).filter(({ level }) => level === 'warn')).toEqual([]);
});

test('by hand: runs now, is told with what it did, and is refused while another is at it', async () => {
  const made = await shared.start({ ...noClusters, state: new MemoryState() });
  expect(await made.client.store.maintain()).toEqual({
    at: '2026-03-11T10:07:00Z',
    compacted_hours: 0,
    removed_rows: 0,
    removed_pod_hours: 0,
    removed_hours: 0,
    removed_pod_days: 0,
    removed_days: 0,
    problem: null,
  });
  expect((await made.client.store.status()).last_maintenance).toMatchObject({ at: '2026-03-11T10:07:00Z' });
  const busy = { clusterId: MAINTENANCE_LEASE, holder: 'other', holderName: 'desk-2 (pid 9)', durationSeconds: 60 };
  await shared.store.takeLease(busy);
  await expect(made.client.store.maintain()).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'desk-2 (pid 9) keeps the results store in order just now',
  });
  expect((await made.client.store.status()).leases).toEqual([]);
  expect(runs).toHaveLength(1);
});

test('what fails in the middle is told and kept; the next hour tries again', async () => {
  const made = await shared.start();
  const maintain = shared.store.maintain.bind(shared.store);
  shared.store.maintain = () => Promise.reject(new Failure('store', 'The disk is full'));
  await shared.time.advance(400);
  expect((await made.client.store.status()).last_maintenance).toMatchObject({ problem: 'The disk is full' });
  shared.store.maintain = maintain;
  await shared.time.advance(3600);
  expect((await made.client.store.status()).last_maintenance).toMatchObject({ problem: null });
});

test('not while the store is away, nor by a user that may only read', async () => {
  const made = await shared.start();
  made.wire.isAway = true;
  await shared.time.advance(2 * 3600);
  expect(runs).toEqual([]);
  await expect(made.client.store.maintain()).rejects.toMatchObject({ data: { failure: 'store-away' } });
  made.wire.isAway = false;
  shared.store.isReadOnly = true;
  await shared.time.advance(3700);
  expect(runs).toEqual([]);
  await expect(made.client.store.maintain()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('keeps what the person set, also after a restart; what can not be is refused', async () => {
  const state = new MemoryState();
  const made = await shared.start({ state });
  const days = { raw_days: 10, pod_hour_days: 20, hour_days: 400, pod_day_days: 400, day_days: null };
  expect((await made.client.store.setRetention(days)).retention).toEqual(days);
  await expect(made.client.store.setRetention({ ...days, raw_days: 90 })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining("rows can't be kept longer (90 days) than pod hours (20 days)"),
  });
  await shared.stop(made);
  const again = await shared.start({ state });
  await again.client.store.maintain();
  expect(runs.at(-1)?.rawDays).toBe(10);
  state.values.set('retention', { ...DEFAULT_RETENTION, rawDays: 500 });
  const third = await testBackend({ state });
  expect((await third.client.store.status()).retention.raw_days).toBe(30);
  await third.backend.stop();
});
