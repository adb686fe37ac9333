import { DateTime } from 'luxon';
import { Failure } from '../../model/failure.ts';
import { ceilTo, type TimeRange } from '../../model/time.ts';
import { FINE_RANGE_SECONDS } from './resolve-range.ts';

/** Finest first; the order is that of advice when a chart would have too many points. */
export const GRANULARITIES = ['5m', 'hour', '2h', '6h', 'day', 'week', 'month', 'year'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

export const MOST_BUCKETS = 2000;

export interface Buckets {
  /** Contiguous; they fill the range exactly. The first and the last may be shorter than the others. */
  readonly buckets: readonly TimeRange[];
  /** True where the zone is off the hour: a day then takes the hours that start in it. */
  readonly approximatedByHours: boolean;
}

/**
 * Cuts an aligned range at the zone's calendar: days from midnight, weeks from Monday, 2 and 6 hours by the wall
 * clock, so that a day of 23 or 25 hours has its true length.
 */
export function bucketsOf(range: TimeRange, granularity: Granularity, timeZone: string, most = MOST_BUCKETS): Buckets {
  const length = range.endSeconds - range.startSeconds;
  if (granularity === '5m' && length > FINE_RANGE_SECONDS) {
    throw new Failure('bad-input', 'granularity 5m works for ranges up to 48 hours: choose hour, or a shorter range');
  }
  if (length / longestSeconds(granularity) > most) throw tooMany(range, granularity, timeZone, most);
  const buckets: TimeRange[] = [];
  let approximatedByHours = false;
  let start = range.startSeconds;
  let cut = firstCut(DateTime.fromSeconds(start, { zone: timeZone }), granularity);
  while (start < range.endSeconds) {
    cut = nextCut(cut, granularity);
    const exact = cut.toSeconds();
    const aligned = granularity === '5m' ? exact : ceilTo(exact, 3600);
    if (aligned !== exact) approximatedByHours = true;
    const end = Math.min(aligned, range.endSeconds);
    if (end <= start) continue;
    buckets.push({ startSeconds: start, endSeconds: end });
    if (buckets.length > most) throw tooMany(range, granularity, timeZone, most);
    start = end;
  }
  return { buckets, approximatedByHours };
}

function firstCut(start: DateTime, granularity: Granularity): DateTime {
  switch (granularity) {
    case '5m':
    case 'hour':
      return start.startOf('hour');
    case '2h':
      return start.startOf('hour').set({ hour: start.hour - (start.hour % 2) });
    case '6h':
      return start.startOf('hour').set({ hour: start.hour - (start.hour % 6) });
    case 'day':
    case 'week':
    case 'month':
    case 'year':
      return start.startOf(granularity);
  }
}

function nextCut(cut: DateTime, granularity: Granularity): DateTime {
  switch (granularity) {
    case '5m':
      return cut.plus({ minutes: 5 });
    case 'hour':
      return cut.plus({ hours: 1 });
    case '2h':
      return nextWallHour(cut, 2);
    case '6h':
      return nextWallHour(cut, 6);
    case 'day':
    case 'week':
    case 'month':
    case 'year':
      return cut.plus({ [granularity]: 1 }).startOf(granularity);
  }
}

/** A wall hour that daylight saving skips becomes the hour after it; one that comes twice counts once. */
function nextWallHour(cut: DateTime, step: number): DateTime {
  const hour = cut.hour - (cut.hour % step) + step;
  return hour >= 24 ? cut.plus({ days: 1 }).startOf('day') : cut.startOf('day').set({ hour });
}

/** The longest that one bucket can be; the range has at least its length ÷ this many. */
function longestSeconds(granularity: Granularity): number {
  const hours = { '5m': 1 / 12, hour: 1, '2h': 3, '6h': 7, day: 25, week: 169, month: 745, year: 8785 } as const;
  return hours[granularity] * 3600;
}

function tooMany(range: TimeRange, granularity: Granularity, timeZone: string, most: number): Failure {
  const coarser = GRANULARITIES.slice(GRANULARITIES.indexOf(granularity) + 1);
  const fits = coarser.find((each) => {
    const length = range.endSeconds - range.startSeconds;
    if (length / longestSeconds(each) > most) return false;
    try {
      return bucketsOf(range, each, timeZone, most).buckets.length <= most;
    } catch {
      return false;
    }
  });
  const choice = fits === undefined ? 'choose a shorter range' : `choose ${fits}, or a shorter range`;
  return new Failure(
    'bad-input',
    `granularity ${granularity} would give more than ${most.toLocaleString('en')} points: ${choice}`,
  );
}
