import { type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';

export const DAY_SECONDS = 86_400;
export const WEEK_SECONDS = 7 * DAY_SECONDS;
const HOUR_SECONDS = 3_600;

/** The seven whole days (UTC) before the day of an instant: one of each weekday. */
export function daysBefore(atSeconds: EpochSeconds): readonly EpochSeconds[] {
  const day = floorTo(atSeconds, DAY_SECONDS);
  return Array.from({ length: 7 }, (_, index) => day - WEEK_SECONDS + index * DAY_SECONDS);
}

/** The whole days after the day of an instant that are over. */
export function closedDaysAfter(atSeconds: EpochSeconds, now: EpochSeconds): readonly EpochSeconds[] {
  const first = floorTo(atSeconds, DAY_SECONDS) + DAY_SECONDS;
  const count = Math.max(0, Math.floor((now - first) / DAY_SECONDS));
  return Array.from({ length: count }, (_, index) => first + index * DAY_SECONDS);
}

export function rangeOfDay(startSeconds: EpochSeconds): TimeRange {
  return { startSeconds, endSeconds: startSeconds + DAY_SECONDS };
}

/** The whole hours of a range, in order. */
export function hoursIn({ startSeconds, endSeconds }: TimeRange): readonly TimeRange[] {
  const count = Math.floor((endSeconds - startSeconds) / HOUR_SECONDS);
  return Array.from({ length: count }, (_, index) => {
    const start = startSeconds + index * HOUR_SECONDS;
    return { startSeconds: start, endSeconds: start + HOUR_SECONDS };
  });
}

/** 0 to 6; days of the same weekday have the same one. */
export function weekdayOf(dayStartSeconds: EpochSeconds): number {
  return (((dayStartSeconds / DAY_SECONDS) % 7) + 7) % 7;
}
