import { describe, expect, it } from 'vitest';
import {
  countsOf,
  INDEX_SECONDS,
  ItemIndex,
  savedTogether,
  sumOfJoints,
} from '../../../../src/backend/recommendations/item-index.ts';
import { Failure } from '../../../../src/model/failure.ts';
import type { Evidence } from '../../../../src/model/recommendations/evidence.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { CLUSTER, flat, item, NOW, range, savings } from './samples.ts';

const ALL = { namespace: null, types: [], found: null } as const;
const series: Evidence['series'] = [
  { name: 'CPU', unit: 'cores', startSeconds: 0, stepSeconds: 3600, mean: [1], peak: null },
];

function indexed() {
  const store = new MemoryStore();
  const time = new ManualTime(NOW);
  let reads = 0;
  const reader = {
    recommendations: (filter: Parameters<MemoryStore['recommendations']>[0]) => {
      reads += 1;
      return store.recommendations(filter);
    },
  };
  const index = new ItemIndex(reader, time);
  return { store, time, index, reads: () => reads };
}

describe('the index', () => {
  it('holds all of a cluster, without what makes them large', async () => {
    const { store, index } = indexed();
    for (let count = 0; count < 230; count += 1) {
      const id = `r${count}`;
      store.recommendationRows.set(id, item({ id, evidence: { ...item().evidence, series, figures: { nodes: 1 } } }));
    }
    const items = await index.of(CLUSTER, ALL);
    expect(items).toHaveLength(230);
    expect(items[0]?.evidence).toMatchObject({ series: [], figures: { nodes: 1 } });
  });

  it('is read once, and anew when it was written or some time passed', async () => {
    const { store, time, index, reads } = indexed();
    store.recommendationRows.set('r1', item());
    await Promise.all([index.of(CLUSTER, ALL), index.of(CLUSTER, ALL)]);
    expect(reads()).toBe(1);
    index.forget(CLUSTER);
    await index.of(CLUSTER, ALL);
    expect(reads()).toBe(2);
    await time.advance(INDEX_SECONDS);
    await index.of(CLUSTER, ALL);
    expect(reads()).toBe(3);
    index.forgetAll();
    await index.of(CLUSTER, ALL);
    expect(reads()).toBe(4);
  });

  it('does not keep a failure', async () => {
    const { store, index } = indexed();
    store.failWith = new Failure('store-away', 'away');
    await expect(index.of(CLUSTER, ALL)).rejects.toThrow('away');
    store.failWith = null;
    expect(await index.of(CLUSTER, ALL)).toEqual([]);
  });

  it('filters by namespace, type and the time that it was found', async () => {
    const { store, index } = indexed();
    store.recommendationRows.set('a', item({ id: 'a' }));
    store.recommendationRows.set('b', item({ id: 'b', type: 'ZOMBIE_POD', foundAtSeconds: NOW }));
    const ids = async (filter: Partial<Parameters<ItemIndex['of']>[1]>) =>
      (await index.of(CLUSTER, { ...ALL, ...filter })).map(({ id }) => id);
    expect(await ids({ types: ['ZOMBIE_POD'] })).toEqual(['b']);
    expect(await ids({ namespace: 'other' })).toEqual([]);
    expect(await ids({ found: { startSeconds: NOW, endSeconds: NOW + 1 } })).toEqual(['b']);
    expect(await ids({ found: { startSeconds: NOW - 90_000, endSeconds: NOW } })).toEqual(['a']);
  });
});

describe('sums', () => {
  const zombie = (id: string, ownerName: string, grams: number) =>
    item({
      id,
      type: 'ZOMBIE_POD',
      target: { ...item().target, ownerName },
      savings: savings({ co2eGramsPerDay: flat(grams) }),
    });

  it('count each status', () => {
    expect(countsOf([item(), item({ status: 'ignored' }), item()])).toMatchObject({ active: 2, ignored: 1, stale: 0 });
  });

  it('count a namespace or its workloads, and never more than the cluster has', () => {
    const idle = item({
      id: 'ns',
      type: 'IDLE_NAMESPACE',
      scope: 'namespace',
      target: { ...item().target, ownerKind: null, ownerName: null },
      savings: savings({ co2eGramsPerDay: flat(8) }),
    });
    const items = [zombie('a', 'cart', 10), idle];
    expect(savedTogether(items, null).co2eGramsPerDay.central).toBe(10);
    expect(savedTogether([idle], null).co2eGramsPerDay.central).toBe(8);
    expect(savedTogether([...items, zombie('c', 'shop', 5)], null).co2eGramsPerDay.central).toBe(15);
    const day = { co2eGrams: range(1, 2, 3), embodiedGrams: flat(0), cost: flat(1) };
    expect(savedTogether(items, day).co2eGramsPerDay).toEqual(range(1, 2, 3));
  });

  it('add clusters up', () => {
    const joint = { ...savedTogether([zombie('a', 'cart', 10)], null), nodesThatCanGo: 2 };
    expect(sumOfJoints([joint, joint])).toMatchObject({ co2eGramsPerDay: flat(20), nodesThatCanGo: 4 });
    expect(sumOfJoints([]).co2eGramsPerDay).toEqual(flat(0));
  });
});
