import type { LocalHour } from './local-hours.ts';

/** An hour in which the work ran. */
export interface HourOfWork {
  readonly hour: number;
  readonly at: LocalHour;
  /** Energy, J. */
  readonly weight: number;
  readonly gramsPerKwh: number;
}

/**
 * The local hour of the day at which a run of so many hours meets the cleanest grid on a usual day (mean of each hour of
 * the day); the earliest on a tie. Null where an hour of the day was never seen.
 */
export function bestHour(
  intensity: readonly (number | null)[],
  local: readonly LocalHour[],
  length: number,
): number | null {
  const sums = Array.from({ length: 24 }, () => ({ sum: 0, count: 0 }));
  for (const [index, { hour }] of local.entries()) {
    const value = intensity[index] ?? null;
    const entry = sums[hour];
    if (value === null || entry === undefined) continue;
    entry.sum += value;
    entry.count += 1;
  }
  if (sums.some(({ count }) => count === 0)) return null;
  const usual = sums.map(({ sum, count }) => sum / count);
  let best: { hour: number; sum: number } | null = null;
  for (let hour = 0; hour < 24; hour += 1) {
    let sum = 0;
    for (let offset = 0; offset < length; offset += 1) sum += usual[(hour + offset) % 24] ?? 0;
    if (best === null || sum < best.sum - 1e-9) best = { hour, sum };
  }
  return best?.hour ?? null;
}

/**
 * Share of its carbon that the work would have saved, had each day's run begun at that local hour of its own day. Days
 * whose proposed hours aren't known are left out. Below 0: it would have been worse.
 */
export function worthOfHour(
  intensity: readonly (number | null)[],
  local: readonly LocalHour[],
  work: readonly HourOfWork[],
  hour: number,
  length: number,
): number {
  const starts = new Map<string, number>();
  for (const [index, at] of local.entries()) {
    if (at.hour === hour && !starts.has(at.date)) starts.set(at.date, index);
  }
  let was = 0;
  let would = 0;
  for (const each of work) {
    const start = starts.get(each.at.date);
    const there = start === undefined ? null : meanOf(intensity.slice(start, start + length));
    if (there === null) continue;
    was += each.weight * each.gramsPerKwh;
    would += each.weight * there;
  }
  return was > 0 ? 1 - would / was : 0;
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length < values.length || known.length === 0
    ? null
    : known.reduce((sum, value) => sum + value, 0) / known.length;
}
