import type { EpochSeconds, TimeRange, Window } from '../../model/time.ts';
import { windowEndSeconds } from '../../model/time.ts';
import { DAY_SECONDS } from './calendar.ts';

const GAP_DAYS_BACK = 3;
const GAP_START_SECONDS = 3600;
const GAP_SECONDS = 5 * 3600 + 22 * 60;

/**
 * A time in which nothing was scraped, about five hours long, three days before the day on which the sample was
 * opened; its end lies inside an hour and inside five minutes, so that partial windows of both lengths exist.
 */
export function gapOf(dayStart: EpochSeconds): TimeRange {
  const startSeconds = dayStart - GAP_DAYS_BACK * DAY_SECONDS + GAP_START_SECONDS;
  return { startSeconds, endSeconds: startSeconds + GAP_SECONDS };
}

/** Seconds of a window with samples: outside the gap, after the oldest sample, not in the future. */
export function coveredSeconds(window: Window, gap: TimeRange, known: TimeRange): number {
  const start = Math.max(window.startSeconds, known.startSeconds);
  const end = Math.min(windowEndSeconds(window), known.endSeconds);
  if (end <= start) return 0;
  const inGap = Math.min(end, gap.endSeconds) - Math.max(start, gap.startSeconds);
  return end - start - Math.max(0, inGap);
}
