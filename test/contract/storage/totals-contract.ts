import { describe, expect, it } from 'vitest';
import { ReferenceStore } from './reference.ts';
import {
  CLUSTER,
  DAY,
  gpuRow,
  HOUR,
  NEW_YEAR,
  nodeRow,
  OTHER_CLUSTER,
  SOURCES,
  sampleRow,
  sampleWindow,
  volumeRow,
} from './sample-windows.ts';
import { expectSame, type OpenStore, useStore } from './store-fixture.ts';

const ALL = { clusterIds: [] };
const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };

/** Sums of a range. */
export function totalsContract(name: string, open: OpenStore): void {
  describe(`${name}: totals`, () => {
    const fixture = useStore(open, 'once');
    const rows = [
      sampleRow(),
      sampleRow({ podName: 'cart-1', node: 'n2', sources: { ...SOURCES, power: 'measured' } }, 2),
      sampleRow({ podName: 'pay-0', namespace: 'pay', team: null, sources: { ...SOURCES, power: 'generic' } }, 3),
      sampleRow({ podName: 'bare', ownerKind: null, ownerName: null, provider: 'gcp', emapsZone: 'BE' }, 0.5),
      nodeRow('system', {}, 0.25),
      nodeRow('unallocated', {}, 4),
      gpuRow({ podName: 'train-0', sources: { ...SOURCES, power: 'generic', gpu: 'measured' } }, 2),
      gpuRow({ podName: 'train-1', sources: { ...SOURCES, power: 'measured', gpu: 'assumed' } }, 3),
      gpuRow({ podName: 'train-2', sources: { ...SOURCES, power: 'meter-model', gpu: 'utilisation' } }, 4),
      volumeRow({}, 2),
    ];
    const reference = new ReferenceStore();
    reference.replace(sampleWindow(NEW_YEAR + HOUR, rows));

    it('add up every field of every row', async () => {
      const { store } = fixture.current();
      await store.replaceWindow(sampleWindow(NEW_YEAR + HOUR, rows), 1);
      const totals = await store.totals({ clusterIds: [CLUSTER] }, day);
      expectSame(totals, reference.totals(ALL, day));
      expect(totals.podCount).toBe(7);
      expect(totals.joules).toBeCloseTo(1000.5 * 19.75 + 250.25 * 9 + 141.4, 6);
      expect(totals.joulesGpu).toBeCloseTo(250.25 * 9, 6);
      expect(totals.joulesStorage).toBeCloseTo(141.4, 6);
      // Each part of a row by its own source: host and GPU.
      expect(totals.joulesMeasured).toBeCloseTo(2001 + 250.25 * 2 + 1000.5 * 3, 6);
      expect(totals.joulesDefault).toBeCloseTo(3001.5 + 1000.5 * 2 + 250.25 * 3 + 141.4, 6);
      expect(totals.co2eMarketGrams).toBeCloseTo(0.0171 * 12.75 + 0.0003 * 9, 9);
      expect(totals.co2eDirectGrams).toBeCloseTo(0.0139 * 9, 9);
      expect(totals.co2eOfDirectRowsGrams).toBeCloseTo(0.0171 * 9, 9);
      expect(totals.joulesSystem).toBeCloseTo(250.125, 6);
    });

    it.each([
      ['namespace', { namespace: 'shop' }],
      ['namespace of rows that are no pod', { namespace: '__system__' }],
      ['workload', { workload: 'Deployment/cart' }],
      ['bare pod as its own workload', { workload: 'Pod/bare' }],
      ['workload of rows that are no pod', { workload: '__unallocated__' }],
      ['pod', { pod: 'cart-1' }],
      ['node', { node: 'n2' }],
      ['team', { team: 'checkout' }],
      ['no team', { team: '' }],
      ['team of rows that are no pod', { team: '__system__' }],
      ['zone', { zone: 'BE' }],
      ['provider', { provider: 'aws' }],
      ['two of them', { namespace: 'shop', node: 'n1' }],
      ['pod and team', { pod: 'cart-0', team: 'checkout' }],
      ['a name that is nowhere', { namespace: 'nope' }],
      ['a workload without rows', { workload: 'Deployment/nope' }],
    ])('filter by %s', async (_, filter) => {
      const { store } = fixture.current();
      await store.replaceWindow(sampleWindow(NEW_YEAR + HOUR, rows), 1);
      expectSame(await store.totals({ ...ALL, ...filter }, day), reference.totals({ ...ALL, ...filter }, day));
    });
  });

  describe(`${name}: totals of several windows`, () => {
    const fixture = useStore(open);

    it('are zero in an empty store, for known and unknown clusters', async () => {
      const { store } = fixture.current();
      expect(await store.totals(ALL, day)).toMatchObject({ joules: 0, podCount: 0, totalCost: 0 });
      expect(await store.totals({ clusterIds: ['nobody'] }, day)).toMatchObject({ co2eGrams: 0, podCount: 0 });
    });

    it('keep clusters apart', async () => {
      const { store } = fixture.current();
      const there = sampleRow({ clusterId: OTHER_CLUSTER }, 7);
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR, [there], { clusterId: OTHER_CLUSTER }), 1);
      expect((await store.totals({ clusterIds: [OTHER_CLUSTER] }, day)).joules).toBeCloseTo(7003.5, 6);
      expect((await store.totals(ALL, day)).joules).toBeCloseTo(8004, 6);
      expect((await store.totals(ALL, day)).podCount).toBe(2);
    });

    it('take a window by its start, on any border of the range', async () => {
      const { store } = fixture.current();
      const expected = new ReferenceStore();
      for (let index = 0; index < 40; index += 1) {
        const window = sampleWindow(NEW_YEAR + DAY - 20 * 300 + index * 300, [sampleRow({}, 1 + index)]);
        expected.replace(window);
        await store.replaceWindow(window, 1);
      }
      const hourly = sampleWindow(NEW_YEAR + 2 * DAY, [sampleRow({}, 99)], { durationSeconds: 3600 });
      expected.replace(hourly);
      await store.replaceWindow(hourly, 1);
      for (const [start, end] of [
        [-1800, 1800],
        [-3600, 3600],
        [-300, 300],
        [-2100, DAY + 300],
        [0, DAY],
        [0, DAY + 1],
        [-5 * DAY, 2 * DAY],
        [300, 300],
      ] as const) {
        const range = { startSeconds: NEW_YEAR + DAY + start, endSeconds: NEW_YEAR + DAY + end };
        expectSame(await store.totals(ALL, range), expected.totals(ALL, range));
      }
    });
  });
}
