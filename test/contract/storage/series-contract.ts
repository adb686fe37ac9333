import { describe, expect, it } from 'vitest';
import type { SeriesPoint } from '../../../src/core/ports/results-store.ts';
import type { TimeRange } from '../../../src/model/time.ts';
import { itemIdOf, ReferenceStore } from './reference.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, nodeRow, OTHER_CLUSTER, sampleRow, sampleWindow } from './sample-windows.ts';
import { expectSame, type OpenStore, useStore } from './store-fixture.ts';

const ALL = { clusterIds: [] };

function bucketsOf(start: number, seconds: number, count: number): TimeRange[] {
  return Array.from({ length: count }, (_, index) => ({
    startSeconds: start + index * seconds,
    endSeconds: start + (index + 1) * seconds,
  }));
}

/** Sums by bucket, reports and coverage. */
export function seriesContract(name: string, open: OpenStore): void {
  describe(`${name}: series`, () => {
    const fixture = useStore(open, 'once');

    /** Two and a half days: some hours in one window, some in twelve, a hole, pods that come and go. */
    async function filled() {
      const { store } = fixture.current();
      const reference = new ReferenceStore();
      const write = async (start: number, durationSeconds: 300 | 3600, index: number): Promise<void> => {
        const rows = [
          sampleRow({ node: index % 2 === 0 ? 'n1' : 'n2' }, 1 + index),
          sampleRow(
            { namespace: 'stage', podName: `job-${Math.floor(index / 3)}`, ownerKind: 'Job', ownerName: 'job' },
            2,
          ),
          sampleRow({ namespace: `small-${index % 4}`, podName: 'x', ownerKind: null, ownerName: null }, 0.01),
          nodeRow('unallocated', {}, 3),
        ];
        const window = sampleWindow(start, rows, { durationSeconds });
        reference.replace(window);
        await store.replaceWindow(window, 1);
      };
      for (let index = 0; index < 30; index += 1) await write(NEW_YEAR + index * 2 * HOUR, 3600, index);
      for (let index = 0; index < 20; index += 1)
        await write(NEW_YEAR + HOUR + index * 300 + Math.floor(index / 12) * HOUR, 300, index);
      return { store, reference };
    }

    it.each([
      ['hours', bucketsOf(NEW_YEAR, HOUR, 60)],
      ['days', bucketsOf(NEW_YEAR, DAY, 3)],
      ['days of another zone', bucketsOf(NEW_YEAR - HOUR, DAY, 3)],
      ['5 minutes', bucketsOf(NEW_YEAR + HOUR, 300, 48)],
      ['one of all', bucketsOf(NEW_YEAR - DAY, 10 * DAY, 1)],
      [
        'uneven ones',
        [300, 3600, 7500, DAY, DAY + 7200, 3 * DAY].map((end, index, ends) => ({
          startSeconds: NEW_YEAR + (ends[index - 1] ?? 0),
          endSeconds: NEW_YEAR + end,
        })),
      ],
    ])('without groups has a point for each bucket: %s', async (_, buckets) => {
      const { store, reference } = await filled();
      const points = await store.series({ filter: ALL, buckets, groupBy: null, top: null });
      expect(points.map((point) => point.bucketStartSeconds)).toEqual(buckets.map((bucket) => bucket.startSeconds));
      points.forEach((point, index) => {
        const bucket = buckets[index]!;
        const expected = reference.totals(ALL, bucket);
        const hasRows = reference.rowsIn(ALL, bucket).length > 0;
        expectSame(point, hasRows ? expected : { ...expected, podCount: 0 });
      });
    });

    it.each(['cluster', 'namespace', 'workload', 'pod', 'node', 'team', 'zone', 'provider'] as const)(
      'with groups by %s adds up to the series without',
      async (groupBy) => {
        const { store, reference } = await filled();
        const buckets = bucketsOf(NEW_YEAR, 6 * HOUR, 11);
        const points = await store.series({ filter: ALL, buckets, groupBy, top: null });
        for (const bucket of buckets) {
          const there = points.filter((point) => point.bucketStartSeconds === bucket.startSeconds);
          const expected = reference.groups(ALL, bucket, groupBy);
          expect(there).toHaveLength(expected.size);
          for (const point of there) {
            const totals = expected.get(itemIdOf({ group: point.group! }, groupBy));
            expect(totals).toBeDefined();
            if (totals !== undefined) expectSame(point, totals);
          }
        }
      },
    );

    it('keeps the groups with most carbon and sums the others', async () => {
      const { store, reference } = await filled();
      const buckets = bucketsOf(NEW_YEAR, DAY, 3);
      const points = await store.series({ filter: ALL, buckets, groupBy: 'namespace', top: 2 });
      const keys = new Set(points.map((point) => point.group?.key ?? 'other'));
      expect(keys).toEqual(new Set(['shop', '__unallocated__', 'other']));
      const others = ['stage', 'small-0', 'small-1', 'small-2', 'small-3'];
      for (const bucket of buckets) {
        const other = points.find((point) => point.isOther && point.bucketStartSeconds === bucket.startSeconds);
        const parts = others.map((namespace) => reference.totals({ ...ALL, namespace }, bucket));
        expect(other?.joules).toBeCloseTo(
          parts.reduce((sum, part) => sum + part.joules, 0),
          6,
        );
        expect(other?.podCount).toBe(parts.reduce((sum, part) => sum + part.podCount, 0));
        expect(other?.otherCount).toBe(5);
        expect(other?.group).toBeNull();
      }
      const sum = (list: readonly SeriesPoint[]): number => list.reduce((total, { co2eGrams }) => total + co2eGrams, 0);
      const all = await store.series({ filter: ALL, buckets, groupBy: null, top: null });
      expect(sum(points)).toBeCloseTo(sum(all), 9);
    });

    it('counts a pod once in a group, on however many nodes it was', async () => {
      const { store } = await filled();
      const [point] = await store.series({
        filter: { ...ALL, pod: 'cart-0' },
        buckets: bucketsOf(NEW_YEAR, DAY, 1),
        groupBy: 'workload',
        top: null,
      });
      expect(point?.podCount).toBe(1);
    });

    it('answers nothing but zeros for an unknown cluster', async () => {
      const { store } = await filled();
      const buckets = bucketsOf(NEW_YEAR, DAY, 2);
      const filter = { clusterIds: ['nobody'] };
      expect(await store.series({ filter, buckets, groupBy: 'node', top: null })).toEqual([]);
      const points = await store.series({ filter, buckets, groupBy: null, top: null });
      expect(points.map(({ joules, podCount }) => [joules, podCount])).toEqual([
        [0, 0],
        [0, 0],
      ]);
    });

    it('reports bucket by bucket, and each item adds up to the range', async () => {
      const { store, reference } = await filled();
      const buckets = bucketsOf(NEW_YEAR, DAY, 4);
      const parts: (readonly SeriesPoint[])[] = [];
      for await (const part of store.report({ filter: ALL, buckets, groupBy: 'pod' })) parts.push(part);
      expect(parts).toHaveLength(3);
      expect(parts.map((part) => new Set(part.map((point) => point.bucketStartSeconds)).size)).toEqual([1, 1, 1]);
      const joules = parts.flat().reduce((sum, point) => sum + point.joules, 0);
      const whole = reference.totals(ALL, { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 4 * DAY }).joules;
      expect(joules / whole).toBeCloseTo(1, 12);
    });
  });

  describe(`${name}: coverage`, () => {
    const fixture = useStore(open);

    it('knows how much of each bucket was covered', async () => {
      const { store } = fixture.current();
      const write = (start: number, entry: object, clusterId = CLUSTER) =>
        store.replaceWindow(sampleWindow(start, [], { clusterId, entry }), 1);
      await write(NEW_YEAR, {});
      await write(NEW_YEAR + 300, { state: 'partial', coveredSeconds: 200, reason: 'a hole of 100 s' });
      await write(NEW_YEAR + HOUR, { state: 'no-data', coveredSeconds: 100, reason: 'no samples' });
      const buckets = bucketsOf(NEW_YEAR, HOUR, 3);
      const covered = async (ids: string[]) =>
        (await store.coverage(ids, buckets)).map((bucket) => bucket.coveredSeconds);
      expect(await covered([CLUSTER])).toEqual([500, 0, 0]);
      expect(await covered([])).toEqual([500, 0, 0]);
      await write(NEW_YEAR + 2 * HOUR, {}, OTHER_CLUSTER);
      expect(await covered([])).toEqual([250, 0, 150]);
      expect(await covered([CLUSTER, OTHER_CLUSTER])).toEqual([250, 0, 150]);
      expect(await store.coverage(['nobody'], buckets.slice(0, 1))).toEqual([
        { bucketStartSeconds: NEW_YEAR, coveredSeconds: 0, durationSeconds: HOUR },
      ]);
    });
  });
}
