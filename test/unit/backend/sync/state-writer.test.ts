import { beforeEach, describe, expect, test } from 'vitest';
import { cachedInventory } from '../../../../src/backend/sync/cached-inventory.ts';
import { newEntry } from '../../../../src/backend/sync/cluster-entries.ts';
import { Owners } from '../../../../src/backend/sync/owners.ts';
import { namedId } from '../../../../src/backend/sync/row-ids.ts';
import { RowMaker } from '../../../../src/backend/sync/row-maker.ts';
import { StateWriter } from '../../../../src/backend/sync/state-writer.ts';
import { SyncCache } from '../../../../src/backend/sync/sync-cache.ts';
import { FOLLOWED_RESOURCES, type FollowedResource } from '../../../../src/core/ports/object-feed.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { SeenNamespace, SeenRelease } from '../../../../src/model/kubernetes/seen.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { seenPod, seenWorkload } from '../../../fakes/kubernetes/seen-objects.ts';

const CLUSTER = 'cluster-1';
const identity = {
  id: CLUSTER,
  idSource: 'kube-system',
  name: 'one',
  serverUrl: 'https://one',
  serverVersion: 'v1',
} as const;

const namespace = (name: string): SeenNamespace => ({
  kind: 'Namespace',
  name,
  uid: null,
  createdAtSeconds: 1,
  status: 'Active',
  team: 'team-of-namespace',
  costCenter: null,
  labels: {},
  annotations: {},
});
const pod = seenPod;
const workload = seenWorkload;
const release = (revision: number): SeenRelease => ({
  kind: 'Release',
  namespace: 'shop',
  name: `sh.helm.release.v1.shop.v${revision}`,
  release: {
    name: 'shop',
    chartName: 'shop',
    chartVersion: null,
    appVersion: null,
    status: 'deployed',
    revision,
    valuesYaml: null,
    firstDeployedAtSeconds: 1,
    lastDeployedAtSeconds: 2,
    createdAtSeconds: 1,
  },
});
const kill = (container: string, ordinal: number) => ({ container, ordinal, atSeconds: 100 });

let now = 1_000;
let store: MemoryStore;
let cache: SyncCache;
let owners: Owners;
let unlisted: Set<FollowedResource>;
let writer: StateWriter;

beforeEach(async () => {
  now = 1_000;
  store = new MemoryStore();
  await store.putClusterEntry(newEntry(identity, 'one', 'USD', 1));
  unlisted = new Set();
  begin();
  cache.put('namespaces', namespace('shop'));
});

/** As after a start of Podwatt: nothing is remembered but the store. */
function begin(): void {
  cache = new SyncCache(() => now);
  owners = new Owners(cache);
  const rows = new RowMaker(CLUSTER, cache, () => now);
  writer = new StateWriter({
    clusterId: CLUSTER,
    cache,
    owners,
    rows,
    store,
    nowSeconds: () => now,
    isListed: (resource) => !unlisted.has(resource),
  });
}
const stored = (name: string) => [...store.kubernetes.pods.values()].find((each) => each.name === name);

describe('writing the state', () => {
  test('writes what changed, once', async () => {
    cache.put('pods', pod('a'));
    cache.put('pods', pod('b'));
    expect(await writer.write(1)).toBe(3);
    expect(await writer.write(1)).toBe(0);
    cache.put('pods', pod('a', { phase: 'Pending' }));
    // The pod; its namespace holds as many pods as before.
    expect(await writer.write(1)).toBe(1);
    expect(stored('a')?.phase).toBe('Pending');
    expect([...store.kubernetes.namespaces.values()][0]?.podCount).toBe(2);
  });

  test('what could not be written is written the next time, ends too', async () => {
    cache.put('pods', pod('a'));
    cache.put('pods', pod('b'));
    await writer.write(1);
    cache.put('pods', pod('c'));
    cache.remove('pods', pod('b'));
    const whole = store.writeObjects.bind(store);
    store.writeObjects = async () => {
      throw new Failure('store-away', 'away');
    };
    await expect(writer.write(1)).rejects.toMatchObject({ code: 'store-away' });
    store.writeObjects = whole;
    now = 1_030;
    await writer.write(1);
    expect(stored('c')).toBeDefined();
    expect(stored('b')?.finishedAtSeconds).toBe(1_030);
  });

  test('an older epoch is refused and loses nothing', async () => {
    await writer.write(5);
    cache.put('pods', pod('a'));
    await expect(writer.write(4)).rejects.toMatchObject({ code: 'conflict' });
    await writer.write(6);
    expect(stored('a')).toBeDefined();
  });
});

describe('pods', () => {
  test('a new pod of the same name is another one; the first has ended', async () => {
    cache.put('pods', pod('db-0', { uid: 'first' }));
    await writer.write(1);
    cache.put('pods', pod('db-0', { uid: 'second' }));
    await writer.write(1);
    expect(store.kubernetes.pods.get('first')?.finishedAtSeconds).toBe(1_000);
    expect(store.kubernetes.pods.get('second')?.finishedAtSeconds).toBeNull();
    // A late word on the first says nothing of the second.
    cache.remove('pods', pod('db-0', { uid: 'first' }));
    await writer.write(1);
    expect(store.kubernetes.pods.get('second')?.finishedAtSeconds).toBeNull();
  });

  test('kills are counted once, over restarts of Podwatt too', async () => {
    const containers = [{ name: 'main', image: '', state: 'running', reason: null, ready: true, restartCount: 3 }];
    const seen = pod('a', { containers, restartCount: 3, oomKills: [kill('main', 3)] });
    cache.put('pods', seen);
    await writer.write(1);
    cache.put('pods', seen);
    await writer.write(1);
    expect(stored('a')?.oomKills).toBe(1);
    begin();
    cache.put('namespaces', namespace('shop'));
    cache.put('pods', seen);
    await writer.write(2);
    expect(stored('a')?.oomKills).toBe(1);
    cache.put('pods', { ...seen, oomKills: [kill('main', 4)] });
    await writer.write(2);
    expect(stored('a')?.oomKills).toBe(2);
    expect(cache.killsBetween(100, 101).get('shop/a')).toBe(1);
    expect(cache.killsBetween(101, 400).size).toBe(0);
  });

  test('an ended pod ended with its last container, an evicted one with its last change', async () => {
    cache.put('pods', pod('done', { phase: 'Succeeded', finishedAtSeconds: 500 }));
    cache.put('pods', pod('evicted', { phase: 'Failed', changedAtSeconds: 600 }));
    await writer.write(1);
    expect(stored('done')?.finishedAtSeconds).toBe(500);
    expect(stored('evicted')?.finishedAtSeconds).toBe(600);
  });
});

describe('workloads', () => {
  const idOf = (kind: string, name: string) => namedId(CLUSTER, kind, 'shop', name);

  test('pods hang on their top owner, also when its ReplicaSet comes later', async () => {
    cache.put('deployments', workload('Deployment', 'cart'));
    cache.put('pods', pod('a', { owner: { kind: 'ReplicaSet', name: 'cart-5d5f' } }));
    await writer.write(1);
    expect(stored('a')?.workloadId).toBeNull();
    cache.put('replicasets', workload('ReplicaSet', 'cart-5d5f', { owner: { kind: 'Deployment', name: 'cart' } }));
    await writer.write(1);
    expect(stored('a')?.workloadId).toBe(idOf('Deployment', 'cart'));
    expect([...store.kubernetes.workloads.values()].map(({ kind }) => kind)).toEqual(['Deployment']);
  });

  test('kinds that are not followed are known from their pods, and end with them', async () => {
    const owner = { kind: 'Rollout', name: 'canary' };
    cache.put('pods', pod('a', { owner }));
    cache.put('pods', pod('b', { owner, phase: 'Pending' }));
    await writer.write(1);
    const row = () => store.kubernetes.workloads.get(idOf('Rollout', 'canary'));
    expect(row()).toMatchObject({ replicasDesired: 2, replicasReady: 1, uid: null, deletedAtSeconds: null });
    cache.remove('pods', pod('a', { owner }));
    cache.remove('pods', pod('b', { owner }));
    await writer.write(1);
    expect(row()?.deletedAtSeconds).toBe(1_000);
  });

  test('one that is made anew goes on in its row', async () => {
    cache.put('deployments', workload('Deployment', 'cart', { uid: 'first' }));
    await writer.write(1);
    cache.remove('deployments', workload('Deployment', 'cart'));
    await writer.write(1);
    expect(store.kubernetes.workloads.get(idOf('Deployment', 'cart'))?.deletedAtSeconds).toBe(1_000);
    cache.put('deployments', workload('Deployment', 'cart', { uid: 'second' }));
    await writer.write(1);
    expect([...store.kubernetes.workloads.values()]).toMatchObject([{ uid: 'second', deletedAtSeconds: null }]);
  });

  test('of a list that is refused are made up, with their namespaces', async () => {
    begin();
    unlisted = new Set(['deployments', 'namespaces']);
    cache.put('pods', pod('a', { owner: { kind: 'ReplicaSet', name: 'cart-5d5f' }, templateHash: '5d5f' }));
    await writer.write(1);
    expect(stored('a')?.workloadId).toBe(idOf('Deployment', 'cart'));
    expect([...store.kubernetes.namespaces.values()]).toMatchObject([{ name: 'shop', uid: null }]);
  });

  test('a pod that a kubelet started by itself has none', async () => {
    cache.put('pods', pod('etcd', { owner: { kind: 'Node', name: 'node-1' } }));
    await writer.write(1);
    expect(stored('etcd')?.workloadId).toBeNull();
    const told = { readAtSeconds: 1, notices: [], hasClaims: false };
    expect(cachedInventory(cache, owners, told).pods[0]).toMatchObject({
      owner: { kind: 'Node', name: 'node-1' },
      team: 'team-of-namespace',
    });
  });

  test('lack pods since they say, or since they were first seen to', () => {
    const lacking = { replicas: { ...workload('x', 'x').replicas, replicasAvailable: 0, replicasUnavailable: 1 } };
    const since = () => cache.workloadsOf('deployments').get('shop/cart')?.unavailableSinceSeconds;
    cache.put('deployments', workload('Deployment', 'cart', lacking));
    now = 1_100;
    cache.put('deployments', workload('Deployment', 'cart', lacking));
    expect(since()).toBe(1_000);
    cache.put('deployments', workload('Deployment', 'cart', { ...lacking, unavailableSinceSeconds: 900 }));
    expect(since()).toBe(900);
    cache.put('deployments', workload('Deployment', 'cart'));
    expect(since()).toBeNull();
  });
});

describe('releases', () => {
  test('the newest revision stands; an older one takes over where it goes, and the last one ends it', async () => {
    cache.put('secrets', release(1));
    cache.put('secrets', release(2));
    await writer.write(1);
    const row = () => [...store.kubernetes.releases.values()];
    expect(row()).toMatchObject([{ revision: 2 }]);
    cache.remove('secrets', release(2));
    await writer.write(1);
    expect(row()).toMatchObject([{ revision: 1, deletedAtSeconds: null }]);
    cache.remove('secrets', release(1));
    await writer.write(1);
    expect(row()).toMatchObject([{ revision: 1, deletedAtSeconds: 1_000 }]);
  });
});

describe('comparing with the store', () => {
  test('marks as gone what is not shown any more, only of lists that are known', async () => {
    cache.put('pods', pod('a'));
    cache.put('secrets', release(1));
    cache.put('deployments', workload('Deployment', 'cart'));
    await writer.write(1);
    begin();
    unlisted = new Set(['secrets']);
    cache.put('namespaces', namespace('shop'));
    await writer.write(2);
    expect(await writer.compare(2)).toBe(2);
    expect(stored('a')?.finishedAtSeconds).toBe(1_000);
    expect([...store.kubernetes.releases.values()]).toMatchObject([{ deletedAtSeconds: null }]);
    expect([...store.kubernetes.namespaces.values()]).toMatchObject([{ deletedAtSeconds: null }]);
    expect(await writer.compare(2)).toBe(0);
  });

  test('a list in the cache drops what it does not show', () => {
    for (const resource of FOLLOWED_RESOURCES) cache.of(resource).beginList();
    cache.put('pods', pod('b'));
    for (const resource of FOLLOWED_RESOURCES) cache.of(resource).endList();
    expect([cache.pods.size, cache.namespaces.size]).toEqual([1, 0]);
  });
});
