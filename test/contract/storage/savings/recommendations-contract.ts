import { describe, expect, it } from 'vitest';
import { CLUSTER, DAY, NEW_YEAR, OTHER_CLUSTER } from '../sample-windows.ts';
import { failureCodeOf, type OpenStore } from '../store-fixture.ts';
import { useClusters } from './ledger-contract.ts';
import { change, filter, recommendation, regressed, saves } from './sample-recommendations.ts';

/** Recommendations and the history of what became of them. */
export function recommendationsContract(name: string, open: OpenStore): void {
  describe(`${name}: recommendations`, () => {
    const fixture = useClusters(open);
    const idsOf = async (part: Parameters<typeof filter>[0]): Promise<string[]> =>
      (await fixture.current().store.recommendations(filter(part))).items.map(({ id }) => id);

    it('come back as they were given, to the last bit', async () => {
      const { store } = fixture.current();
      const plain = recommendation('a', {
        change: null,
        scope: 'cluster',
        type: 'CONSOLIDATE_NODES',
        target: { clusterId: CLUSTER, namespace: null, ownerKind: null, ownerName: null, node: null },
      });
      const ofNode = recommendation('b', {
        scope: 'node',
        target: { ...plain.target, node: 'n1' },
        savings: { ...plain.savings, needsNodeToGo: false },
      });
      const all = [plain, ofNode, regressed('c')];
      await store.putRecommendations(CLUSTER, all, [], 1);
      for (const each of all) expect(await store.recommendation(each.id)).toEqual(each);
      expect(await store.recommendation('nobody')).toBeNull();
      expect(await store.recommendations(filter())).toEqual({ items: all, total: 3 });
    });

    it('are replaced by their id, with all that was set before', async () => {
      const { store } = fixture.current();
      await store.putRecommendations(CLUSTER, [regressed('a'), recommendation('b')], [], 1);
      const anew = recommendation('a', { title: 'Lower it more', ...saves(99, 0) });
      await store.putRecommendations(CLUSTER, [recommendation('a'), anew], [], 1);
      expect(await store.recommendation('a')).toEqual(anew);
      expect(await idsOf({})).toEqual(['a', 'b']);
      await store.putRecommendations(CLUSTER, [], [], 1);
      expect(await idsOf({})).toEqual(['a', 'b']);
    });

    it('are filtered by cluster, status, type, namespace and the time that they were found', async () => {
      const { store } = fixture.current();
      const { target } = recommendation('x');
      await store.putRecommendations(
        CLUSTER,
        [
          recommendation('a', { foundAtSeconds: NEW_YEAR }),
          recommendation('b', { status: 'ignored', foundAtSeconds: NEW_YEAR + DAY - 1 }),
          recommendation('c', { type: 'ZOMBIE_POD', status: 'stale', foundAtSeconds: NEW_YEAR + DAY }),
          recommendation('d', { target: { ...target, namespace: 'pay' }, foundAtSeconds: NEW_YEAR + 2 * DAY }),
        ],
        [],
        1,
      );
      const other = { ...target, clusterId: OTHER_CLUSTER };
      await store.putRecommendations(OTHER_CLUSTER, [recommendation('e', { target: other })], [], 1);
      expect(await idsOf({})).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(await idsOf({ clusterIds: [OTHER_CLUSTER] })).toEqual(['e']);
      expect(await idsOf({ clusterIds: [OTHER_CLUSTER, CLUSTER], statuses: ['active'] })).toEqual(['a', 'd', 'e']);
      expect(await idsOf({ statuses: ['ignored', 'stale'] })).toEqual(['b', 'c']);
      expect(await idsOf({ types: ['ZOMBIE_POD', 'IDLE_NAMESPACE'] })).toEqual(['c']);
      expect(await idsOf({ namespace: 'pay' })).toEqual(['d']);
      expect(await idsOf({ found: { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY } })).toEqual(['a', 'b']);
      expect(await idsOf({ clusterIds: ['nobody'] })).toEqual([]);
    });

    it('are sorted in the store, and come in pages with their number', async () => {
      const { store } = fixture.current();
      await store.putRecommendations(
        CLUSTER,
        [
          recommendation('a', { priority: 'low', foundAtSeconds: NEW_YEAR, ...saves(5, 1) }),
          recommendation('b', { priority: 'critical', foundAtSeconds: NEW_YEAR + 3, ...saves(1, 9) }),
          recommendation('c', { priority: 'high', foundAtSeconds: NEW_YEAR + 3, ...saves(5, 2) }),
          recommendation('d', { priority: 'medium', foundAtSeconds: NEW_YEAR + 1, ...saves(0, 9) }),
          recommendation('e', { priority: 'critical', foundAtSeconds: NEW_YEAR + 2, ...saves(7, -3) }),
        ],
        [],
        1,
      );
      expect(await idsOf({ sort: 'co2e' })).toEqual(['e', 'c', 'a', 'b', 'd']);
      expect(await idsOf({ sort: 'cost' })).toEqual(['b', 'd', 'c', 'a', 'e']);
      expect(await idsOf({ sort: 'priority' })).toEqual(['e', 'b', 'c', 'd', 'a']);
      expect(await idsOf({ sort: 'newest' })).toEqual(['c', 'b', 'e', 'd', 'a']);
      const page = await store.recommendations(filter({ sort: 'newest', limit: 2, offset: 1 }));
      expect([page.items.map(({ id }) => id), page.total]).toEqual([['b', 'e'], 5]);
      expect(await store.recommendations(filter({ offset: 9 }))).toEqual({ items: [], total: 5 });
    });

    it('have a history, written together with them', async () => {
      const { store } = fixture.current();
      const first = change('a', { atSeconds: NEW_YEAR });
      const second = change('a', { atSeconds: NEW_YEAR + 60, status: 'ignored', reason: 'not "now"' });
      const third = change('b', { atSeconds: NEW_YEAR + 60, status: 'applied', actual: { cpu_request: 600, x: null } });
      await store.putRecommendations(CLUSTER, [recommendation('a'), recommendation('b')], [second, first], 1);
      await store.putRecommendations(CLUSTER, [], [third, second], 1);
      expect(await store.statusChanges('a')).toEqual([first, second]);
      expect(await store.statusChanges('b')).toEqual([third]);
      expect(await store.statusChanges('nobody')).toEqual([]);
      const ever = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
      expect(await store.statusHistory([], ever, 10)).toEqual([second, third, first]);
      expect(await store.statusHistory([CLUSTER], ever, 2)).toEqual([second, third]);
      expect(await store.statusHistory([], { ...ever, startSeconds: NEW_YEAR + 1 }, 10)).toEqual([second, third]);
      expect(await store.statusHistory([], { ...ever, endSeconds: NEW_YEAR + 60 }, 10)).toEqual([first]);
      expect(await store.statusHistory([OTHER_CLUSTER], ever, 10)).toEqual([]);
    });

    it('are refused from who holds the cluster no more, and from the wrong cluster', async () => {
      const { store, dump } = fixture.current();
      await store.putRecommendations(CLUSTER, [recommendation('a')], [], 5);
      const before = await dump();
      const late = store.putRecommendations(CLUSTER, [recommendation('b')], [change('a')], 4);
      expect(await failureCodeOf(late)).toBe('conflict');
      const foreign = store.putRecommendations(OTHER_CLUSTER, [recommendation('b')], [], 9);
      expect(await failureCodeOf(foreign)).toBe('bad-input');
      expect(await dump()).toBe(before);
      // Another cluster has epochs of its own.
      const { target } = recommendation('x');
      const other = recommendation('c', { target: { ...target, clusterId: OTHER_CLUSTER } });
      await store.putRecommendations(OTHER_CLUSTER, [other], [], 1);
      expect(await idsOf({})).toEqual(['a', 'c']);
    });

    it('keep text that no store would take as it is', async () => {
      const { store } = fixture.current();
      const odd = recommendation('a', { title: 'naïve 𝄞 ', reason: "'; DROP TABLE recommendations; --" });
      await store.putRecommendations(CLUSTER, [odd], [], 1);
      expect(await store.recommendation('a')).toEqual(odd);
    });
  });
}
