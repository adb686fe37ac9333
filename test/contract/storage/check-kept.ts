import { expect } from 'vitest';
import type { BreakdownQuery, ResultsStore, Totals } from '../../../src/core/ports/results-store.ts';
import type { TimeRange } from '../../../src/model/time.ts';
import type { KeptLevel, KeptReference } from './kept-reference.ts';
import { itemIdOf } from './reference.ts';
import { DAY, HOUR } from './sample-windows.ts';
import { expectSame } from './store-fixture.ts';

type Grain = 'namespace' | 'workload' | 'pod';

const rangeAt = (startSeconds: number, length: number): TimeRange => ({
  startSeconds,
  endSeconds: startSeconds + length,
});

const withoutPods = (totals: Totals): Totals => ({ ...totals, podCount: 0 });

/**
 * Everything that is still kept of a cluster equals the reference: rows, hours and days, each by its grains. `onlyDay`
 * looks at one day. Presence of pods goes with their days: a pod that was also there before may then be known or not.
 */
export async function checkKept(
  store: ResultsStore,
  reference: KeptReference,
  clusterId: string,
  onlyDay: number | null = null,
): Promise<void> {
  const filter = { clusterIds: [clusterId] };
  const isAsked = (day: number): boolean => onlyDay === null || day === onlyDay;
  const remembered = reference.remembered();
  const check = async (range: TimeRange, by: Grain, arePodsKept: boolean): Promise<void> => {
    const page = await store.breakdown(pageOf(filter, range, by));
    const expected = reference.groups(filter, range, by);
    const least = remembered.groups(filter, range, by);
    expect(page.items.map((item) => itemIdOf(item, by)).sort()).toEqual([...expected.keys()].sort());
    const same = (actual: Totals, most: Totals, fewestPods: number): void => {
      expectSame(withoutPods(actual), withoutPods(most));
      if (!arePodsKept) return;
      expect(actual.podCount).toBeGreaterThanOrEqual(fewestPods);
      expect(actual.podCount).toBeLessThanOrEqual(most.podCount);
    };
    for (const item of page.items) {
      const id = itemIdOf(item, by);
      const group = expected.get(id);
      if (group !== undefined) same(item, group, least.get(id)?.podCount ?? 0);
    }
    const hasRows = expected.size > 0;
    if (hasRows) same(page.total, reference.totals(filter, range), remembered.totals(filter, range).podCount);
  };
  const podDays = new Set(reference.keptDays('pod day'));
  const podHours = new Set(reference.keptDays('pod hour'));

  for (const [level, grains] of [
    ['day', ['namespace', 'workload']],
    ['pod day', ['pod']],
  ] as const satisfies readonly (readonly [KeptLevel, readonly Grain[]])[]) {
    for (const day of reference.keptDays(level).filter(isAsked)) {
      for (const by of grains) await check(rangeAt(day, DAY), by, podDays.has(day));
    }
  }
  for (const [level, grains] of [
    ['hour', ['namespace', 'workload']],
    ['pod hour', ['pod']],
  ] as const satisfies readonly (readonly [KeptLevel, readonly Grain[]])[]) {
    for (const day of reference.keptDays(level).filter(isAsked)) {
      // One hour with windows, and all of the day's hours but the first: neither is a whole day.
      const start = reference.windows().find(({ entry }) => Math.floor(entry.window.startSeconds / DAY) * DAY === day);
      const hour = Math.floor((start?.entry.window.startSeconds ?? day) / HOUR) * HOUR;
      for (const by of grains) {
        await check(rangeAt(hour, HOUR), by, podHours.has(day));
        await check(rangeAt(day + HOUR, DAY - HOUR), by, podHours.has(day));
      }
    }
  }
  for (const day of reference.keptDays('row').filter(isAsked)) {
    const range = rangeAt(day, DAY);
    const { total } = await store.rows({ filter, podPattern: null, range, limit: 1, offset: 0 });
    expect(total).toBe(reference.rowsIn(filter, range).length);
    // Parts of hours are read from rows.
    const part = rangeAt(day + 300, DAY - 600);
    expectSame(withoutPods(await store.totals(filter, part)), withoutPods(reference.totals(filter, part)));
  }
}

function pageOf(filter: { clusterIds: string[] }, range: TimeRange, by: Grain): BreakdownQuery {
  return { filter, range, by, sort: 'name', descending: false, limit: 1000, offset: 0, search: null };
}

/** Sums by day at the grains that are kept longest, as they are: to be compared bit by bit. */
export async function dayFigures(store: ResultsStore, reference: KeptReference, clusterId: string): Promise<string> {
  const lines: unknown[] = [];
  for (const level of ['day', 'pod day'] as const) {
    for (const day of reference.keptDays(level)) {
      for (const by of level === 'day' ? (['namespace', 'workload'] as const) : (['pod'] as const)) {
        const { items, total } = await store.breakdown(pageOf({ clusterIds: [clusterId] }, rangeAt(day, DAY), by));
        lines.push([day, by, items.map((item) => [item.group, withoutPods(item)]), withoutPods(total)]);
      }
    }
  }
  return JSON.stringify(lines);
}
