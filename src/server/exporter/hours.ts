import type { HourRange } from './exporter-client.ts';

const HOUR_SECONDS = 3600;
/** An hour counts when it has been over for this long: its last windows are read and written by then. */
const SETTLE_SECONDS = 900;

/** End of the youngest hour that counts. */
export function settledUntil(nowSeconds: number): number {
  return Math.floor((nowSeconds - SETTLE_SECONDS) / HOUR_SECONDS) * HOUR_SECONDS;
}

/** The 24 whole hours that ended last. */
export function lastDay(nowSeconds: number): HourRange {
  const end = settledUntil(nowSeconds);
  return hourRange(end - 24 * HOUR_SECONDS, end);
}

export function hourRange(startSeconds: number, endSeconds: number): HourRange {
  return { start: iso(startSeconds), end: iso(endSeconds) };
}

export function toSeconds(instant: string): number {
  return Date.parse(instant) / 1000;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
