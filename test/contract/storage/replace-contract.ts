import { describe, expect, it } from 'vitest';
import { ReferenceStore } from './reference.ts';
import {
  CLUSTER,
  DAY,
  HOUR,
  NEW_YEAR,
  nodeRow,
  OTHER_CLUSTER,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from './sample-windows.ts';
import { expectSame, failureCodeOf, type OpenStore, useStore } from './store-fixture.ts';

/** The one write of results. */
export function replaceContract(name: string, open: OpenStore): void {
  describe(`${name}: replaceWindow`, () => {
    const fixture = useStore(open);
    const ALL = { clusterIds: [] };
    const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
    const rows = [sampleRow(), sampleRow({ podName: 'cart-1' }, 2), nodeRow('system'), nodeRow('unallocated')];
    const full = sampleWindow(NEW_YEAR, rows, {
      nodeWindows: [sampleNodeWindow()],
      nodeSnapshots: [sampleSnapshot()],
    });

    it('leaves everything as it was when the same result comes again', async () => {
      const { store, dump } = fixture.current();
      await store.replaceWindow(sampleWindow(NEW_YEAR - 300, rows), 1);
      await store.replaceWindow(full, 1);
      const before = await dump();
      await store.replaceWindow({ ...full, entry: { ...full.entry, closedAtSeconds: NEW_YEAR + 9999 } }, 1);
      expect(await dump()).toBe(before);
      await store.replaceWindow({ ...full, rows: [...rows].reverse() }, 1);
      expect(await dump()).toBe(before);
    });

    it('keeps no trace of a pod that the second result lacks', async () => {
      const { store } = fixture.current();
      await store.replaceWindow(full, 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR, rows.slice(1)), 1);
      const page = await store.breakdown({
        filter: ALL,
        range,
        by: 'pod',
        sort: 'name',
        descending: false,
        limit: 10,
        offset: 0,
        search: null,
      });
      expect(page.items.map(({ group }) => group.key)).toEqual(['cart-1', 'node/n1', 'node/n1']);
      expect(page.total.podCount).toBe(1);
      expect((await store.rows({ filter: ALL, range, podPattern: null, limit: 10, offset: 0 })).total).toBe(3);
      const reference = new ReferenceStore();
      reference.replace(sampleWindow(NEW_YEAR, rows.slice(1)));
      expectSame(await store.totals(ALL, range), reference.totals(ALL, range));
    });

    it('comes back to the very same content when a change is taken back', async () => {
      const { store } = fixture.current();
      await store.replaceWindow(full, 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 300, rows), 1);
      const before = await store.totals(ALL, range);
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow({}, 5000)]), 1);
      await store.replaceWindow(full, 1);
      expectSame(await store.totals(ALL, range), before, 1e-14);
    });

    it('closes a window without data, and empties one that had data', async () => {
      const { store } = fixture.current();
      const entry = { state: 'no-data' as const, coveredSeconds: 0, reason: 'Prometheus had no samples' };
      await store.replaceWindow(full, 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR, [], { entry }), 1);
      expect(await store.totals(ALL, range)).toMatchObject({ joules: 0, podCount: 0 });
      expect(await store.listLedger(CLUSTER, range)).toMatchObject([{ ...entry, rowCount: 0 }]);
      expect(await store.lastDataEntry(CLUSTER)).toBeNull();
    });

    it.each([
      ['an hour over 5-minute windows', 300, NEW_YEAR + 3300, 3600, NEW_YEAR],
      ['5 minutes inside an hour', 3600, NEW_YEAR, 300, NEW_YEAR + 1500],
      ['5 minutes at the start of an hour', 3600, NEW_YEAR, 300, NEW_YEAR],
      ['an hour at the start of 5 minutes', 300, NEW_YEAR, 3600, NEW_YEAR],
    ] as const)('refuses %s', async (_, length, start, otherLength, otherStart) => {
      const { store, dump } = fixture.current();
      await store.replaceWindow(sampleWindow(start, rows, { durationSeconds: length }), 1);
      const before = await dump();
      const second = store.replaceWindow(sampleWindow(otherStart, rows, { durationSeconds: otherLength }), 1);
      expect(await failureCodeOf(second)).toBe('conflict');
      expect(await dump()).toBe(before);
    });

    it('takes windows that only touch', async () => {
      const { store } = fixture.current();
      await store.replaceWindow(sampleWindow(NEW_YEAR + HOUR, rows, { durationSeconds: 3600 }), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + HOUR - 300, rows), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 2 * HOUR, rows), 1);
      expect(await store.listLedger(CLUSTER, range)).toHaveLength(3);
    });

    it('refuses an epoch older than the last, by cluster', async () => {
      const { store, dump } = fixture.current();
      await store.replaceWindow(sampleWindow(NEW_YEAR, rows), 3);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 300, rows), 3);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 600, rows), 5);
      const before = await dump();
      expect(await failureCodeOf(store.replaceWindow(sampleWindow(NEW_YEAR + 900, rows), 4))).toBe('conflict');
      expect(await failureCodeOf(store.replaceWindow(sampleWindow(NEW_YEAR, rows), 4))).toBe('conflict');
      expect(await dump()).toBe(before);
      const there = sampleWindow(NEW_YEAR, [], { clusterId: OTHER_CLUSTER });
      await expect(store.replaceWindow(there, 1)).resolves.toBeUndefined();
    });

    it.each([
      ['NaN', { joules: Number.NaN }],
      ['-0', { totalCost: -0 }],
      ['infinity', { co2eGrams: Number.POSITIVE_INFINITY }],
      ['a row of another cluster', { clusterId: OTHER_CLUSTER }],
    ])('refuses %s and stores nothing', async (_, part) => {
      const { store, dump } = fixture.current();
      await store.replaceWindow(full, 1);
      const before = await dump();
      const wrong = sampleWindow(NEW_YEAR + 300, [sampleRow(), sampleRow({ podName: 'cart-1', ...part })]);
      expect(await failureCodeOf(store.replaceWindow(wrong, 1))).toBe('bad-input');
      expect(await dump()).toBe(before);
    });

    it('refuses two rows of one pod on one node, and works on after it', async () => {
      const { store } = fixture.current();
      const twice = sampleWindow(NEW_YEAR, [sampleRow(), sampleRow({ team: 'other' })]);
      expect(await failureCodeOf(store.replaceWindow(twice, 1))).toBe('bad-input');
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow(), sampleRow({ node: 'n2' })]), 1);
      expect((await store.totals(ALL, range)).joules).toBeCloseTo(2001, 9);
      expect((await store.totals(ALL, range)).podCount).toBe(1);
    });

    it('refuses windows that are not aligned, and rows in a window without data', async () => {
      const { store } = fixture.current();
      expect(await failureCodeOf(store.replaceWindow(sampleWindow(NEW_YEAR + 7, rows), 1))).toBe('bad-input');
      const noData = sampleWindow(NEW_YEAR, rows, { entry: { state: 'no-data' } });
      expect(await failureCodeOf(store.replaceWindow(noData, 1))).toBe('bad-input');
      expect(await failureCodeOf(store.replaceWindow(sampleWindow(NEW_YEAR, rows), Number.NaN))).toBe('bad-input');
    });
  });
}
