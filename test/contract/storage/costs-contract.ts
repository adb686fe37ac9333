import { describe, expect, it } from 'vitest';
import type { NamespaceHour } from '../../../src/core/ports/cost-sums.ts';
import type { ResultRow } from '../../../src/model/results.ts';
import type { WindowSeconds } from '../../../src/model/time.ts';
import { namespaceHours } from '../../fakes/backend/namespace-hours.ts';
import {
  CLUSTER,
  DAY,
  gpuRow,
  HOUR,
  NEW_YEAR,
  nodeRow,
  OTHER_CLUSTER,
  sampleRow,
  sampleWindow,
  volumeRow,
} from './sample-windows.ts';
import { failureCodeOf, type OpenStore, useStore } from './store-fixture.ts';

const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };

/** Costs by namespace and hour: sums of rows, the larger of request and use of each. */
export function costsContract(name: string, open: OpenStore): void {
  describe(`${name}: costs by namespace and hour`, () => {
    const fixture = useStore(open);
    const written: { start: number; seconds: WindowSeconds; rows: readonly ResultRow[] }[] = [];
    const write = async (start: number, rows: readonly ResultRow[], seconds: WindowSeconds = 300) => {
      const parts = { durationSeconds: seconds, clusterId: rows[0]?.clusterId ?? CLUSTER };
      await fixture.current().store.replaceWindow(sampleWindow(start, rows, parts), 1);
      written.push({ start, seconds, rows });
    };
    /** Row after row, of this cluster and day. */
    const expected = (): NamespaceHour[] => {
      const last = new Map(written.map((each) => [`${each.rows[0]?.clusterId} ${each.start}`, each]));
      const rows = [...last.values()].flatMap(({ start, seconds, rows }) =>
        rows.map((row) => ({ ...row, startSeconds: start, durationSeconds: seconds })),
      );
      return namespaceHours(rows.filter((row) => row.clusterId === CLUSTER && row.startSeconds < NEW_YEAR + DAY));
    };
    const expectSame = (actual: readonly NamespaceHour[], wanted: readonly NamespaceHour[]) => {
      expect(actual.map((line) => [line.startSeconds, line.namespace])).toEqual(
        wanted.map((line) => [line.startSeconds, line.namespace]),
      );
      for (const [index, line] of actual.entries()) {
        for (const [field, value] of Object.entries(line)) {
          const other = wanted[index]?.[field as keyof NamespaceHour];
          if (typeof value === 'number')
            expect(Math.abs(value - Number(other)), field).toBeLessThan(1e-9 * (1 + value));
        }
      }
    };

    it('are the sums of the rows of each kind, hour by hour', async () => {
      written.length = 0;
      const busy = sampleRow({ podName: 'busy', cpuRequestMillicores: 10, memoryRequestBytes: 1 }, 1);
      await write(NEW_YEAR + HOUR, [
        sampleRow(),
        { ...busy, cpuUsageMillicores: 900, memoryUsageBytes: 5e9 },
        sampleRow({ podName: 'pay-0', namespace: 'pay', costGpu: 0.25, costStorage: 0.125, totalCost: 0.377 }, 2),
        nodeRow('system', { costCpu: 0, costMemory: 0, costNetwork: 0, totalCost: 0 }),
        nodeRow('unallocated', {}, 4),
        volumeRow({ costStorage: 0.05, costCpu: 0 }),
        gpuRow({ podName: 'train', namespace: 'ml' }),
      ]);
      await write(NEW_YEAR + HOUR + 300, [sampleRow({}, 3)]);
      await write(NEW_YEAR + 2 * HOUR - 300, [sampleRow({}, 5)]);
      await write(NEW_YEAR + 2 * HOUR, [sampleRow({}, 7)]);
      await write(NEW_YEAR + 5 * HOUR, [sampleRow({}, 9)], 3600);
      const lines = await fixture.current().store.costsByNamespaceHour(CLUSTER, day);
      expectSame(lines, expected());
      const shop = lines.find(({ namespace }) => namespace === 'shop');
      // By hand: 250 millicores of cart, 900 of busy, 750 and 1,250 later, 300 s each.
      expect(shop?.cpuMillicoreSeconds).toBeCloseTo((250 + 900 + 750 + 1250) * 300, 3);
      expect(shop?.cpuCost).toBeCloseTo(0.0011 * (1 + 1 + 3 + 5), 12);
      expect(lines.find(({ namespace }) => namespace === '__unallocated__')?.cpuMillicoreSeconds).toBe(0);
      expect(lines.find(({ namespace }) => namespace === '__storage__')?.storageByteSeconds).toBe(5e9 * 300);
    });

    it('follow a window that is replaced, and leave other clusters and hours out', async () => {
      written.length = 0;
      await write(NEW_YEAR + HOUR, [sampleRow(), sampleRow({ namespace: 'pay' })]);
      await write(NEW_YEAR + HOUR, [sampleRow({}, 2)]);
      await write(NEW_YEAR + HOUR, [sampleRow({ clusterId: OTHER_CLUSTER }, 50)]);
      await write(NEW_YEAR + DAY, [sampleRow({}, 99)]);
      await write(NEW_YEAR - 300, [sampleRow({}, 99)]);
      const { store } = fixture.current();
      const lines = await store.costsByNamespaceHour(CLUSTER, day);
      expect(lines.map(({ namespace }) => namespace)).toEqual(['shop']);
      expect(lines[0]?.memoryCost).toBeCloseTo(0.0014, 12);
      const hour = { startSeconds: NEW_YEAR + HOUR, endSeconds: NEW_YEAR + 2 * HOUR };
      expectSame(await store.costsByNamespaceHour(CLUSTER, hour), lines);
      expect(await store.costsByNamespaceHour('nobody', day)).toEqual([]);
    });

    it('are refused for parts of hours and more than two days', async () => {
      const { store } = fixture.current();
      const ask = (startSeconds: number, endSeconds: number) =>
        failureCodeOf(store.costsByNamespaceHour(CLUSTER, { startSeconds, endSeconds }));
      expect(await ask(NEW_YEAR, NEW_YEAR + 2 * DAY)).toBe('no failure');
      expect(await ask(NEW_YEAR, NEW_YEAR + 2 * DAY + HOUR)).toBe('bad-input');
      expect(await ask(NEW_YEAR + 300, NEW_YEAR + HOUR)).toBe('bad-input');
      expect(await ask(NEW_YEAR + HOUR, NEW_YEAR)).toBe('bad-input');
    });
  });
}
