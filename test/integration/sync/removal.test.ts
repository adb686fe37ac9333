import { afterEach, describe, expect, test } from 'vitest';
import type { SyncDeps } from '../../../src/backend/sync/sync-deps.ts';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import { openMemory } from '../../contract/storage/open-memory.ts';
import { openNewSqlite } from '../../contract/storage/open-sqlite.ts';
import type { StoreFixture } from '../../contract/storage/store-fixture.ts';
import { syncInto, until } from '../../fakes/kubernetes/synced-cluster.ts';

type Cluster = Awaited<ReturnType<typeof syncInto<ResultsStore>>>;

let open: { cluster: Cluster; fixture: StoreFixture } | null = null;
afterEach(async () => {
  await open?.cluster.close();
  await open?.fixture.remove();
  open = null;
});

/** A followed cluster whose writing of pods waits until it is let go. */
async function heldUp(openStore: () => Promise<StoreFixture>) {
  const fixture = await openStore();
  const { store } = fixture;
  const gate = Promise.withResolvers<void>();
  const state = { isWaiting: false };
  const write = store.writeObjects.bind(store);
  store.writeObjects = async (batch, epoch) => {
    if (batch.pods.length > 0) {
      state.isWaiting = true;
      await gate.promise;
    }
    return write(batch, epoch);
  };
  const leases: SyncDeps['leases'] = {
    take: async (clusterId) => {
      const taken = await store.takeLease({ clusterId, holder: 'test', holderName: 'test', durationSeconds: 3_600 });
      if (taken.kind === 'refused') throw new Error('the lease is taken');
      return { kind: 'held', epoch: taken.lease.epoch, lost: new AbortController().signal };
    },
    release: async () => undefined,
  };
  const cluster = await syncInto(store, {}, leases);
  open = { cluster, fixture };
  cluster.workers.start('stub');
  await until('pods are being written', () => state.isWaiting);
  return { cluster, store, letGo: () => gate.resolve() };
}

async function contentOf(store: ResultsStore, clusterId: string) {
  const { total } = await store.clusterEntries({ limit: 10, offset: 0 });
  const live = await store.liveIds(clusterId);
  return { total, objects: Object.values(live).flat().length };
}

const someWritings = () => new Promise((done) => setTimeout(done, 600));

describe.each([
  ['memory', openMemory],
  ['SQLite', () => openNewSqlite()],
] as const)('a cluster in %s', (_, openStore) => {
  test('that is removed while its sync writes does not come back, nor does anything of it', async () => {
    const { cluster, store, letGo } = await heldUp(openStore);
    const { workers, clusterId } = cluster;
    expect((await contentOf(store, clusterId)).objects).toBeGreaterThan(0);
    // As the registry does it: collecting ends, with a writing that has not; then everything goes.
    await workers.stop('stub');
    await store.deleteClusterEntry(clusterId);
    letGo();
    await someWritings();
    expect(await contentOf(store, clusterId)).toEqual({ total: 0, objects: 0 });
  });

  test('that another Podwatt removes is left alone from then on', async () => {
    const { cluster, store, letGo } = await heldUp(openStore);
    const { workers, clusterId } = cluster;
    letGo();
    await until('the first writing', () => (workers.status()[0]?.counts.writes ?? 0) > 0);
    await store.deleteClusterEntry(clusterId);
    await until('it is noticed', () => workers.status()[0]?.clusters[0]?.state === 'removed');
    await someWritings();
    expect(await contentOf(store, clusterId)).toEqual({ total: 0, objects: 0 });
    expect(cluster.objects.watching).toBe(0);
  });

  test('keeps what the person changed of it during a long writing', async () => {
    const { cluster, store, letGo } = await heldUp(openStore);
    const { workers, clusterId } = cluster;
    const before = await store.clusterEntry(clusterId);
    if (before === null) throw new Error('there is no row');
    await store.putClusterEntry({ ...before, description: 'of the person', tags: ['mine'] });
    letGo();
    await until('it is recorded', async () => (await store.clusterEntry(clusterId))?.totalPods === 109);
    expect(await store.clusterEntry(clusterId)).toMatchObject({ description: 'of the person', tags: ['mine'] });
    expect((workers.status()[0]?.counts.writes ?? 0) > 0).toBe(true);
  });
});
