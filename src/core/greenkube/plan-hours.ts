import {
  BACKFILL_WINDOW_SECONDS,
  type EpochSeconds,
  floorTo,
  LIVE_WINDOW_SECONDS,
  type Window,
  type WindowSeconds,
} from '../../model/time.ts';
import type { GreenKubeHour, GreenKubeOrigin } from '../ports/greenkube-source.ts';

/** From which table an hour is taken, and how long its windows are. */
export interface HourPlan {
  readonly origin: GreenKubeOrigin;
  readonly windowSeconds: WindowSeconds;
}

/**
 * GreenKube keeps an hour in both tables until it prunes the raw one, so that adding both would count it twice: an hour
 * is taken from the table that has more of its samples, from the raw one where both have as many. Raw samples that stand
 * for more than five minutes make one window of the hour. Windows of an hour never cross its ends, so none overlap.
 */
export function planHours(hours: readonly GreenKubeHour[]): ReadonlyMap<EpochSeconds, HourPlan> {
  return new Map(hours.map((hour) => [hour.startSeconds, planOf(hour)]));
}

/** The window that an instant of a planned hour belongs to. */
export function windowOf(atSeconds: EpochSeconds, { windowSeconds }: HourPlan): Window {
  return { startSeconds: floorTo(atSeconds, windowSeconds), durationSeconds: windowSeconds };
}

function planOf({ rawRows, longestSeconds, hourlySamples }: GreenKubeHour): HourPlan {
  if (rawRows < hourlySamples || rawRows === 0) return { origin: 'hourly', windowSeconds: BACKFILL_WINDOW_SECONDS };
  const isLong = (longestSeconds ?? 0) > LIVE_WINDOW_SECONDS;
  return { origin: 'raw', windowSeconds: isLong ? BACKFILL_WINDOW_SECONDS : LIVE_WINDOW_SECONDS };
}
