import type { IntensityRecord } from '../../model/grid.ts';
import type { HourValue } from './clean-hours.ts';

const HOUR = 3600;
const DAY_HOURS = 24;
/** Fewer days would take the weather of a day for its course. */
const LEAST_DAYS = 3;

/**
 * The usual course of a day, laid on the hours from `fromSeconds` on: the mean of each hour of the day (UTC) over the
 * values given. Null where an hour of the day is seen on fewer than three days.
 */
export function usualDay(
  records: readonly IntensityRecord[],
  fromSeconds: number,
  hours: number,
): readonly HourValue[] | null {
  const byHour = Array.from({ length: DAY_HOURS }, () => ({ sum: 0, count: 0 }));
  for (const { startSeconds, gramsPerKwh, isForecast, kind } of records) {
    const sums = byHour[hourOfDay(startSeconds)];
    if (isForecast || kind !== 'average' || sums === undefined) continue;
    sums.sum += gramsPerKwh;
    sums.count += 1;
  }
  if (byHour.some(({ count }) => count < LEAST_DAYS)) return null;
  return Array.from({ length: hours }, (_, index) => {
    const startSeconds = fromSeconds + index * HOUR;
    const { sum, count } = byHour[hourOfDay(startSeconds)] ?? { sum: 0, count: 1 };
    return { startSeconds, gramsPerKwh: sum / count };
  });
}

function hourOfDay(seconds: number): number {
  return Math.floor(seconds / HOUR) % DAY_HOURS;
}
