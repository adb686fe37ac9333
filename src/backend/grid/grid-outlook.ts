import { type CleanStretch, cleanStretches, type HourValue } from '../../core/carbon/clean-hours.ts';
import { usualDay } from '../../core/carbon/usual-day.ts';
import type { GridIntensitySource, GridZone } from '../../core/ports/coefficient-sources.ts';
import type { IntensityValue } from '../../model/coefficients.ts';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { IntensitySource } from '../../model/sources.ts';
import { type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';
import type { LiveGrid } from './live-grid.ts';

const HOUR = 3600;
const DAY = 86_400;
const NEXT_HOURS = 24;
const LONGEST_FORECAST_SECONDS = 72 * HOUR;
const USUAL_DAYS = 7;
/** Longer ranges are answered in days. */
const LONGEST_HOURLY_SECONDS = 62 * DAY;
/** Pages ask publishers for no more than the last days; figures ask for what they need. */
const ASKED_BACK_SECONDS = 10 * DAY;

export interface OutlookPoint {
  readonly startSeconds: EpochSeconds;
  readonly durationSeconds: number;
  readonly gramsPerKwh: number;
  readonly low: number;
  readonly high: number;
  readonly isForecast: boolean;
  readonly rung: IntensitySource;
}

export interface Forecast {
  readonly points: readonly OutlookPoint[];
  /** `profile`: the usual course of a day, from the last seven days or from the tables. */
  readonly from: 'published' | 'profile' | 'none';
  readonly cleanHours: readonly CleanStretch[];
}

export interface OutlookDeps {
  readonly live: LiveGrid;
  readonly tables: GridIntensitySource;
  readonly factorType: FactorType;
  /** False for a zone that no figure needs: publishers are not asked for it then. */
  readonly isInUse: boolean;
  readonly nowSeconds: EpochSeconds;
}

/** Past of a zone by the hour (by the day for more than 62 days): published values, else those of the tables. */
export async function zoneHistory(zone: GridZone, range: TimeRange, deps: OutlookDeps): Promise<OutlookPoint[]> {
  const { live, factorType, nowSeconds } = deps;
  const hours = { startSeconds: floorTo(range.startSeconds, HOUR), endSeconds: Math.min(range.endSeconds, nowSeconds) };
  const records = await pastRecords(zone.zone, hours, deps);
  const byStart = Map.groupBy(records, (record) => floorTo(record.startSeconds, HOUR));
  const points: OutlookPoint[] = [];
  for (let hour = hours.startSeconds; hour < hours.endSeconds; hour += HOUR) {
    const recorded = live.choose(byStart.get(hour) ?? [], zone.zone, factorType, hour);
    points.push(pointOf(hour, recorded ?? (await deps.tables.intensityFor(zone, hour)), false));
  }
  return hours.endSeconds - hours.startSeconds > LONGEST_HOURLY_SECONDS ? daysOf(points) : points;
}

/** The hours to come: a published forecast, else the usual day; and the cleanest stretches of the next 24 hours. */
export async function zoneForecast(zone: GridZone, deps: OutlookDeps): Promise<Forecast> {
  const { live, factorType, nowSeconds } = deps;
  if (deps.isInUse) await live.fetchForecast(zone.zone, factorType);
  const next = floorTo(nowSeconds, HOUR) + HOUR;
  const ahead = { startSeconds: next, endSeconds: next + LONGEST_FORECAST_SECONDS };
  const published = (await live.archive.read(zone.zone, factorType, ahead)).filter((each) => each.isForecast);
  const isPublished = published.length > 1;
  const points = isPublished ? publishedPoints(published, zone, deps) : await usualPoints(zone, next, deps);
  const soon = points.filter((point) => point.startSeconds < next + NEXT_HOURS * HOUR);
  const from = isPublished ? 'published' : points.length > 0 ? 'profile' : 'none';
  return { points, from, cleanHours: cleanStretches(soon) };
}

async function pastRecords(zone: string, range: TimeRange, deps: OutlookDeps): Promise<readonly IntensityRecord[]> {
  const { live, factorType, nowSeconds } = deps;
  const read = () => live.archive.read(zone, factorType, range);
  const records = (await read()).filter((record) => !record.isForecast);
  const have = new Set(records.map((record) => record.startSeconds));
  const from = Math.max(range.startSeconds, floorTo(nowSeconds, HOUR) - ASKED_BACK_SECONDS);
  const missing: EpochSeconds[] = [];
  for (let hour = from; hour + HOUR <= range.endSeconds; hour += HOUR) if (!have.has(hour)) missing.push(hour);
  const [first] = missing;
  const last = missing.at(-1);
  if (first === undefined || last === undefined || !deps.isInUse) return records;
  await live.fetchPast(zone, factorType, first);
  await live.fetchPast(zone, factorType, last);
  return (await read()).filter((record) => !record.isForecast);
}

function publishedPoints(records: readonly IntensityRecord[], zone: GridZone, deps: OutlookDeps): OutlookPoint[] {
  return [...Map.groupBy(records, (record) => record.startSeconds)].flatMap(([start, ofHour]) => {
    const value = deps.live.choose(ofHour, zone.zone, deps.factorType, start);
    return value === null ? [] : [pointOf(start, value, true)];
  });
}

/** From the last seven days as published; else from the tables, where they know a course of the day. */
async function usualPoints(zone: GridZone, next: EpochSeconds, deps: OutlookDeps): Promise<OutlookPoint[]> {
  const { live, factorType, tables } = deps;
  const week = { startSeconds: next - USUAL_DAYS * DAY, endSeconds: next };
  const usual = usualDay(await live.archive.read(zone.zone, factorType, week), next, NEXT_HOURS);
  if (usual !== null) return usual.map(usualPoint);
  const hours = Array.from({ length: NEXT_HOURS }, (_, index) => next + index * HOUR);
  const values = await Promise.all(hours.map(async (hour) => ({ hour, value: await tables.intensityFor(zone, hour) })));
  return values.every(({ value }) => value.source === 'zone-profile')
    ? values.map(({ hour, value }) => pointOf(hour, value, true))
    : [];
}

/** Range of METHODOLOGY 1.9 for a profile of the zone. */
const PROFILE = { low: 0.7, high: 1.3 };

function usualPoint({ startSeconds, gramsPerKwh }: HourValue): OutlookPoint {
  return {
    startSeconds,
    durationSeconds: HOUR,
    gramsPerKwh,
    low: gramsPerKwh * PROFILE.low,
    high: gramsPerKwh * PROFILE.high,
    isForecast: true,
    rung: 'zone-profile',
  };
}

function pointOf(startSeconds: EpochSeconds, value: IntensityValue, isForecast: boolean): OutlookPoint {
  const { gramsPerKwh, factor, source } = value;
  const low = gramsPerKwh * factor.low;
  return {
    startSeconds,
    durationSeconds: HOUR,
    gramsPerKwh,
    low,
    high: gramsPerKwh * factor.high,
    isForecast,
    rung: source,
  };
}

/** Means of days; the rung is the one of most hours. */
function daysOf(points: readonly OutlookPoint[]): OutlookPoint[] {
  return [...Map.groupBy(points, (point) => floorTo(point.startSeconds, DAY))].flatMap(([, hours]) => {
    const [first] = hours;
    if (first === undefined) return [];
    const mean = (of: (point: OutlookPoint) => number) =>
      hours.reduce((sum, point) => sum + of(point), 0) / hours.length;
    const byRung = Map.groupBy(hours, (point) => point.rung);
    const [rung = first.rung] = [...byRung.keys()].sort(
      (a, b) => (byRung.get(b)?.length ?? 0) - (byRung.get(a)?.length ?? 0),
    );
    return [
      {
        ...first,
        durationSeconds: hours.length * HOUR,
        gramsPerKwh: mean((point) => point.gramsPerKwh),
        low: mean((point) => point.low),
        high: mean((point) => point.high),
        rung,
      },
    ];
  });
}
