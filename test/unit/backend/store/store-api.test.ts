import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoreSettings } from '../../../../src/core/ports/store-settings.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { settle } from '../../../fakes/backend/manual-time.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { SHARED, SharedStore } from '../../../fakes/backend/shared-store.ts';
import { type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

const ADDRESS = 'postgres://me:hunter2@db.test/podwatt';
const open: TestBackend[] = [];
let shared: SharedStore;
let folder: string;
beforeEach(() => {
  shared = new SharedStore();
  folder = mkdtempSync(join(tmpdir(), 'podwatt-store-api-'));
});
afterEach(async () => {
  for (const made of open.splice(0)) await made.backend.stop();
  await shared.end();
  rmSync(folder, { recursive: true, force: true });
});

/** A backend whose stores are in memory, one a location. */
async function started(options: Parameters<typeof testBackend>[0] = {}) {
  const stores = new Map<string, MemoryStore>();
  const opened: StoreSettings[] = [];
  const openStore = async (settings: StoreSettings) => {
    opened.push(settings);
    const key = settings.kind;
    const store = stores.get(key) ?? new MemoryStore();
    stores.set(key, store);
    return store;
  };
  const made = await testBackend({ initialContexts: ['one'], dataDir: folder, openStore, ...options });
  open.push(made);
  const store = (kind: string) => stores.get(kind) ?? new MemoryStore();
  for (const each of stores.values()) each.leases.nowSeconds = () => made.time.nowSeconds();
  await made.backend.start();
  await settle(300);
  return { ...made, stores, opened, storeOf: store };
}

describe('the state of the store', () => {
  test('with size, leases, spool and retention, and no credentials anywhere', async () => {
    const made = await shared.start();
    const status = await made.client.store.status();
    expect(status).toMatchObject({
      kind: 'postgres',
      location: 'postgres://db.test:5432/podwatt (schema public)',
      chosen_by: 'command',
      state: 'up',
      since: '2026-03-11T10:07:00Z',
      problem: null,
      hint: null,
      next_try_at: null,
      server_version: 'memory 1.0',
      spool: { windows: 0, oldest: null },
      leases: [
        { cluster_id: 'id-of-one', cluster_name: 'cluster one', is_own: true, expires_at: '2026-03-11T10:08:00Z' },
      ],
      retention: { raw_days: 30, pod_hour_days: 90, hour_days: 400, pod_day_days: 400, day_days: null },
      last_maintenance: null,
    });
    expect(status.leases[0]?.holder).toMatch(/ \(pid \d+\)$/);
    expect(status.tables?.[0]).toMatchObject({ table: 'combined_metrics', rows: expect.any(Number) });
    expect(JSON.stringify(status)).not.toContain('hunter2');
  });

  test('while it is away: since when, why, when next, what waits; what is unknown is no zero', async () => {
    const made = await shared.start();
    made.wire.isAway = true;
    await shared.time.advance(600);
    expect(await made.client.store.status()).toMatchObject({
      state: 'away',
      problem: 'The server does not answer',
      hint: 'Start it.',
      last_good_at: expect.stringMatching(/^2026-03-11T10:0/),
      next_try_at: expect.stringMatching(/^2026-03-11T10:1/),
      server_version: 'memory 1.0',
      size_bytes: null,
      tables: null,
      rows_per_day: null,
      spool: { windows: 2, oldest: '2026-03-11T10:05:00Z' },
      leases: [],
    });
  });

  test('a window that could not be delivered is named', async () => {
    const made = await shared.start();
    made.wire.isAway = true;
    await shared.time.advance(600);
    for (const { entry } of made.state.spool.kept.values()) {
      shared.store.prunedDays.add(`${entry.clusterId} ${Math.floor(entry.window.startSeconds / 86_400) * 86_400}`);
    }
    made.wire.isAway = false;
    await shared.time.advance(61);
    expect(await made.client.store.status()).toMatchObject({
      state: 'up',
      problem: expect.stringMatching(/waited for the store and was not taken: The rows of this day were removed/),
      spool: { windows: 0 },
    });
  });
});

describe('a change of the store', () => {
  test('collects into the new one at once, remembers it, and gives the old lease back', async () => {
    const made = await started();
    const before = made.storeOf('sqlite').results.size;
    expect(before).toBeGreaterThan(0);
    const status = await made.client.store.change({ url: ADDRESS });
    expect(status).toMatchObject({ kind: 'postgres', chosen_by: 'app', state: 'up' });
    expect(JSON.stringify(status)).not.toContain('hunter2');
    made.storeOf('postgres').leases.nowSeconds = () => made.time.nowSeconds();
    await settle(300);
    expect(made.storeOf('postgres').results.size).toBeGreaterThan(0);
    expect(made.storeOf('sqlite').results.size).toBe(before);
    expect(await made.storeOf('sqlite').listLeases()).toEqual([]);
    expect(made.opened.at(-1)).toMatchObject({ kind: 'postgres', host: 'db.test', password: 'hunter2' });
    const again = await started({ state: made.state });
    expect(await again.client.store.status()).toMatchObject({ kind: 'postgres', chosen_by: 'app' });
  });

  test('begins anew there: what was known of the old store is nothing to the new one', async () => {
    const made = await started();
    await made.time.advance(7200);
    await made.client.store.change({ url: ADDRESS });
    await settle(300);
    const record = made.storeOf('postgres').clusters.get('id-of-one');
    expect(record?.createdAtSeconds).toBe(made.time.nowSeconds());
    expect(made.storeOf('sqlite').clusters.get('id-of-one')?.createdAtSeconds).toBe(made.time.nowSeconds() - 7200);
  });

  test('back to the file of the data folder', async () => {
    const made = await started();
    await made.client.store.change({ url: ADDRESS });
    expect(await made.client.store.reset()).toMatchObject({
      kind: 'sqlite',
      chosen_by: 'default',
      location: join(folder, 'podwatt.sqlite'),
    });
    const opened = made.opened.length;
    expect(await made.client.store.reset()).toMatchObject({ kind: 'sqlite' });
    expect(made.opened.length).toBe(opened);
    const again = await started({ state: made.state });
    expect(await again.client.store.status()).toMatchObject({ kind: 'sqlite', chosen_by: 'default' });
  });

  test('that fails changes nothing, and collecting goes on', async () => {
    const made = await started();
    const openStore = made.stores;
    const broken = await started({
      openStore: async (settings) => {
        if (settings.kind === 'postgres') throw new Failure('unauthenticated', 'The password is wrong');
        return openStore.get('sqlite') ?? new MemoryStore();
      },
    });
    await expect(broken.client.store.change({ url: ADDRESS })).rejects.toMatchObject({
      message: 'The password is wrong',
      data: { failure: 'unauthenticated' },
    });
    expect(await broken.client.store.status()).toMatchObject({ kind: 'sqlite', chosen_by: 'default', state: 'up' });
    expect((await broken.client.contexts.list()).contexts[0]?.collecting).toBe(true);
    await expect(broken.client.store.change({ url: 'mysql://x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(broken.state.values.get('store-address') ?? null).toBeNull();
  });

  test('is refused where a command chose it', async () => {
    const made = await started({ choice: SHARED });
    const refused = { code: 'CONFLICT', message: 'The results store was chosen when Podwatt was started' };
    await expect(made.client.store.change({ url: 'sqlite:///tmp/x.sqlite' })).rejects.toMatchObject(refused);
    await expect(made.client.store.reset()).rejects.toMatchObject(refused);
  });

  test('a command wins over what was set in the app', async () => {
    const state = new MemoryState();
    state.values.set('store-address', 'elasticsearch+https://search.test:9200');
    const made = await started({ state, choice: SHARED });
    expect(await made.client.store.status()).toMatchObject({ kind: 'postgres', chosen_by: 'command' });
  });

  test('an address that is not understood any more is a store that is away, and never another one', async () => {
    const state = new MemoryState();
    state.values.set('store-address', 'postgres://db.test/podwatt?sslrootcert=/gone/ca.pem');
    const made = await started({ state, clusters: [new FakeCluster()] });
    expect(await made.client.store.status()).toMatchObject({
      kind: 'postgres',
      chosen_by: 'app',
      state: 'away',
      problem: expect.stringContaining('/gone/ca.pem'),
    });
    expect(made.opened).toEqual([]);
    expect(await made.client.store.reset()).toMatchObject({ state: 'up', kind: 'sqlite' });
  });
});

describe('a test of an address', () => {
  test('of a file that is not there yet makes nothing', async () => {
    const made = await started();
    const file = join(folder, 'deep', 'new.sqlite');
    expect(await made.client.store.test({ url: `sqlite://${file}` })).toEqual({
      ok: true,
      kind: 'sqlite',
      location: file,
      latency_ms: null,
      server_version: null,
      schema: 'new',
      missing_rights: [],
      read_only: false,
      problem: null,
      hint: null,
    });
  });

  test('that can not be understood is bad input, without its password', async () => {
    const made = await started();
    const refused = await made.client.store.test({ url: 'postgres://me:hunter2@/x' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'BAD_REQUEST' });
    expect(String(refused)).not.toContain('hunter2');
  });
});
