import { beforeEach, describe, expect, test } from 'vitest';
import { rememberCluster, rememberRun } from '../../../../src/backend/clusters/reach.ts';
import { newEntry } from '../../../../src/backend/sync/cluster-entries.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

const cluster = new FakeCluster();
const { identity } = cluster;
const learnt = { identity, contextName: 'one', inventory: cluster.inventory(), currency: 'USD' };
const clockAt = (nowSeconds: number) => ({ nowSeconds: () => nowSeconds });
let store: MemoryStore;
const entry = () => store.clusterEntry(identity.id);

beforeEach(() => {
  store = new MemoryStore();
});

describe('what a visit writes of a cluster', () => {
  test('is its name and the provider of its nodes where the store has none', async () => {
    const record = await rememberCluster(store, clockAt(100), learnt);
    expect(record).toMatchObject({ name: identity.name, provider: 'aws', createdAtSeconds: 100 });
    expect(await entry()).toMatchObject({ name: identity.name, provider: 'aws', createdAtSeconds: 100 });
  });

  test('fills in the provider of one that was introduced before it was read', async () => {
    await rememberCluster(store, clockAt(100), { ...learnt, inventory: null });
    expect(await entry()).toMatchObject({ provider: null, region: null });
    await rememberCluster(store, clockAt(200), learnt);
    expect(await entry()).toMatchObject({ provider: 'aws', region: 'eu-west-3', createdAtSeconds: 100 });
  });

  test.each(['eks', 'gke', 'vanilla', 'ovh'])('leaves the provider %s that the sync found', async (provider) => {
    await store.putClusterEntry({ ...newEntry(identity, 'one', 'USD', 50), provider });
    await rememberCluster(store, clockAt(100), learnt);
    await rememberCluster(store, clockAt(200), { ...learnt, inventory: null });
    expect(await entry()).toMatchObject({ provider, createdAtSeconds: 50, totalNodes: 2 });
  });

  test('leaves the name that a person gave, and tells it; what the store says goes before what this machine kept', async () => {
    const kept = await rememberCluster(store, clockAt(100), learnt);
    const before = await entry();
    if (before === null) throw new Error('the cluster is not registered');
    await store.putClusterEntry({ ...before, name: 'Production, Paris', provider: 'eks' });
    const record = await rememberCluster(store, clockAt(200), learnt, kept);
    expect(record.name).toBe('Production, Paris');
    expect(await entry()).toMatchObject({ name: 'Production, Paris', provider: 'eks' });
  });

  test('has the name that this machine kept where the store is a new one', async () => {
    const kept = { ...(await rememberCluster(store, clockAt(100), learnt)), name: 'Mine' };
    store = new MemoryStore();
    await rememberCluster(store, clockAt(200), learnt, kept);
    expect(await entry()).toMatchObject({ name: 'Mine', provider: 'aws', createdAtSeconds: 100 });
  });

  test('of a run is its end alone: name and provider stay, and an error keeps the time of the last good one', async () => {
    await store.putClusterEntry({ ...newEntry(identity, 'one', 'USD', 50), name: 'Mine', provider: 'eks' });
    await rememberRun(store, clockAt(100), identity.id, null);
    await rememberRun(store, clockAt(200), identity.id, 'The API server is away');
    expect(await entry()).toMatchObject({
      name: 'Mine',
      provider: 'eks',
      lastSyncAtSeconds: 100,
      lastError: 'The API server is away',
    });
  });
});
