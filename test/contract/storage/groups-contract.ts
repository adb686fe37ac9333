import { describe, expect, it } from 'vitest';
import { type BreakdownQuery, DIMENSIONS, type Sums } from '../../../src/core/ports/results-store.ts';
import { itemIdOf, ReferenceStore } from './reference.ts';
import {
  CLUSTER,
  DAY,
  HOUR,
  NEW_YEAR,
  nodeRow,
  OTHER_CLUSTER,
  sampleRow,
  sampleWindow,
  volumeRow,
} from './sample-windows.ts';
import { expectSame, type OpenStore, useStore } from './store-fixture.ts';

const ALL = { clusterIds: [] };
const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
const page: BreakdownQuery = {
  filter: ALL,
  range: day,
  by: 'namespace',
  sort: 'co2e',
  descending: true,
  limit: 100,
  offset: 0,
  search: null,
};

const rows = [
  sampleRow({}, 5),
  sampleRow({ podName: 'cart-1', node: 'n2' }, 2),
  sampleRow({ namespace: 'stage', team: 'qa' }, 3),
  sampleRow({ podName: 'bare', ownerKind: null, ownerName: null, team: null, provider: 'gcp', emapsZone: 'BE' }, 1),
  nodeRow('system', {}, 0.25),
  nodeRow('unallocated', {}, 4),
  nodeRow('unallocated', { node: 'n2' }, 1.5),
  // On no node, as volumes are.
  volumeRow({ podName: 'pvc/shop/data', node: '' }, 0.5),
];
const windows = [
  sampleWindow(NEW_YEAR, rows),
  sampleWindow(NEW_YEAR + HOUR, rows.slice(2), { durationSeconds: 3600 }),
  sampleWindow(NEW_YEAR, [sampleRow({ clusterId: OTHER_CLUSTER }, 6)], { clusterId: OTHER_CLUSTER }),
];

/** Groups of a range, and their pages. */
export function groupsContract(name: string, open: OpenStore): void {
  describe(`${name}: breakdown of nothing`, () => {
    const fixture = useStore(open);

    it('is empty in an empty store', async () => {
      const { store } = fixture.current();
      expect(await store.breakdown(page)).toMatchObject({ items: [], groupCount: 0, total: { joules: 0 } });
    });
  });

  describe(`${name}: breakdown`, () => {
    const fixture = useStore(open, 'once');

    async function filled() {
      const { store } = fixture.current();
      const reference = new ReferenceStore();
      for (const window of windows) {
        reference.replace(window);
        await store.replaceWindow(window, 1);
      }
      return { store, reference };
    }

    it('by every dimension gives each group its own sums, and a total of all', async () => {
      const { store, reference } = await filled();
      for (const by of DIMENSIONS) {
        const answer = await store.breakdown({ ...page, by });
        const expected = reference.groups(ALL, day, by);
        expect(answer.items.map((item) => itemIdOf(item, by)).sort(), by).toEqual([...expected.keys()].sort());
        for (const item of answer.items) {
          const totals = expected.get(itemIdOf(item, by));
          expect(totals).toBeDefined();
          if (totals !== undefined) expectSame(item, totals);
        }
        expectSame(answer.total, reference.totals(ALL, day));
        expect(answer.groupCount).toBe(expected.size);
      }
    });

    it('names groups so that they can be linked and labelled', async () => {
      const { store } = await filled();
      const filter = { clusterIds: [CLUSTER] };
      const keysBy = async (by: BreakdownQuery['by']) =>
        (await store.breakdown({ ...page, filter, by, sort: 'name', descending: false })).items.map(
          ({ group }) => group,
        );
      const none = { clusterId: CLUSTER, namespace: null, ownerKind: null, ownerName: null, node: null };
      const cart = { ownerKind: 'Deployment', ownerName: 'cart' };
      expect(await keysBy('namespace')).toEqual([
        { ...none, key: '__storage__', namespace: '__storage__' },
        { ...none, key: '__system__', namespace: '__system__' },
        { ...none, key: '__unallocated__', namespace: '__unallocated__' },
        { ...none, key: 'shop', namespace: 'shop' },
        { ...none, key: 'stage', namespace: 'stage' },
      ]);
      expect(await keysBy('workload')).toEqual([
        { ...none, key: 'Deployment/cart', namespace: 'shop', ...cart },
        { ...none, key: 'Deployment/cart', namespace: 'stage', ...cart },
        { ...none, key: 'Pod/bare', namespace: 'shop', ownerKind: 'Pod', ownerName: 'bare' },
        { ...none, key: '__storage__', namespace: '__storage__' },
        { ...none, key: '__system__', namespace: '__system__' },
        { ...none, key: '__unallocated__', namespace: '__unallocated__' },
      ]);
      expect((await keysBy('pod')).map(({ key, namespace, node }) => `${namespace} ${key} ${node}`)).toEqual([
        'shop bare n1',
        'shop cart-0 n1',
        'stage cart-0 n1',
        'shop cart-1 n2',
        '__system__ node/n1 n1',
        '__unallocated__ node/n1 n1',
        '__unallocated__ node/n2 n2',
        '__storage__ pvc/shop/data null',
      ]);
      expect((await keysBy('node')).map(({ key, node }) => [key, node])).toEqual([
        ['', null],
        ['n1', 'n1'],
        ['n2', 'n2'],
      ]);
      expect((await keysBy('team')).map(({ key, namespace }) => [key, namespace])).toEqual([
        ['', null],
        ['__storage__', '__storage__'],
        ['__system__', '__system__'],
        ['__unallocated__', '__unallocated__'],
        ['checkout', null],
        ['qa', null],
      ]);
      expect((await keysBy('cluster')).map(({ key }) => key)).toEqual([CLUSTER]);
      expect((await keysBy('zone')).map(({ key }) => key)).toEqual(['BE', 'FR']);
      const zones = await store.breakdown({ ...page, by: 'zone', sort: 'name', descending: false });
      expect(zones.items.map(({ group }) => group.clusterId)).toEqual([CLUSTER, null]);
    });

    it.each([
      ['co2e', (item: Sums) => item.co2eGrams + item.embodiedCo2eGrams],
      ['energy', (item: Sums) => item.pueJoules],
      ['cost', (item: Sums) => item.totalCost],
      ['cpu', (item: Sums) => item.cpuUsageMillicoreSeconds],
      ['memory', (item: Sums) => item.memoryUsageByteSeconds],
    ] as const)('sorts by %s both ways', async (sort, figure) => {
      const { store } = await filled();
      for (const descending of [true, false]) {
        const { items } = await store.breakdown({ ...page, by: 'pod', sort, descending });
        const values = items.map(figure);
        expect(values).toEqual([...values].sort((left, right) => (descending ? right - left : left - right)));
        expect(new Set(values).size).toBeGreaterThan(1);
      }
    });

    it('pages without a gap or a repeat, with the same total on each page', async () => {
      const { store } = await filled();
      const whole = await store.breakdown({ ...page, by: 'pod' });
      const keys: string[] = [];
      for (let offset = 0; offset < whole.groupCount; offset += 3) {
        const part = await store.breakdown({ ...page, by: 'pod', limit: 3, offset });
        keys.push(...part.items.map((item) => itemIdOf(item, 'pod')));
        expect(part.total).toEqual(whole.total);
        expect(part.groupCount).toBe(whole.groupCount);
      }
      expect(keys).toEqual(whole.items.map((item) => itemIdOf(item, 'pod')));
      const beyond = await store.breakdown({ ...page, by: 'pod', offset: 1000 });
      expect(beyond.items).toEqual([]);
      expect(beyond.total).toEqual(whole.total);
    });

    it('searches in keys, in any case, and totals only what it found', async () => {
      const { store, reference } = await filled();
      const found = await store.breakdown({ ...page, by: 'workload', search: 'DEPLOYMENT/ca' });
      expect(found.items).toHaveLength(3);
      expect(found.groupCount).toBe(3);
      expectSame(found.total, reference.totals({ ...ALL, workload: 'Deployment/cart' }, day));
      const nothing = await store.breakdown({ ...page, by: 'workload', search: '%' });
      expect(nothing).toMatchObject({ items: [], groupCount: 0, total: { joules: 0, podCount: 0 } });
    });

    it('filters before it groups', async () => {
      const { store, reference } = await filled();
      for (const filter of [{ namespace: 'shop' }, { node: 'n2' }, { team: 'qa' }, { pod: 'cart-0' }]) {
        const answer = await store.breakdown({ ...page, filter: { ...ALL, ...filter }, by: 'workload' });
        expectSame(answer.total, reference.totals({ ...ALL, ...filter }, day));
      }
    });
  });
}
