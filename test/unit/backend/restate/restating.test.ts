import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RecomputeEvent } from '../../../../src/contract/schemas/restate.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

const ID = 'id-of-one';
let made: TestBackend;
beforeEach(async () => {
  made = await testBackend();
  await collectAll(made, 'one', '6h');
});
afterEach(() => made.backend.stop());

async function recompute(input: { cluster?: string; start?: string; end?: string } = {}, signal?: AbortSignal) {
  const events: RecomputeEvent[] = [];
  const asked = { start: '2026-03-01T00:00:00Z', ...input };
  const stream = await made.client.audit.recompute(asked, signal === undefined ? {} : { signal });
  for await (const event of stream) events.push(event);
  return events;
}

const audit = async () => (await made.client.audit.list({ limit: 10 })).entries;

/** Settings are kept and the background run has ended. */
async function setMethod(input: object) {
  await made.client.sources.updateMethod({ context: 'one', ...input });
  for (let round = 0; round < 50; round += 1) {
    await made.time.advance(0.1);
    await settle();
  }
}

describe('a setting that changes', () => {
  test('restates what is stored, and the audit says why', async () => {
    const before = await made.client.metrics.summary({ last: '6h' });
    await setMethod({ pue: 1.2 });
    const after = await made.client.metrics.summary({ last: '6h' });
    expect(after.total_energy_joules).toBe(before.total_energy_joules);
    expect(after.total_co2e_grams).toBeCloseTo((before.total_co2e_grams * 1.2) / 1.5, 9);
    const [entry, ...rest] = await audit();
    expect(rest).toEqual([]);
    expect(entry).toMatchObject({ cluster: ID, cause: 'pue', reason: expect.stringContaining('1.2') });
    expect(entry?.windows).toBeGreaterThan(5);
  });

  test('prices restate cost alone', async () => {
    const before = await made.client.metrics.summary({ last: '6h' });
    const prices = {
      cpu_core_hour: 0.08,
      memory_gb_hour: 0.01,
      storage_gb_hour: null,
      network_gb: null,
      gpu_hour: null,
    };
    await setMethod({ prices: { ...prices, currency: null } });
    const after = await made.client.metrics.summary({ last: '6h' });
    expect(after.total_cost).toBeCloseTo(2 * before.total_cost, 9);
    expect(after.total_co2e_grams).toBeCloseTo(before.total_co2e_grams, 9);
    expect(await audit()).toMatchObject([{ cause: 'price' }]);
  });
});

describe('by hand', () => {
  test('without a change nothing is written', async () => {
    const { writes } = made.store;
    const events = await recompute();
    expect(events.at(-1)).toMatchObject({ kind: 'cluster', cluster: ID, changed: 0, entry: null });
    expect(events.at(-2)).toMatchObject({ kind: 'progress' });
    expect(made.store.writes).toBe(writes);
    expect(await audit()).toEqual([]);
  });

  test('only windows that start in the range are looked at', async () => {
    const range = { start: '2026-03-11T08:00:00Z', end: '2026-03-11T10:00:00Z' };
    expect((await recompute(range)).at(-1)).toMatchObject({ windows: 2 });
    await expect(recompute({ start: range.end, end: range.start })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('a day that retention has taken is left alone', async () => {
    made.store.prunedDays.add(`${ID} ${Date.UTC(2026, 2, 11) / 1000}`);
    expect((await recompute()).at(-1)).toMatchObject({ windows: 0, changed: 0 });
  });

  test('an unknown cluster is not found', async () => {
    await expect(recompute({ cluster: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a cluster that another Podwatt collects is left to it', async () => {
    await made.store.takeLease({ clusterId: ID, holder: 'other', holderName: 'desk-2 (pid 9)', durationSeconds: 600 });
    const refused = recompute();
    await expect(refused).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('desk-2 (pid 9)'),
    });
  });

  test('gives its lease back', async () => {
    await recompute();
    expect(await made.store.listLeases()).toEqual([]);
  });

  test('stops between two windows, and what was written has its entry', async () => {
    const state = new MemoryState();
    const store = new MemoryStore();
    const first = await testBackend({ state, store });
    await collectAll(first, 'one', '24h');
    await first.backend.stop();
    const [any] = store.results.values();
    if (any === undefined) throw new Error('windows');
    // Windows as an older version would have written them.
    for (const [key, result] of store.results) {
      store.results.set(key, { ...result, rows: result.rows.map((row) => ({ ...row, co2eGrams: row.co2eGrams * 2 })) });
    }
    made = await testBackend({ state, store });
    const stop = new AbortController();
    const { replaceWindow } = MemoryStore.prototype;
    let writes = 0;
    store.replaceWindow = async (...given) => {
      writes += 1;
      if (writes === 3) stop.abort();
      return replaceWindow.apply(store, given);
    };
    await recompute({}, stop.signal).catch(() => undefined);
    for (let round = 0; round < 20; round += 1) await settle();
    expect(store.auditEntries).toMatchObject([{ cause: 'person', windowCount: 3 }]);
    const [entry] = store.auditEntries;
    expect(entry?.before.co2eGrams).toBeCloseTo(2 * (entry?.after.co2eGrams ?? 0), 9);
  });
});

test('a store that is away is waited for: the past follows the settings', async () => {
  made.store.failWith = new Failure('store-away', 'gone');
  await made.client.sources.updateMethod({ context: 'one', pue: 1.1 });
  for (let round = 0; round < 20; round += 1) await made.time.advance(5);
  made.store.failWith = null;
  for (let round = 0; round < 60; round += 1) await made.time.advance(5);
  expect(made.store.auditEntries).toMatchObject([{ cause: 'pue' }]);
});

test('a run that a stop cut off begins again with the next start', async () => {
  const { state, store } = made;
  store.failWith = new Failure('store-away', 'gone');
  await made.client.sources.updateMethod({ context: 'one', pue: 1.1 });
  await made.backend.stop();
  expect(store.auditEntries).toEqual([]);
  store.failWith = null;
  made = await testBackend({ state, store });
  await made.backend.start();
  await expect.poll(() => store.auditEntries).toMatchObject([{ cause: 'pue', reason: expect.stringContaining('1.1') }]);
  await made.backend.stop();
  made = await testBackend({ state, store });
  await made.backend.start();
  for (let round = 0; round < 20; round += 1) await settle();
  expect(await state.get('pending-restates')).toEqual([]);
  expect(store.auditEntries).toHaveLength(1);
});

test('a cluster without a context here can not be restated here', async () => {
  const other = await testBackend({ store: made.store, clusters: [new FakeCluster('two')] });
  const asked = { start: '2026-03-01T00:00:00Z', cluster: ID };
  const run = async () => {
    for await (const _event of await other.client.audit.recompute(asked));
  };
  await expect(run()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const all: unknown[] = [];
  for await (const event of await other.client.audit.recompute({ start: '2026-03-01T00:00:00Z' })) all.push(event);
  expect(all).toEqual([]);
  await other.backend.stop();
});
