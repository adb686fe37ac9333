import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubePod } from '../../../../src/model/kubernetes/objects.ts';
import { bulk } from '../../../../src/storage/elasticsearch/bulk.ts';
import { HeadStore } from '../../../../src/storage/elasticsearch/head-store.ts';
import { placeOf, putOperation } from '../../../../src/storage/elasticsearch/kubernetes/document-places.ts';
import { findPage, findRecords, is, knownIds } from '../../../../src/storage/elasticsearch/kubernetes/find-records.ts';
import { needParents, underEpoch } from '../../../../src/storage/elasticsearch/kubernetes/write-records.ts';
import type { Store } from '../../../../src/storage/elasticsearch/store.ts';
import { ALERTS, CLUSTERS, NODES, PODS } from '../../../../src/storage/sql/kubernetes/record-tables.ts';
import { needs } from '../../../setup/programs.ts';
import { CLUSTER, NEW_YEAR, OTHER_CLUSTER } from '../sample-windows.ts';
import { failureCodeOf } from '../store-fixture.ts';
import { type KubernetesIndices, newKubernetesIndices } from './kubernetes-indices.ts';
import { clusterEntryOf, idOf, recordedKubePods, recordedNodes } from './recorded-objects.ts';

const MANY = 10_050;

describe.runIf(needs('elasticsearch'))('the Kubernetes part on Elasticsearch', () => {
  let indices: KubernetesIndices;
  let store: Store;
  beforeAll(async () => {
    indices = await newKubernetesIndices();
    const { requests, names } = indices;
    const heads = new HeadStore(requests, names);
    store = { requests, names, heads, owner: 'test', now: () => NEW_YEAR };
  });
  afterAll(() => indices.remove());

  describe('many pods', () => {
    const nameOf = (place: number): string => `pod-${String(place).padStart(6, '0')}`;
    beforeAll(async () => {
      const [base] = recordedKubePods();
      if (base === undefined) throw new Error('no pod is recorded');
      const pods = Array.from({ length: MANY }, (_, place): KubePod => {
        const uid = `u${place}`;
        return { ...base, id: uid, uid, name: nameOf(place), containers: [], initContainers: [] };
      });
      await bulk(
        store.requests,
        pods.map((pod) => putOperation(PODS, store.names, pod)),
      );
    });
    const conditions = [is('cluster_id', CLUSTER)];
    const sort = ['name', 'id'];

    it('are paged beyond the window of a search, with their exact number', async () => {
      const page = await findPage(store, PODS, conditions, sort, 3, MANY - 2);
      expect(page.items.map(({ name }) => name)).toEqual([nameOf(MANY - 2), nameOf(MANY - 1)]);
      expect(page.total).toBe(MANY);
      const edge = await findPage(store, PODS, conditions, sort, 2, 9999);
      expect(edge.items.map(({ name }) => name)).toEqual([nameOf(9999), nameOf(10_000)]);
      expect(await findPage(store, PODS, conditions, sort, 5, MANY + 100)).toEqual({ items: [], total: MANY });
    });

    it('are found all, or as many as asked', async () => {
      expect(await findRecords(store, PODS, conditions, sort)).toHaveLength(MANY);
      expect(await findRecords(store, PODS, conditions, sort, 5001)).toHaveLength(5001);
      expect(await findRecords(store, PODS, conditions, sort, 0)).toEqual([]);
    });

    it('are known by their ids, however many are asked', async () => {
      const asked = Array.from({ length: MANY + 5 }, (_, place) => `u${place}`);
      expect((await knownIds(store, PODS, asked)).size).toBe(MANY);
      expect((await knownIds(store, PODS, [])).size).toBe(0);
    });
  });

  it('puts a document where its line belongs, under an id that follows from it', () => {
    const [pod] = recordedKubePods();
    if (pod === undefined) throw new Error('no pod is recorded');
    const place = placeOf(PODS, store.names, PODS.lineOf(pod));
    const month = new Date(pod.createdAtSeconds * 1000).toISOString().slice(0, 7).replace('-', '.');
    expect(place).toEqual({ index: store.names.of('k8s-pods', pod.createdAtSeconds), id: pod.id });
    expect(place.index.endsWith(`k8s-pods-${month}`)).toBe(true);
    const alert = {
      id: 'a',
      budgetId: 'b',
      month: '2026-01',
      kind: '80' as const,
      atSeconds: NEW_YEAR,
      used: 1,
      expected: 2,
      limit: 3,
      seenAtSeconds: null,
    };
    const of = (part: object): string => placeOf(ALERTS, store.names, ALERTS.lineOf({ ...alert, ...part })).id;
    expect(of({ id: 'other', used: 9 })).toBe(of({}));
    expect(of({ kind: '100' })).not.toBe(of({}));
  });

  it('writes a null where nothing is known, so that documents say it themselves', async () => {
    const node = recordedNodes()[1];
    if (node === undefined) throw new Error('no node is recorded');
    const operation = putOperation(NODES, store.names, node);
    await bulk(store.requests, [operation]);
    const found = await store.requests.get(operation.index, operation.id);
    expect(found?.source).toMatchObject({ instance_type: null, deleted_at: null });
    expect(Object.keys(found?.source as object).sort()).toEqual([...NODES.columns].sort());
  });

  it('names a parent that is missing, and lets pass those that come along', async () => {
    await bulk(store.requests, [putOperation(CLUSTERS, store.names, clusterEntryOf())]);
    expect(await failureCodeOf(needParents(store, CLUSTERS, [CLUSTER, null, CLUSTER]))).toBe('no failure');
    expect(await failureCodeOf(needParents(store, CLUSTERS, [CLUSTER, 'x']))).toBe('bad-input');
    expect(await failureCodeOf(needParents(store, CLUSTERS, ['x'], new Set(['x'])))).toBe('no failure');
  });

  it('refuses an older epoch before the work, between its pieces and after it', async () => {
    const done: string[] = [];
    await underEpoch(store, OTHER_CLUSTER, 3, async () => void done.push('three'));
    const late = underEpoch(store, OTHER_CLUSTER, 2, async () => void done.push('two'));
    expect(await failureCodeOf(late)).toBe('conflict');
    const overtaken = underEpoch(store, OTHER_CLUSTER, 3, async (mayGoOn) => {
      await mayGoOn();
      await underEpoch(store, OTHER_CLUSTER, 4, async () => void done.push('four'));
      expect(await failureCodeOf(mayGoOn())).toBe('conflict');
    });
    expect(await failureCodeOf(overtaken)).toBe('conflict');
    expect(done).toEqual(['three', 'four']);
    expect((await store.heads.load(OTHER_CLUSTER))?.head).toMatchObject({ epoch: 4, hasWindows: false, job: null });
    expect((await store.heads.load(idOf('never')))?.head).toBeUndefined();
  });
});
