import type { EpochSeconds } from '../../model/time.ts';
import { localHourOfWeek } from './calendar.ts';
import { between } from './seeded.ts';
import { HOURS_PER_WEEK } from './tables.ts';

/**
 * Position between low and high use at an instant, 0 to 1. An hour's value holds at its middle; between two middles
 * it moves evenly, so that five-minute windows don't step on the hour.
 */
export function positionAt(hours: readonly number[], atSeconds: EpochSeconds): number {
  const fromMiddle = localHourOfWeek(atSeconds) - 0.5 + HOURS_PER_WEEK;
  const before = Math.floor(fromMiddle);
  const first = hours[before % HOURS_PER_WEEK] ?? 0;
  const second = hours[(before + 1) % HOURS_PER_WEEK] ?? 0;
  return between(first, second, fromMiddle - before);
}
