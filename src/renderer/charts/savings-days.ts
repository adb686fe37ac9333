import type { SavingsReport } from '../../contract/schemas/recommendations.ts';

export type SavingsMetric = 'carbon' | 'cost';

/** One day (UTC) in epoch milliseconds; measured is null until it was measured. */
export interface SavingsBucket {
  readonly startMs: number;
  readonly endMs: number;
  readonly promised: number;
  readonly measured: number | null;
}

const DAY_MS = 86_400_000;

/** The days of a report in order, with those between them that have nothing promised. */
export function savingsBuckets(days: SavingsReport['days'], metric: SavingsMetric): SavingsBucket[] {
  const known = days
    .map((day) => ({
      startMs: Date.parse(`${day.date.slice(0, 10)}T00:00:00Z`),
      promised: metric === 'carbon' ? day.promised_co2e_grams : day.promised_cost,
      measured: metric === 'carbon' ? day.measured_co2e_grams : day.measured_cost,
    }))
    .toSorted((a, b) => a.startMs - b.startMs);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return [];
  const byStart = new Map(known.map((day) => [day.startMs, day]));
  return Array.from({ length: Math.round((last.startMs - first.startMs) / DAY_MS) + 1 }, (_, index) => {
    const startMs = first.startMs + index * DAY_MS;
    const day = byStart.get(startMs);
    return { startMs, endMs: startMs + DAY_MS, promised: day?.promised ?? 0, measured: day?.measured ?? null };
  });
}

/** Lowest and highest of all that is drawn; a measured day may be below zero. */
export function savingsExtent(buckets: readonly SavingsBucket[]): { low: number; high: number } {
  const values = buckets.flatMap(({ promised, measured }) => [promised, measured ?? 0]);
  return { low: Math.min(0, ...values), high: Math.max(0, ...values) };
}
