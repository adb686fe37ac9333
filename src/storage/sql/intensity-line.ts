import * as z from 'zod';
import { FACTOR_TYPES, type IntensityRecord } from '../../model/grid.ts';
import { isoOf, secondsOf } from './instants.ts';

/** Days that values of grids are kept: measured ones as long as hours, forecasts until nobody compares them any more. */
export const INTENSITY_DAYS = { known: 400, forecast: 7 } as const;

/** Columns of `carbon_intensity`. */
export const INTENSITY_COLUMNS = [
  'zone',
  'timestamp',
  'duration_seconds',
  'intensity',
  'kind',
  'factor_type',
  'is_estimated',
  'is_forecast',
  'source',
] as const;

type IntensityLine = Readonly<Record<(typeof INTENSITY_COLUMNS)[number], string | number | boolean>>;

/** A value as a line of `carbon_intensity`, or a document with its columns. */
export function intensityLine(record: IntensityRecord): IntensityLine {
  return {
    zone: record.zone,
    timestamp: isoOf(record.startSeconds),
    duration_seconds: record.durationSeconds,
    intensity: record.gramsPerKwh,
    kind: record.kind,
    factor_type: record.factorType,
    is_estimated: record.isEstimated,
    is_forecast: record.isForecast,
    source: record.source,
  };
}

const flag = z.union([z.boolean(), z.number()]).transform(Boolean);
const Line = z.object({
  zone: z.string(),
  timestamp: z.string(),
  duration_seconds: z.number().default(3600),
  intensity: z.number(),
  kind: z.enum(['average', 'marginal']),
  factor_type: z.enum(FACTOR_TYPES),
  is_estimated: flag,
  is_forecast: flag,
  source: z.string(),
});

/** The reverse of `intensityLine`. */
export function intensityOf(line: unknown): IntensityRecord {
  const row = Line.parse(line);
  return {
    zone: row.zone,
    startSeconds: secondsOf(row.timestamp),
    durationSeconds: row.duration_seconds,
    gramsPerKwh: row.intensity,
    kind: row.kind,
    factorType: row.factor_type,
    isEstimated: row.is_estimated,
    isForecast: row.is_forecast,
    source: row.source,
  };
}

/** What there is one value of: another one with the same takes its place. */
export function intensityKey(record: IntensityRecord): string {
  return JSON.stringify([record.zone, record.startSeconds, record.kind, record.factorType, record.source]);
}

/** One value a key: the last of those that were given, but no forecast where its time has a value that is none. */
export function lastOfEach(records: readonly IntensityRecord[]): readonly IntensityRecord[] {
  const kept = new Map<string, IntensityRecord>();
  for (const record of records) {
    const key = intensityKey(record);
    if (record.isForecast && kept.get(key)?.isForecast === false) continue;
    kept.set(key, record);
  }
  return [...kept.values()];
}
