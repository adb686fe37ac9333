import { type TimeRange, type Window, windowEndSeconds } from '../../model/time.ts';

const HOUR = 3600;
const WEEK = 7 * 24 * HOUR;
/** The epoch was a Thursday; six days later comes the first Wednesday. */
const FIRST_WEDNESDAY = 6 * 24 * HOUR;
const GAP_STARTS = FIRST_WEDNESDAY + 2 * HOUR;
const GAP_LENGTH = 5 * HOUR + 20 * 60;

/** Each Wednesday from 02:00 to 07:20 UTC nothing was scraped: five hours without data and one partial. */
export function coveredSeconds(window: Window): number {
  const gap = gapBefore(windowEndSeconds(window));
  const from = Math.max(gap.startSeconds, window.startSeconds);
  const to = Math.min(gap.endSeconds, windowEndSeconds(window));
  return window.durationSeconds - Math.max(0, to - from);
}

function gapBefore(seconds: number): TimeRange {
  const startSeconds = Math.floor((seconds - GAP_STARTS) / WEEK) * WEEK + GAP_STARTS;
  return { startSeconds, endSeconds: startSeconds + GAP_LENGTH };
}
