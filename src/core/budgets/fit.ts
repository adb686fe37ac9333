import { dot, inverseOf } from './solve.ts';

/** What a day used, by its number since the epoch (0 is Thursday 1970-01-01). */
export interface DayAmount {
  readonly day: number;
  readonly amount: number;
}

/** A day that is to come, or the share of it that is. */
export interface DayShare {
  readonly day: number;
  readonly share: number;
}

export interface DayModel {
  /** Expected amount of a whole day; may be below 0 where a trend falls. */
  predict(day: number): number;
  /** Standard error of the sum over these days: of the line that was fitted, and of the days around it. */
  sumError(days: readonly DayShare[]): number;
  /** Days that were fitted beyond the figures that were fitted from them. */
  readonly freedom: number;
  readonly hasTrend: boolean;
  readonly hasWeekdays: boolean;
}

/** From this many days on there is a trend, if it stands out from the noise. */
const TREND_DAYS = 7;
/** From this many days on each weekday was seen twice: weekdays have their own level. */
const WEEKDAY_DAYS = 14;
/** A trend counts where it is this many times its own error. */
const CLEAR_TREND = 1.5;

type Columns = (day: number) => readonly number[];

/**
 * Least squares over the days that have data: one level, or a level a weekday from 14 days on, and from 7 days on a
 * straight trend where it stands out. Gaps are left out; they are no zeros. Null without any day.
 */
export function fitDays(days: readonly DayAmount[]): DayModel | null {
  const last = days.at(-1)?.day;
  if (last === undefined) return null;
  const own = ownLevels(days);
  const level = levelColumns(days, own);
  const hasWeekdays = own.length > 0;
  // In weeks from the last day, so that the numbers stay near 1.
  const columns: Columns = (day) => [...level(day), (day - last) / 7];
  const sloped = days.length >= TREND_DAYS ? leastSquares(days, columns) : null;
  const withTrend = sloped === null ? null : modelOf(sloped, columns, { hasTrend: true, hasWeekdays });
  if (withTrend !== null && sloped !== null && isClear(sloped)) return withTrend;
  const fitted = leastSquares(days, level);
  if (fitted === null) return null;
  const flat = modelOf(fitted, level, { hasTrend: false, hasWeekdays });
  if (withTrend === null) return flat;
  // That no trend stands out doesn't say that there is none: what it could be belongs to the range.
  const apart = (toCome: readonly DayShare[]): number =>
    toCome.reduce((sum, { day, share }) => sum + share * (withTrend.predict(day) - flat.predict(day)), 0);
  const sumError = (toCome: readonly DayShare[]): number =>
    Math.max(flat.sumError(toCome), Math.hypot(withTrend.sumError(toCome), apart(toCome) / 2));
  return { ...flat, sumError };
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Weekdays with a level of their own; the others share one. */
function ownLevels(days: readonly DayAmount[]): number[] {
  if (days.length < WEEKDAY_DAYS) return [];
  const counts = new Map<number, number>();
  for (const { day } of days) counts.set(weekdayOf(day), (counts.get(weekdayOf(day)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= 2).map(([weekday]) => weekday);
}

function levelColumns(days: readonly DayAmount[], own: readonly number[]): Columns {
  const hasShared = days.some(({ day }) => !own.includes(weekdayOf(day)));
  const width = own.length + (hasShared ? 1 : 0);
  const at = (place: number): number[] => Array.from({ length: width }, (_, index) => (index === place ? 1 : 0));
  return (day) => {
    const place = own.indexOf(weekdayOf(day));
    if (place >= 0) return at(place);
    // A weekday that was never seen is taken as the mean of the others.
    return hasShared ? at(own.length) : own.map(() => 1 / width);
  };
}

interface Fitted {
  readonly weights: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly variance: number;
  readonly freedom: number;
}

function leastSquares(days: readonly DayAmount[], columns: Columns): Fitted | null {
  const lines = days.map(({ day, amount }) => ({ line: columns(day), amount }));
  const places = (lines[0]?.line ?? []).map((_, index) => index);
  const product = (row: number, column: number): number =>
    lines.reduce((sum, { line }) => sum + (line[row] ?? 0) * (line[column] ?? 0), 0);
  const covariance = inverseOf(places.map((row) => places.map((column) => product(row, column))));
  if (covariance === null) return null;
  const right = places.map((row) => lines.reduce((sum, { line, amount }) => sum + (line[row] ?? 0) * amount, 0));
  const weights = covariance.map((row) => dot(row, right));
  const squares = lines.reduce((sum, { line, amount }) => sum + (amount - dot(line, weights)) ** 2, 0);
  const freedom = days.length - places.length;
  return { weights, covariance, variance: freedom > 0 ? squares / freedom : 0, freedom };
}

/** Whether the last weight, the slope, stands out from its error, and from rounding. */
function isClear({ weights, covariance, variance, freedom }: Fitted): boolean {
  const place = weights.length - 1;
  const slope = Math.abs(weights[place] ?? 0);
  const error = Math.sqrt(variance * (covariance[place]?.[place] ?? 0));
  const level = Math.max(...weights.slice(0, -1).map(Math.abs));
  return freedom >= 1 && slope > CLEAR_TREND * error && slope > 1e-6 * level;
}

function modelOf(
  { weights, covariance, variance, freedom }: Fitted,
  columns: Columns,
  parts: Pick<DayModel, 'hasTrend' | 'hasWeekdays'>,
): DayModel {
  return {
    ...parts,
    freedom,
    predict: (day) => dot(columns(day), weights),
    sumError: (days) => {
      const sums = weights.map((_, place) =>
        days.reduce((sum, { day, share }) => sum + share * (columns(day)[place] ?? 0), 0),
      );
      const line = dot(
        sums,
        covariance.map((row) => dot(row, sums)),
      );
      const around = days.reduce((sum, { share }) => sum + share ** 2, 0);
      return Math.sqrt(variance * Math.max(0, line + around));
    },
  };
}
