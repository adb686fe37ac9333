import type { GridHistory, GridPoint } from '../../contract/schemas/grid.ts';
import { formatPercent } from '../format/change.ts';
import { formatRange } from '../format/quantity.ts';
import { formatBucket, formatDuration } from '../format/time.ts';
import { chooseUnit } from '../format/units.ts';
import { amountText } from './amount.ts';
import type { Gap } from './buckets.ts';

/** One hour (or day) of a zone, in g CO2e/kWh. */
export interface IntensityPoint {
  readonly startMs: number;
  readonly endMs: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly rung: GridPoint['rung'];
  readonly isForecast: boolean;
}

export interface CleanStretch {
  readonly startMs: number;
  readonly endMs: number;
  readonly value: number;
  /** Share below the mean of the next 24 hours. */
  readonly belowMean: number;
}

/** What the chart of a zone draws. */
export interface IntensityData {
  readonly fromMs: number;
  readonly toMs: number;
  /** Past and, where it follows on, forecast: in order of time. */
  readonly points: readonly IntensityPoint[];
  readonly gaps: readonly Gap[];
  readonly clean: readonly CleanStretch[];
  readonly forecastFrom: GridHistory['forecast_from'];
}

export const INTENSITY_UNIT = chooseUnit('intensity', 0);
/** A forecast is drawn where the past reaches this near to it; what ended before is looked at alone. */
const FOLLOWS_WITHIN_MS = 3 * 3_600_000;

/** The answer of the backend, ready to draw. Hours without a value are gaps, never zero. */
export function shapeIntensity(history: GridHistory): IntensityData {
  const periodStart = Date.parse(history.period.start);
  const periodEnd = Date.parse(history.period.end);
  const past = history.points.map(pointOf).toSorted(byStart);
  const forecast = history.forecast.map(pointOf).toSorted(byStart);
  const first = forecast[0];
  const follows = first !== undefined && first.startMs - periodEnd < FOLLOWS_WITHIN_MS;
  const ahead = follows ? forecast.filter((point) => point.startMs >= (past.at(-1)?.endMs ?? 0)) : [];
  const fromMs = Math.min(periodStart, past[0]?.startMs ?? periodStart);
  const lastPastMs = past.at(-1)?.endMs ?? fromMs;
  const pastEndMs = Math.max(periodEnd, lastPastMs);
  return {
    fromMs,
    toMs: Math.max(pastEndMs, ahead.at(-1)?.endMs ?? 0),
    points: [...past, ...ahead],
    gaps: gapsIn(past, fromMs, periodEnd),
    clean: follows ? history.clean_hours.map(cleanOf) : [],
    forecastFrom: history.forecast_from,
  };
}

const byStart = (a: IntensityPoint, b: IntensityPoint): number => a.startMs - b.startMs;

function pointOf(point: GridPoint): IntensityPoint {
  const startMs = Date.parse(point.timestamp);
  return {
    startMs,
    endMs: startMs + point.duration_seconds * 1000,
    value: point.intensity,
    low: point.low,
    high: point.high,
    rung: point.rung,
    isForecast: point.is_forecast,
  };
}

export function cleanOf(hours: GridHistory['clean_hours'][number]): CleanStretch {
  return {
    startMs: Date.parse(hours.start),
    endMs: Date.parse(hours.end),
    value: hours.intensity,
    belowMean: hours.below_mean,
  };
}

/** Stretches of an hour or more that no point covers; the hour that runs now has none yet. */
function gapsIn(points: readonly IntensityPoint[], fromMs: number, toMs: number): Gap[] {
  const hour = 3_600_000;
  const gaps: Gap[] = [];
  let reached = fromMs;
  for (const { startMs, endMs } of points) {
    if (startMs - reached >= hour) gaps.push({ startMs: reached, endMs: startMs });
    reached = Math.max(reached, endMs);
  }
  if (toMs - reached >= 2 * hour) gaps.push({ startMs: reached, endMs: toMs });
  return gaps;
}

/** Points that follow on each other and are known alike: one line each. */
export function runsOf(points: readonly IntensityPoint[]): IntensityPoint[][] {
  const runs: IntensityPoint[][] = [];
  for (const point of points) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const goesOn =
      last !== undefined &&
      last.endMs === point.startMs &&
      last.rung === point.rung &&
      last.isForecast === point.isForecast;
    if (goesOn && run !== undefined) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

/** How each rung is called where space is short. */
export const RUNG_NAMES: Readonly<Record<IntensityPoint['rung'], string>> = {
  live: 'Live',
  estimated: 'Estimated',
  'zone-profile': 'Usual hour',
  'zone-year': 'Yearly value',
  'country-year': 'Yearly value of the country',
  person: 'Set by a person',
  world: 'Mean of the world',
};

/** Words for one point, for the card and for who listens. */
export function pointText(point: IntensityPoint, tz: string): string {
  const when = formatBucket(point.startMs, point.endMs, tz);
  const range = formatRange(point.low, point.high, INTENSITY_UNIT, point.value);
  const forecast = point.isForecast ? ', forecast' : '';
  return `${when}: ${amountText(point.value, INTENSITY_UNIT)}, between ${range}, ${RUNG_NAMES[point.rung]}${forecast}`;
}

/** What the chart says to who can't see it: mean, extremes, gaps, clean hours. */
export function intensitySentence(title: string, data: IntensityData, tz: string): string {
  const past = data.points.filter((point) => !point.isForecast);
  const parts = [title];
  if (past.length === 0) parts.push('no data');
  else {
    const mean = past.reduce((sum, point) => sum + point.value, 0) / past.length;
    parts.push(`mean ${amountText(mean, INTENSITY_UNIT)}`);
    const sorted = past.toSorted((a, b) => a.value - b.value);
    const [lowest, highest] = [sorted[0], sorted.at(-1)];
    if (lowest !== undefined && highest !== undefined && lowest.value < highest.value) {
      parts.push(`highest ${atPoint(highest, tz)}`, `lowest ${atPoint(lowest, tz)}`);
    }
  }
  parts.push(
    data.gaps.length === 0
      ? 'no gaps'
      : `no data for ${data.gaps.map((gap) => formatDuration((gap.endMs - gap.startMs) / 1000)).join(', ')}`,
  );
  if (data.clean.length > 0) {
    parts.push(`clean hours ${data.clean.map((each) => cleanText(each, tz)).join(', ')}`);
  }
  return `${parts.join('; ')}.`;
}

const atPoint = (point: IntensityPoint, tz: string): string =>
  `${amountText(point.value, INTENSITY_UNIT)} on ${formatBucket(point.startMs, point.endMs, tz)}`;

/** `Sun 22 Nov, 11:00–14:00, 32 % below the mean of the next 24 h` */
export const cleanText = (clean: CleanStretch, tz: string): string =>
  `${formatBucket(clean.startMs, clean.endMs, tz)}, ${formatPercent(clean.belowMean)} below the mean of the next 24 h`;
