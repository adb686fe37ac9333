import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION } from '../../../../src/model/retention.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, OTHER_CLUSTER } from '../sample-windows.ts';
import { failureCodeOf, type OpenStore, useStore } from '../store-fixture.ts';
import { change, clusterNamed, filter, recommendation, savingsDay, score, WEEK } from './sample-recommendations.ts';

/** A store that knows two clusters. */
export function useClusters(open: OpenStore): ReturnType<typeof useStore> {
  const fixture = useStore(open);
  beforeEach(async () => {
    const { store } = fixture.current();
    await store.putCluster(clusterNamed(CLUSTER, 'prod'));
    await store.putCluster(clusterNamed(OTHER_CLUSTER, 'stage'));
  });
  return fixture;
}

/** The savings ledger, the history of scores, and what becomes of all of it. */
export function ledgerContract(name: string, open: OpenStore): void {
  describe(`${name}: savings`, () => {
    const fixture = useClusters(open);

    it('are a day of a recommendation each, which a later one replaces', async () => {
      const { store } = fixture.current();
      const measured = savingsDay('a', 0, { measuredCo2eGrams: -0.5, measuredCost: 2.25 });
      await store.putSavings(CLUSTER, [savingsDay('b', 1), savingsDay('a', 0), savingsDay('a', 1)], 1);
      await store.putSavings(CLUSTER, [measured, savingsDay('a', 7), savingsDay('c', 0, { namespace: null })], 1);
      await store.putSavings(CLUSTER, [], 1);
      const all = [measured, savingsDay('c', 0, { namespace: null }), savingsDay('a', 1), savingsDay('b', 1)];
      expect(await store.savingsDays([], WEEK, 10)).toEqual(all);
      expect(await store.savingsDays([CLUSTER], WEEK, 2)).toEqual(all.slice(0, 2));
      expect(await store.savingsDays([OTHER_CLUSTER], WEEK, 10)).toEqual([]);
      expect(await store.savingsDays([], { ...WEEK, startSeconds: NEW_YEAR + 1 }, 10)).toEqual(all.slice(2));
    });

    it('are summed in the store: all, by type, by namespace', async () => {
      const { store } = fixture.current();
      const other = { clusterId: OTHER_CLUSTER };
      await store.putSavings(
        CLUSTER,
        [
          savingsDay('a', 0, { measuredCo2eGrams: 3, measuredCost: 0.5 }),
          savingsDay('a', 1, { measuredCo2eGrams: -1, measuredCost: 0.25 }),
          savingsDay('b', 1, { type: 'ZOMBIE_POD', namespace: 'pay' }),
          savingsDay('n', 1, { type: 'CONSOLIDATE_NODES', namespace: null, measuredCo2eGrams: 100 }),
          savingsDay('a', 7, { measuredCo2eGrams: 1e6, measuredCost: 1e6 }),
        ],
        1,
      );
      await store.putSavings(OTHER_CLUSTER, [savingsDay('z', 2, { ...other, measuredCost: 8 })], 1);
      const sums = (key: string | null, days: number, co2e: number, cost: number, count: number) => ({
        key,
        promisedCo2eGrams: 10.5 * days,
        promisedCost: 1.25 * days,
        measuredCo2eGrams: co2e,
        measuredCost: cost,
        count,
      });
      expect(await store.savingsSums([], WEEK, null)).toEqual([sums(null, 5, 102, 8.75, 4)]);
      expect(await store.savingsSums([CLUSTER], WEEK, null)).toEqual([sums(null, 4, 102, 0.75, 3)]);
      expect(await store.savingsSums([CLUSTER], WEEK, 'type')).toEqual([
        sums('CONSOLIDATE_NODES', 1, 100, 0, 1),
        sums('RIGHTSIZING_CPU', 2, 2, 0.75, 1),
        sums('ZOMBIE_POD', 1, 0, 0, 1),
      ]);
      expect(await store.savingsSums([], WEEK, 'namespace')).toEqual([
        sums(null, 1, 100, 0, 1),
        sums('pay', 1, 0, 0, 1),
        sums('shop', 3, 2, 8.75, 2),
      ]);
      const never = { startSeconds: 0, endSeconds: DAY };
      expect(await store.savingsSums([], never, null)).toEqual([sums(null, 0, 0, 0, 0)]);
      expect(await store.savingsSums([], never, 'type')).toEqual([]);
    });

    it('are refused from who holds the cluster no more, and of another cluster', async () => {
      const { store } = fixture.current();
      await store.putSavings(CLUSTER, [savingsDay('a', 0)], 3);
      expect(await failureCodeOf(store.putSavings(CLUSTER, [savingsDay('a', 1)], 2))).toBe('conflict');
      expect(await failureCodeOf(store.putScores(CLUSTER, [score(0)], 2))).toBe('conflict');
      expect(await failureCodeOf(store.putSavings(OTHER_CLUSTER, [savingsDay('a', 1)], 9))).toBe('bad-input');
      expect(await failureCodeOf(store.putScores(OTHER_CLUSTER, [score(1)], 9))).toBe('bad-input');
      expect(await store.savingsDays([], WEEK, 10)).toEqual([savingsDay('a', 0)]);
      expect(await store.scores(CLUSTER, null, WEEK)).toEqual([]);
    });
  });

  describe(`${name}: scores`, () => {
    const fixture = useClusters(open);
    const shop = (day: number) => score(day, { namespace: 'shop', score: null, raise: null, dimensions: [] });

    it('are one a day, cluster and namespace: the later one of a day stays', async () => {
      const { store } = fixture.current();
      const later = score(1, { atSeconds: NEW_YEAR + DAY + 8 * HOUR, score: 12.5 });
      await store.putScores(CLUSTER, [score(1), score(0), shop(0), score(2)], 1);
      await store.putScores(CLUSTER, [later], 1);
      expect(await store.scores(CLUSTER, null, WEEK)).toEqual([score(0), later, score(2)]);
      expect(await store.scores(CLUSTER, 'shop', WEEK)).toEqual([shop(0)]);
      expect(await store.scores(CLUSTER, 'pay', WEEK)).toEqual([]);
      expect(await store.scores(OTHER_CLUSTER, null, WEEK)).toEqual([]);
      const at = later.atSeconds;
      expect(await store.scores(CLUSTER, null, { startSeconds: at, endSeconds: at + 1 })).toEqual([later]);
      expect(await store.scores(CLUSTER, null, { startSeconds: NEW_YEAR, endSeconds: at })).toEqual([score(0)]);
    });

    it('tell the newest of each cluster, or of each namespace', async () => {
      const { store } = fixture.current();
      const other = score(0, { clusterId: OTHER_CLUSTER });
      const pay = score(0, { namespace: 'pay' });
      expect(await store.latestScores([], 'cluster')).toEqual([]);
      await store.putScores(CLUSTER, [score(3), score(1), shop(2), shop(1), pay], 1);
      await store.putScores(OTHER_CLUSTER, [other], 1);
      expect(await store.latestScores([], 'cluster')).toEqual([score(3), other]);
      expect(await store.latestScores([OTHER_CLUSTER], 'cluster')).toEqual([other]);
      expect(await store.latestScores([], 'namespace')).toEqual([pay, shop(2)]);
      expect(await store.latestScores([OTHER_CLUSTER], 'namespace')).toEqual([]);
    });
  });

  describe(`${name}: what was recommended`, () => {
    const fixture = useClusters(open);
    const fill = async (clusterId: string) => {
      const { store } = fixture.current();
      const { target } = recommendation('x');
      const id = `r-${clusterId}`;
      const item = recommendation(id, { status: 'stale', target: { ...target, clusterId } });
      await store.putRecommendations(clusterId, [item], [change(id, { clusterId })], 1);
      await store.putSavings(clusterId, [savingsDay(id, 0, { clusterId })], 1);
      await store.putScores(clusterId, [score(0, { clusterId }), score(400, { clusterId })], 1);
    };
    const long = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 500 * DAY };
    const counts = async (clusterId: string) => {
      const { store } = fixture.current();
      return [
        (await store.recommendations(filter({ clusterIds: [clusterId] }))).total,
        (await store.statusHistory([clusterId], long, 10)).length,
        (await store.savingsDays([clusterId], long, 10)).length,
        (await store.scores(clusterId, null, long)).length,
      ];
    };

    it('goes with its cluster, and with no other one', async () => {
      await fill(CLUSTER);
      await fill(OTHER_CLUSTER);
      await fixture.current().store.deleteCluster(CLUSTER);
      expect(await counts(CLUSTER)).toEqual([0, 0, 0, 0]);
      expect(await counts(OTHER_CLUSTER)).toEqual([1, 1, 1, 2]);
    });

    it('stays over years, but scores go after 400 days', async () => {
      await fill(CLUSTER);
      await fixture.current().store.maintain(DEFAULT_RETENTION, NEW_YEAR + 400 * DAY + HOUR);
      expect(await counts(CLUSTER)).toEqual([1, 1, 1, 2]);
      await fixture.current().store.maintain(DEFAULT_RETENTION, NEW_YEAR + 401 * DAY + HOUR);
      expect(await counts(CLUSTER)).toEqual([1, 1, 1, 1]);
    });
  });
}
