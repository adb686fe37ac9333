import { dateOf, rangeOfDate } from '../../core/cost-attribution/calendar.ts';
import { BACKFILL_WINDOW_SECONDS, type EpochSeconds } from '../../model/time.ts';
import type { CostStore } from './cost-store.ts';
import type { NamespaceNames } from './namespace-names.ts';

/** Sums of the same numbers in another order. */
const TOLERANCE = 1e-9;

/**
 * UTC days of a cluster whose costs by namespace are not those of its results, newest first: days that a stop cut off,
 * that were computed anew elsewhere, or that have never been attributed. Days whose rows retention has removed are left
 * as they are: nothing can change them any more.
 */
export async function* staleDays(
  clusterId: string,
  nowSeconds: EpochSeconds,
  store: CostStore,
  names: NamespaceNames,
): AsyncGenerator<string, void> {
  const all = { startSeconds: 0, endSeconds: nowSeconds + BACKFILL_WINDOW_SECONDS };
  const windows = await store.restatableWindows(clusterId, all);
  const dates = new Set(windows.map(({ startSeconds }) => dateOf(startSeconds)));
  for (const date of [...dates].sort().reverse()) {
    if (await isStale(clusterId, date, store, names)) yield date;
  }
}

async function isStale(clusterId: string, date: string, store: CostStore, names: NamespaceNames): Promise<boolean> {
  const range = rangeOfDate(date);
  const query = { filter: { clusterIds: [clusterId] }, buckets: [range], groupBy: 'namespace', top: null } as const;
  const [points, kept] = await Promise.all([store.series(query), store.costsBy('namespace', clusterId, range)]);
  const attributed = new Map<string, number>();
  for (const { namespaceId, totalCost } of kept)
    attributed.set((await names.of(namespaceId)) ?? namespaceId, totalCost);
  const results = new Map(points.map(({ group, totalCost }) => [group?.key ?? '', totalCost]));
  const differs = ([name, cost]: [string, number]): boolean => {
    const other = attributed.get(name);
    return other === undefined || Math.abs(other - cost) > TOLERANCE * Math.max(1e-3, cost);
  };
  if ([...results].some(differs)) return true;
  return [...attributed].some(([name, cost]) => cost > 0 && !results.has(name));
}
