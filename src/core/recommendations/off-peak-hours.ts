import type { SleepPeriod } from './draft.ts';
import type { LocalHour } from './local-hours.ts';

/** Share of the days on which an hour of the day must be quiet; exactly so many are enough. */
const MOST_DAYS = 0.8;
/** Weekdays that must have been seen at that hour, and days of a weekend. */
const LEAST_DAYS = { weekdays: 3, weekend: 2 } as const;

/**
 * The longest stretch of the day, over midnight too, in which every hour is quiet on most days, for weekdays and weekends
 * apart. `isQuiet` answers null for an hour without data, which speaks neither for nor against. Shorter than `minHours`:
 * none.
 */
export function quietPeriods(
  hours: readonly LocalHour[],
  isQuiet: (hour: number) => boolean | null,
  minHours: number,
): SleepPeriod[] {
  return (['weekdays', 'weekend'] as const).flatMap((days) => {
    const quiet = quietHoursOfDay(hours, isQuiet, days);
    const stretch = longestStretch(quiet);
    return stretch === null || stretch.length < minHours
      ? []
      : [{ days, fromHour: stretch.from, toHour: endOf(stretch.from, stretch.length) }];
  });
}

/** True where a local hour lies in the period; a period over midnight goes on in the morning of each of its days. */
export function isIn(period: SleepPeriod, hour: LocalHour): boolean {
  if (hour.isWeekend !== (period.days === 'weekend')) return false;
  const { fromHour, toHour } = period;
  return fromHour < toHour ? hour.hour >= fromHour && hour.hour < toHour : hour.hour >= fromHour || hour.hour < toHour;
}

export function hoursOfPeriod({ fromHour, toHour }: SleepPeriod): number {
  return fromHour < toHour ? toHour - fromHour : 24 - fromHour + toHour;
}

function endOf(from: number, length: number): number {
  if (length === 24) return 24;
  const end = (from + length) % 24;
  return end === 0 ? 24 : end;
}

function quietHoursOfDay(
  hours: readonly LocalHour[],
  isQuiet: (hour: number) => boolean | null,
  days: SleepPeriod['days'],
): boolean[] {
  const seen = Array.from({ length: 24 }, () => new Map<string, boolean>());
  for (const [index, local] of hours.entries()) {
    const quiet = local.isWeekend === (days === 'weekend') ? isQuiet(index) : null;
    const dates = seen[local.hour];
    // An hour that the clocks show twice is quiet where both are.
    if (quiet !== null && dates !== undefined) dates.set(local.date, quiet && (dates.get(local.date) ?? true));
  }
  return seen.map((dates) => {
    const quiet = [...dates.values()].filter(Boolean).length;
    return dates.size >= LEAST_DAYS[days] && quiet >= MOST_DAYS * dates.size - 1e-9;
  });
}

/** The longest run round the clock, the earliest on a tie; all 24 start at midnight. */
function longestStretch(quiet: readonly boolean[]): { from: number; length: number } | null {
  if (quiet.every(Boolean)) return { from: 0, length: 24 };
  let best: { from: number; length: number } | null = null;
  for (let from = 0; from < 24; from += 1) {
    let length = 0;
    while (quiet[(from + length) % 24] === true) length += 1;
    if (length > 0 && (best === null || length > best.length)) best = { from, length };
  }
  return best;
}
