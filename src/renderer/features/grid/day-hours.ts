import type { IntensityData, IntensityPoint } from '../../charts/intensity.ts';
import { formatClock, formatDay } from '../../format/time.ts';

/** One day of a zone by the hours of its clock; null where no value is known. */
export interface DayRow {
  readonly name: string;
  readonly hours: readonly (number | null)[];
}

const HOURS = 24;
const HOUR_MS = 3_600_000;
const BY_THE_HOUR: readonly IntensityPoint['rung'][] = ['live', 'estimated', 'zone-profile'];
const MOST_DAYS = 8;

/** True where values tell hours apart; yearly values make every hour alike. */
export const tellsHours = (data: IntensityData): boolean =>
  data.points.some((point) => !point.isForecast && BY_THE_HOUR.includes(point.rung));

/** Past hours as rows of days, newest last; more days than fit become the mean of each weekday. */
export function dayRows(data: IntensityData, tz: string): DayRow[] {
  const past = data.points.filter((point) => !point.isForecast && point.endMs - point.startMs <= HOUR_MS);
  const days = rowsBy(past, tz, (point) => formatDay(point.startMs, tz));
  if (days.length <= MOST_DAYS) return days;
  return rowsBy(past, tz, (point) => weekday(point, tz)).toSorted(
    (a, b) => WEEK.indexOf(a.name) - WEEK.indexOf(b.name),
  );
}

const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const weekday = (point: IntensityPoint, tz: string): string => formatDay(point.startMs, tz).split(' ')[0] ?? '';

function rowsBy(points: readonly IntensityPoint[], tz: string, nameOf: (point: IntensityPoint) => string): DayRow[] {
  return [...Map.groupBy(points, nameOf)].map(([name, own]) => {
    const byHour = Map.groupBy(own, (point) => Number(formatClock(point.startMs, tz).slice(0, 2)));
    const hours = Array.from({ length: HOURS }, (_, hour) => {
      const values = byHour.get(hour) ?? [];
      return values.length === 0 ? null : values.reduce((sum, point) => sum + point.value, 0) / values.length;
    });
    return { name, hours };
  });
}

/** `Lowest at 13:00, 142 g/kWh; highest at 19:00, 301 g/kWh`: means of each hour of the day; null without values. */
export function extremeHours(rows: readonly DayRow[]): { lowest: HourMean; highest: HourMean } | null {
  const means = Array.from({ length: HOURS }, (_, hour) => {
    const values = rows.flatMap((row) => row.hours[hour] ?? []);
    return values.length === 0 ? [] : [{ hour, mean: values.reduce((sum, value) => sum + value, 0) / values.length }];
  }).flat();
  const sorted = means.toSorted((a, b) => a.mean - b.mean);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  return lowest === undefined || highest === undefined ? null : { lowest, highest };
}

export interface HourMean {
  readonly hour: number;
  readonly mean: number;
}
