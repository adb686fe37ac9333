import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION, type RetentionPolicy } from '../../../src/model/retention.ts';
import { MaintainRun } from './maintain-run.ts';
import { schedule } from './maintain-steps.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR, nodeRow, sampleNodeWindow, sampleRow, sampleWindow } from './sample-windows.ts';
import { expectSame, failureCodeOf, type OpenStore, useStore } from './store-fixture.ts';

const ALL = { clusterIds: [] };
const POLICY: RetentionPolicy = { rawDays: 3, podHourDays: 4, hourDays: 5, podDayDays: 6, dayDays: null };
const dayAt = (day: number) => ({ startSeconds: NEW_YEAR + day * DAY, endSeconds: NEW_YEAR + (day + 1) * DAY });
const hourAt = (day: number) => ({ startSeconds: NEW_YEAR + day * DAY, endSeconds: NEW_YEAR + day * DAY + HOUR });
/** In the middle of day 8: days 0 to 4 lose their rows, 0 to 3 their pod hours, 0 to 2 their hours, 0 and 1 their pod days. */
const NOW = NEW_YEAR + 8 * DAY + 13 * HOUR;

/** Compaction, retention, and the store's own check of itself. */
export function maintainContract(name: string, open: OpenStore, runs: number): void {
  describe(`${name}: maintenance`, { timeout: 120_000 }, () => {
    const fixture = useStore(open);
    const rows = [sampleRow(), sampleRow({ podName: 'cart-1' }, 2), nodeRow('system')];

    async function fill(days: readonly number[]): Promise<void> {
      for (const day of days) {
        for (const part of [0, 1, 13]) {
          const start = NEW_YEAR + day * DAY + part * 300;
          const window = sampleWindow(start, rows, { nodeWindows: [sampleNodeWindow()] });
          await fixture.current().store.replaceWindow(window, 1);
        }
      }
    }

    const totalsOf = (range: { startSeconds: number; endSeconds: number }, pod?: string) =>
      fixture.current().store.totals(pod === undefined ? ALL : { ...ALL, pod }, range);

    it('removes nothing that the policy keeps, and says so', async () => {
      const { store } = fixture.current();
      await fill([0, 7]);
      const before = [await totalsOf(hourAt(0)), await totalsOf(dayAt(0), 'cart-1'), await totalsOf(dayAt(7))];
      const result = await store.maintain(DEFAULT_RETENTION, NOW);
      const { compactedHours, ...removed } = result;
      expect(compactedHours).toBeGreaterThanOrEqual(0);
      expect(Object.values(removed)).toEqual([0, 0, 0, 0, 0]);
      const after = [await totalsOf(hourAt(0)), await totalsOf(dayAt(0), 'cart-1'), await totalsOf(dayAt(7))];
      after.forEach((totals, index) => {
        expectSame(totals, before[index] ?? totals);
      });
    });

    it('removes each level after its days, whole days of it, and leaves the coarser ones to the last bit', async () => {
      const { store } = fixture.current();
      const days = [0, 1, 2, 3, 4, 5, 7];
      await fill(days);
      await store.maintain(DEFAULT_RETENTION, NOW);
      const whole = await Promise.all(days.map((day) => totalsOf(dayAt(day))));
      const result = await store.maintain(POLICY, NOW);
      expect(result.removedRows).toBe(5 * 9);
      expect(result.removedPodHours).toBeGreaterThan(0);
      expect(result.removedHours).toBeGreaterThan(0);
      expect(result.removedPodDays).toBeGreaterThan(0);
      expect(result.removedDays).toBe(0);
      const after = await Promise.all(days.map((day) => totalsOf(dayAt(day))));
      expect(after.map((totals) => ({ ...totals, podCount: 0 }))).toEqual(
        whole.map((totals) => ({ ...totals, podCount: 0 })),
      );
      const rowsOf = async (day: number) =>
        (await store.rows({ filter: ALL, podPattern: null, range: dayAt(day), limit: 1, offset: 0 })).total;
      expect([await rowsOf(4), await rowsOf(5)]).toEqual([0, 9]);
      const podHours = async (day: number) => (await totalsOf(hourAt(day), 'cart-1')).joules > 0;
      expect([await podHours(3), await podHours(4)]).toEqual([false, true]);
      const hours = async (day: number) => (await totalsOf(hourAt(day))).joules > 0;
      expect([await hours(2), await hours(3)]).toEqual([false, true]);
      const podDays = async (day: number) => (await totalsOf(dayAt(day), 'cart-1')).joules > 0;
      expect([await podDays(1), await podDays(2)]).toEqual([false, true]);
      expect(await store.maintain(POLICY, NOW)).toMatchObject({
        removedRows: 0,
        removedPodHours: 0,
        removedPodDays: 0,
      });
    });

    it('removes old days too where the policy says so', async () => {
      const { store } = fixture.current();
      await fill([0, 1, 2]);
      const result = await store.maintain({ ...POLICY, dayDays: 7 }, NOW);
      expect(result.removedDays).toBeGreaterThan(0);
      expect((await totalsOf(dayAt(0))).joules).toBe(0);
      expect((await totalsOf(dayAt(1))).joules).toBeGreaterThan(0);
    });

    it('refuses windows of a day whose rows were removed, and changes nothing by it', async () => {
      const { store, dump } = fixture.current();
      await fill([0, 7]);
      await store.maintain(POLICY, NOW);
      const before = await dump();
      // One that was there, one of another hour, one that differs, one without rows.
      for (const window of [
        sampleWindow(NEW_YEAR, [sampleRow({}, 9)]),
        sampleWindow(NEW_YEAR + 20 * HOUR, rows),
        sampleWindow(NEW_YEAR + 20 * HOUR, [], { entry: { state: 'no-data' } }),
      ]) {
        expect(await failureCodeOf(store.replaceWindow(window, 1))).toBe('conflict');
      }
      expect(await dump()).toBe(before);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 7 * DAY, [sampleRow({}, 9)]), 1);
    });

    it('lets a day be filled that never had windows, until it is cleared in its turn', async () => {
      const { store } = fixture.current();
      await fill([0, 7]);
      await store.maintain(POLICY, NOW);
      await fill([1]);
      const day = await totalsOf(dayAt(1));
      expectSame({ ...day, podCount: 0 }, { ...(await totalsOf(dayAt(7))), podCount: 0 });
      expect((await totalsOf(hourAt(1), 'cart-1')).joules).toBeGreaterThan(0);
      await store.maintain(POLICY, NOW);
      expectSame({ ...(await totalsOf(dayAt(1))), podCount: 0 }, { ...day, podCount: 0 });
      expect((await totalsOf(hourAt(1))).joules).toBe(0);
      expect(await failureCodeOf(store.replaceWindow(sampleWindow(NEW_YEAR + DAY, rows), 1))).toBe('conflict');
    });

    it('stops soon where it is cancelled, and is done by the next', async () => {
      const { store } = fixture.current();
      await fill([0, 1, 2, 3]);
      const before = await totalsOf({ startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 4 * DAY });
      expect(await failureCodeOf(store.maintain(POLICY, NOW, AbortSignal.abort()))).toBe('cancelled');
      expect(await store.verify()).toEqual([]);
      await store.maintain(POLICY, NOW);
      const after = await totalsOf({ startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 4 * DAY });
      expectSame({ ...after, podCount: 0 }, { ...before, podCount: 0 });
    });

    it('knows that the store is sound, and where it is not', async () => {
      const { store, tamper } = fixture.current();
      expect(await store.verify()).toEqual([]);
      await fill([6, 7]);
      expect(await store.verify()).toEqual([]);
      await store.maintain(POLICY, NOW);
      expect(await store.verify()).toEqual([]);
      await tamper(CLUSTER);
      const problems = await store.verify();
      expect(problems.length).toBeGreaterThan(0);
      for (const problem of problems) expect(problem.what).not.toBe('');
    });

    it('goes on after its store was given room', async () => {
      const { store } = fixture.current();
      await fill([0, 7]);
      const before = await totalsOf(dayAt(7));
      await store.maintain(POLICY, NOW);
      await store.vacuum();
      expectSame(await totalsOf(dayAt(7)), before);
      await fill([8]);
      expect(await store.verify()).toEqual([]);
    });

    it('tells what it holds', async () => {
      const { store } = fixture.current();
      await fill([6, 7]);
      const { tables, rowsPerDay } = await store.contents();
      const metrics = tables.find(({ table }) => table.replaceAll('-', '_').includes('combined_metrics'));
      expect(metrics).toMatchObject({
        rows: 18,
        oldestSeconds: NEW_YEAR + 6 * DAY,
        newestSeconds: NEW_YEAR + 7 * DAY + 3900,
      });
      expect(rowsPerDay).toBeGreaterThan(0);
    });
  });

  describe(`${name}: any schedule of writes, repeats, maintenance and crashes`, () => {
    it('leaves exactly what the policy keeps', { timeout: Math.max(240_000, runs * 20_000) }, async () => {
      const fixture = await open();
      try {
        await fc.assert(
          fc.asyncProperty(schedule, async (steps) => {
            const clusterId = randomUUID();
            const run = new MaintainRun(fixture, clusterId);
            for (const step of steps) await run.take(step);
            await run.finish();
            await fixture.store.deleteCluster(clusterId);
          }),
          { numRuns: runs },
        );
      } finally {
        await fixture.remove();
      }
    });
  });
}
