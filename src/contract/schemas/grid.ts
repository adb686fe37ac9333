import * as z from 'zod';
import { Instant, Name, Period, rangeFields } from './primitives.ts';

export const GridZonesInput = z.object({ cluster: Name.optional(), ...rangeFields });
export type GridZonesInput = z.infer<typeof GridZonesInput>;

/** State of the feed that serves a zone. A failed one tells since when its last good value holds. */
export const GridFeedState = z.object({
  id: z.string().describe('electricity-maps, gb-carbon-intensity, or tables'),
  name: z.string(),
  state: z.enum(['working', 'failed', 'waiting', 'not-set-up', 'offline']),
  message: z.string().nullable(),
  hint: z.string().nullable(),
  last_good_at: Instant.nullable(),
});
export type GridFeedState = z.infer<typeof GridFeedState>;

/** Intensity in gCO2e/kWh; `low` and `high` by the rung's own factor. */
export const GridValue = z.object({
  intensity: z.number().nonnegative(),
  low: z.number().nonnegative(),
  high: z.number().nonnegative(),
  rung: z.enum(['live', 'estimated', 'zone-profile', 'zone-year', 'country-year', 'person', 'world']),
  source: z.string(),
  at: Instant.nullable().describe('What hour or year the value is of'),
});
export type GridValue = z.infer<typeof GridValue>;

export const GridZoneSummary = z.object({
  zone: z.string(),
  name: z.string(),
  country: z.string().nullable(),
  found_by: z.enum(['person', 'region', 'country', 'unknown']),
  clusters: z.array(z.object({ id: z.string(), name: z.string() })),
  node_count: z.int().nonnegative(),
  factor_type: z.enum(['lifecycle', 'direct']),
  now: GridValue,
  mean: z
    .number()
    .nonnegative()
    .nullable()
    .describe('Mean of the range, weighted by facility energy: facility kWh × this = co2e_grams'),
  co2e_grams: z.number().nonnegative().describe('Operational emissions in the range'),
  facility_energy_joules: z.number().nonnegative(),
  feed: GridFeedState,
});
export type GridZoneSummary = z.infer<typeof GridZoneSummary>;
export const GridZones = z.object({ period: Period, zones: z.array(GridZoneSummary) });
export type GridZones = z.infer<typeof GridZones>;

export const GridHistoryInput = z.object({ zone: z.string().min(1).max(40), ...rangeFields });
export type GridHistoryInput = z.infer<typeof GridHistoryInput>;

export const GridPoint = z.object({
  timestamp: Instant,
  duration_seconds: z.number().positive(),
  intensity: z.number().nonnegative(),
  low: z.number().nonnegative(),
  high: z.number().nonnegative(),
  is_forecast: z.boolean(),
  rung: GridValue.shape.rung,
});
export type GridPoint = z.infer<typeof GridPoint>;

/** A stretch of hours to come (or, without a forecast, usual hours of the day) with the lowest mean. */
export const CleanHours = z.object({
  start: Instant,
  end: Instant,
  intensity: z.number().nonnegative(),
  below_mean: z.number().describe('Share below the mean of the next 24 h, 0 to 1'),
});

export const GridHistory = z.object({
  zone: z.string(),
  period: Period,
  points: z.array(GridPoint),
  forecast: z.array(GridPoint),
  /** What `clean_hours` is from: a published forecast, or the usual course of a day. */
  forecast_from: z.enum(['published', 'profile', 'none']),
  clean_hours: z.array(CleanHours),
  feed: GridFeedState,
});
export type GridHistory = z.infer<typeof GridHistory>;
