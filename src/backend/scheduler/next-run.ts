import { type EpochSeconds, floorTo, LIVE_WINDOW_SECONDS } from '../../model/time.ts';

/** A window is read this long after its end, so that the last scrapes of it have arrived. */
export const SETTLE_SECONDS = 90;

/** End of the youngest 5-minute window that can be read now. */
export function closableUntil(nowSeconds: EpochSeconds): EpochSeconds {
  return floorTo(nowSeconds - SETTLE_SECONDS, LIVE_WINDOW_SECONDS);
}

/** The next instant of the pace: a multiple of the interval, plus the time that scrapes need. */
export function nextRunAfter(nowSeconds: EpochSeconds, intervalSeconds: number): EpochSeconds {
  return floorTo(nowSeconds - SETTLE_SECONDS, intervalSeconds) + intervalSeconds + SETTLE_SECONDS;
}
