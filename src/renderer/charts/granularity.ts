import type { Granularity } from '../../contract/schemas/metrics.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Longest range (seconds) for each bucket length; a chart stays below some 180 columns. */
const LADDER: readonly (readonly [number, Granularity])[] = [
  [6 * HOUR, '5m'],
  [48 * HOUR, 'hour'],
  [8 * DAY, '2h'],
  [32 * DAY, '6h'],
  [120 * DAY, 'day'],
  [800 * DAY, 'week'],
];

/** Length of a chart's buckets for a range of `rangeSeconds`. */
export function granularityFor(rangeSeconds: number): Granularity {
  return LADDER.find(([longest]) => rangeSeconds <= longest)?.[1] ?? 'month';
}

/** As `granularityFor`, finer where steps replace columns: a week hour by hour. */
export function powerGranularityFor(rangeSeconds: number): Granularity {
  return rangeSeconds > 48 * HOUR && rangeSeconds <= 8 * DAY ? 'hour' : granularityFor(rangeSeconds);
}

/** `per 2 h`, for a panel's note. */
export const GRANULARITY_WORDS: Readonly<Record<Granularity, string>> = {
  '5m': '5 min',
  hour: 'hour',
  '2h': '2 h',
  '6h': '6 h',
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
};
