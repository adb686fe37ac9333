import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { USAGE_COLUMNS, type UsageHours } from '../../../../src/core/ports/usage-hours.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { DEFAULT_RETENTION } from '../../../../src/model/retention.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
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
} from '../sample-windows.ts';
import { failureCodeOf, type OpenStore, useStore } from '../store-fixture.ts';

const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
const PEAKS: readonly string[] = ['podCount', 'cpuPeakPodMillicores', 'memoryPeakPodBytes'];

/** Hours of workloads and nodes: equal to those that are added up row by row. */
export function usageContract(name: string, open: OpenStore, runs: number): void {
  describe(`${name}: hours of workloads and nodes`, { timeout: 120_000 }, () => {
    const fixture = useStore(open);
    let reference = new MemoryStore();

    async function write(start: number, rows: readonly ResultRow[], seconds: 300 | 3600 = 300): Promise<void> {
      const clusterId = rows[0]?.clusterId ?? CLUSTER;
      const window = sampleWindow(start, rows, { durationSeconds: seconds, clusterId });
      await fixture.current().store.replaceWindow(window, 1);
      await reference.replaceWindow(window, 1);
    }

    async function check(range = day): Promise<void> {
      for (const by of ['workload', 'node'] as const) {
        const query = { clusterId: CLUSTER, range, by };
        expectSame(await fixture.current().store.usageHours(query), await reference.usageHours(query));
      }
    }

    it('are sums and peaks of their pods, in an hour that is whole and in one that is open', async () => {
      reference = new MemoryStore();
      for (let part = 0; part < 14; part += 1) {
        const start = NEW_YEAR + 2 * HOUR + part * 300;
        const busy = sampleRow({ podName: 'cart-1', podUid: 'b', node: 'n2', cpuUsageMillicores: 10 * part }, 2);
        const bare = { podName: 'debug', ownerKind: null, ownerName: null, team: null, memoryUsageBytes: 7.5 };
        await write(start, [
          sampleRow({ cpuUsageMillicores: part === 3 ? 999.5 : 1 }),
          { ...busy, memoryUsageBytes: 1e9 - part },
          sampleRow(bare),
          nodeRow('system'),
          nodeRow('unallocated', { node: 'n2' }, 3),
          volumeRow({ node: '' }),
        ]);
      }
      await write(NEW_YEAR + DAY, [sampleRow({}, 9)]);
      await write(NEW_YEAR - 300, [sampleRow({}, 9)]);
      await write(NEW_YEAR + 2 * HOUR, [sampleRow({ clusterId: OTHER_CLUSTER }, 9)]);
      await check();
      const found = await fixture.current().store.usageHours({ clusterId: CLUSTER, range: day, by: 'workload' });
      expect(found.keys).toEqual([
        { namespace: 'shop', ownerKind: 'Deployment', ownerName: 'cart', team: 'checkout', node: null },
        { namespace: 'shop', ownerKind: 'Pod', ownerName: 'debug', team: null, node: null },
      ]);
      expect([...found.keyIndex]).toEqual([0, 0, 1, 1]);
      expect([...found.hourIndex]).toEqual([2, 3, 2, 3]);
      // By hand: twelve windows, then two.
      expect([...found.columns.podCount]).toEqual([2, 2, 1, 1]);
      expect([...found.columns.cpuPeakPodMillicores]).toEqual([999.5, 130, 123.4, 123.4]);
      expect([...found.columns.memoryPeakPodBytes]).toEqual([1e9, 1e9 - 12, 7.5, 7.5]);
      expect(found.columns.cpuRequestMillicoreSeconds[0]).toBeCloseTo((250 + 500) * 300 * 12, 6);
      expect(found.columns.restartCount[3]).toBe(2);
      const nodes = await fixture.current().store.usageHours({ clusterId: CLUSTER, range: day, by: 'node' });
      expect(nodes.keys.map(({ node }) => node)).toEqual(['n1', 'n2']);
      // A node's peak is that of a pod on it; the system is none.
      expect([...nodes.columns.cpuPeakPodMillicores]).toEqual([999.5, 123.4, 110, 130]);
      expect([...nodes.columns.podCount]).toEqual([2, 2, 1, 1]);
      expect(nodes.columns.joulesSystem[2]).toBe(0);
      expect(nodes.columns.joulesUnallocated[2]).toBeCloseTo(1000.5 * 3 * 12, 6);
    });

    it('follow a window that is replaced: also a peak that was the highest', async () => {
      reference = new MemoryStore();
      for (let part = 0; part < 12; part += 1) {
        await write(NEW_YEAR + part * 300, [sampleRow({ cpuUsageMillicores: part === 5 ? 5000 : 100 })]);
      }
      await write(NEW_YEAR + HOUR, [sampleRow()], 3600);
      await check();
      await write(NEW_YEAR + 5 * 300, [sampleRow({ cpuUsageMillicores: 50, memoryUsageBytes: 3e9 })]);
      await check();
      const { columns } = await fixture.current().store.usageHours({ clusterId: CLUSTER, range: day, by: 'workload' });
      expect([columns.cpuPeakPodMillicores[0], columns.memoryPeakPodBytes[0]]).toEqual([100, 3e9]);
      await write(NEW_YEAR + 5 * 300, []);
      await check();
      expect(await fixture.current().store.verify()).toEqual([]);
    });

    it('count a pod that moved within the hour once in its workload, and on both nodes', async () => {
      reference = new MemoryStore();
      await write(NEW_YEAR, [sampleRow()]);
      await write(NEW_YEAR + 300, [sampleRow({ node: 'n2', cpuUsageMillicores: 7 })]);
      await check();
      const { columns } = await fixture.current().store.usageHours({ clusterId: CLUSTER, range: day, by: 'workload' });
      expect([...columns.podCount]).toEqual([1]);
    });

    it('are the same whatever was written in which order, replaced or compacted', async () => {
      const windows = fc.array(
        fc.record({
          part: fc.integer({ min: 0, max: 26 }),
          pods: fc.uniqueArray(
            fc.record({
              pod: fc.integer({ min: 0, max: 4 }),
              node: fc.constantFrom('n1', 'n2'),
              // PostgreSQL refuses sums of what is hardly more than nothing.
              cpu: fc.double({ min: 0, max: 5000, noNaN: true }).map((cpu) => (cpu < 1e-9 ? 0 : cpu)),
            }),
            { selector: ({ pod, node }) => `${pod} ${node}`, maxLength: 4 },
          ),
          compacts: fc.boolean(),
        }),
        { maxLength: 30 },
      );
      const { store } = fixture.current();
      await fc.assert(
        fc.asyncProperty(windows, async (steps) => {
          const clusterId = randomUUID();
          const fresh = new MemoryStore();
          for (const { part, pods, compacts } of steps) {
            const rows = pods.map(({ pod, node, cpu }) =>
              sampleRow({
                clusterId,
                podName: `p${pod}`,
                node,
                ownerName: pod < 3 ? 'cart' : null,
                ownerKind: pod < 3 ? 'Deployment' : null,
                cpuUsageMillicores: cpu,
                memoryUsageBytes: cpu * 1000.5,
              }),
            );
            const window = sampleWindow(NEW_YEAR + part * 300, rows, { clusterId });
            await store.replaceWindow(window, 1);
            await fresh.replaceWindow(window, 1);
            if (compacts) await store.maintain(DEFAULT_RETENTION, NEW_YEAR + HOUR);
          }
          for (const by of ['workload', 'node'] as const) {
            const query = { clusterId, range: day, by };
            expectSame(await store.usageHours(query), await fresh.usageHours(query));
          }
        }),
        { numRuns: runs },
      );
      expect(await store.verify()).toEqual([]);
    });

    it('are fewer where retention took the hours by pod, and the same after the store was given room', async () => {
      reference = new MemoryStore();
      await write(NEW_YEAR, [sampleRow()]);
      await write(NEW_YEAR + 5 * DAY + 300, [sampleRow({ cpuUsageMillicores: 77 })]);
      const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 6 * DAY };
      const { store } = fixture.current();
      const policy = { rawDays: 3, podHourDays: 4, hourDays: 5, podDayDays: 400, dayDays: null };
      await store.maintain(policy, NEW_YEAR + 9 * DAY);
      await store.vacuum();
      const found = await store.usageHours({ clusterId: CLUSTER, range, by: 'workload' });
      // Its rows are gone too: what is left is the roll-up alone.
      expect([...found.hourIndex]).toEqual([5 * 24]);
      expect([...found.columns.cpuPeakPodMillicores]).toEqual([77]);
      expect([...found.columns.podCount]).toEqual([1]);
    });

    it('are none of a cluster that nothing is known of, and refused for parts of hours and more than 31 days', async () => {
      const { store } = fixture.current();
      const ask = (endSeconds: number, startSeconds = NEW_YEAR) =>
        store.usageHours({ clusterId: 'nobody', range: { startSeconds, endSeconds }, by: 'node' });
      expect(await ask(NEW_YEAR + 31 * DAY)).toMatchObject({ keys: [], keyIndex: new Int32Array(0) });
      expect(Object.keys((await ask(NEW_YEAR)).columns).sort()).toEqual([...USAGE_COLUMNS].sort());
      expect(await failureCodeOf(ask(NEW_YEAR + 31 * DAY + HOUR))).toBe('bad-input');
      expect(await failureCodeOf(ask(NEW_YEAR + 300))).toBe('bad-input');
      expect(await failureCodeOf(ask(NEW_YEAR - HOUR))).toBe('bad-input');
    });

    it('are given up when nobody waits for them', async () => {
      await write(NEW_YEAR, [sampleRow()]);
      const { store } = fixture.current();
      const asked = store.usageHours({ clusterId: CLUSTER, range: day, by: 'node' }, AbortSignal.abort());
      expect(await failureCodeOf(asked)).toBe('cancelled');
      expect((await store.usageHours({ clusterId: CLUSTER, range: day, by: 'node' })).keys).toHaveLength(1);
    });
  });
}

function expectSame(actual: UsageHours, wanted: UsageHours): void {
  expect(actual.keys).toEqual(wanted.keys);
  expect([...actual.keyIndex]).toEqual([...wanted.keyIndex]);
  expect([...actual.hourIndex]).toEqual([...wanted.hourIndex]);
  for (const name of USAGE_COLUMNS) {
    const [of, expected] = [actual.columns[name], wanted.columns[name]];
    expect(of).toHaveLength(expected.length);
    if (PEAKS.includes(name)) expect([...of], name).toEqual([...expected]);
    of.forEach((value, line) => {
      const other = expected[line] ?? Number.NaN;
      if (!(Math.abs(value - other) <= 1e-12 * Math.abs(other))) expect.fail(`${name}: ${value} is not ${other}`);
    });
  }
}
