import type * as z from 'zod';
import type { CleanHours, GridFeedState, GridPoint, GridValue } from '../../contract/schemas/grid.ts';
import type { CleanStretch } from '../../core/carbon/clean-hours.ts';
import type { GridZone } from '../../core/ports/coefficient-sources.ts';
import type { IntensityValue } from '../../model/coefficients.ts';
import type { FeedState } from '../grid/feed-state.ts';
import type { OutlookPoint } from '../grid/grid-outlook.ts';
import { toIso } from '../ranges/instants.ts';

export function isoOrNull(seconds: number | null): string | null {
  return seconds === null ? null : toIso(seconds);
}

export function feedStateOf(state: FeedState): GridFeedState {
  const { lastGoodSeconds, ...rest } = state;
  return { ...rest, last_good_at: isoOrNull(lastGoodSeconds) };
}

export function gridValueOf(value: IntensityValue, source: string): z.infer<typeof GridValue> {
  const { gramsPerKwh, factor } = value;
  return {
    intensity: gramsPerKwh,
    low: gramsPerKwh * factor.low,
    high: gramsPerKwh * factor.high,
    rung: value.source,
    source,
    at: isoOrNull(value.atSeconds),
  };
}

export function pointOf(point: OutlookPoint): z.infer<typeof GridPoint> {
  return {
    timestamp: toIso(point.startSeconds),
    duration_seconds: point.durationSeconds,
    intensity: point.gramsPerKwh,
    low: point.low,
    high: point.high,
    is_forecast: point.isForecast,
    rung: point.rung,
  };
}

export function cleanHoursOf(stretch: CleanStretch): z.infer<typeof CleanHours> {
  return {
    start: toIso(stretch.startSeconds),
    end: toIso(stretch.endSeconds),
    intensity: stretch.gramsPerKwh,
    below_mean: stretch.belowMean,
  };
}

/** A zone by its key alone: zones are named after their country, `SE-SE3` lies in `SE`. */
export function zoneOfKey(zone: string): GridZone {
  const country = /^[A-Z]{2}(?=-|$)/.exec(zone)?.[0] ?? null;
  return { zone, countryCode: country, foundBy: country === null ? 'unknown' : 'region' };
}
