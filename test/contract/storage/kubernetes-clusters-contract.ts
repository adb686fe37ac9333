import { beforeEach, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import { clusterEntryOf, idOf } from './kubernetes/recorded-objects.ts';
import { CLUSTER, HOUR, NEW_YEAR, OTHER_CLUSTER } from './sample-windows.ts';
import { failureCodeOf, type OpenStore, useStore } from './store-fixture.ts';

const ALL = { limit: 500, offset: 0 };

/** The registry of clusters and the history of their health. */
export function kubernetesClustersContract(name: string, open: OpenStore): void {
  describe(`${name}: clusters of Kubernetes`, () => {
    const fixture = useStore(open);
    let store: ResultsStore;
    beforeEach(() => {
      store = fixture.current().store;
    });

    it('keeps every field of an entry, and replaces it as a whole', async () => {
      const entry = clusterEntryOf();
      await store.putClusterEntry(entry);
      expect(await store.clusterEntry(CLUSTER)).toEqual(entry);
      const bare = clusterEntryOf(CLUSTER, {
        description: null,
        sealedKubeconfig: null,
        environment: null,
        provider: null,
        lastSyncAtSeconds: null,
        lastError: null,
        totalPods: null,
        tags: [],
        metadata: {},
        status: 'paused',
      });
      await store.putClusterEntry(bare);
      expect(await store.clusterEntry(CLUSTER)).toEqual(bare);
      expect(await store.clusterEntry('nobody')).toBeNull();
    });

    it('shares its line with the record that results keep: neither loses what is of the other', async () => {
      const entry = clusterEntryOf();
      await store.putClusterEntry(entry);
      const [record] = await store.listClusters();
      expect(record).toMatchObject({ id: CLUSTER, name: 'Production', provider: null, currency: 'EUR', podCount: 109 });
      if (record === undefined) throw new Error('the cluster is not listed');
      await store.putCluster({ ...record, podCount: 7, lastError: null, updatedAtSeconds: NEW_YEAR + 5 });
      expect(await store.clusterEntry(CLUSTER)).toEqual({
        ...entry,
        totalPods: 7,
        lastError: null,
        updatedAtSeconds: NEW_YEAR + 5,
      });
    });

    it('knows a cluster that only results have registered', async () => {
      await store.putClusterEntry(clusterEntryOf());
      const [record] = await store.listClusters();
      if (record === undefined) throw new Error('the cluster is not listed');
      await store.putCluster({ ...record, id: OTHER_CLUSTER, provider: 'aws' });
      expect(await store.clusterEntry(OTHER_CLUSTER)).toMatchObject({
        provider: 'aws',
        status: 'active',
        healthStatus: 'unknown',
        sealedKubeconfig: null,
        tags: [],
        metadata: {},
      });
    });

    it('lists entries by name, page by page, with the total of all that match', async () => {
      const names = ['delta', 'alpha', 'echo', 'Bravo', 'charlie'];
      for (const [place, each] of names.entries()) {
        const environment = place % 2 === 0 ? 'production' : 'staging';
        await store.putClusterEntry(clusterEntryOf(idOf(each), { name: each, environment }));
      }
      const namesOf = async (part: object): Promise<unknown> => {
        const page = await store.clusterEntries({ ...ALL, ...part });
        return [page.total, ...page.items.map((entry) => entry.name)];
      };
      expect(await namesOf({ limit: 2, offset: 1 })).toEqual([5, 'alpha', 'charlie']);
      expect(await namesOf({ environment: 'staging' })).toEqual([2, 'Bravo', 'alpha']);
      expect(await namesOf({ provider: 'gke' })).toEqual([0]);
      expect(await namesOf({ status: 'active', provider: 'eks', limit: 1 })).toEqual([5, 'Bravo']);
      expect(await namesOf({ offset: 9 })).toEqual([5]);
    });

    it('keeps the history of health, newest first', async () => {
      await store.putClusterEntry(clusterEntryOf());
      const reasons = [{ code: 'node-not-ready' as const, message: 'one node', objects: ['n1'] }];
      const change = (hour: number) => ({
        clusterId: CLUSTER,
        atSeconds: NEW_YEAR + hour * HOUR,
        status: 'degraded' as const,
        reasons: hour === 0 ? [] : reasons,
      });
      for (const hour of [1, 0, 2, 3]) await store.addHealthChange(change(hour));
      const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 3 * HOUR };
      expect(await store.healthHistory(CLUSTER, range, 2)).toEqual([change(2), change(1)]);
      expect(await store.healthHistory(CLUSTER, range, 9)).toHaveLength(3);
      expect(await failureCodeOf(store.addHealthChange({ ...change(0), clusterId: 'nobody' }))).toBe('bad-input');
    });
  });
}
