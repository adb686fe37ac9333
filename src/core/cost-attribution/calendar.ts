import type { EpochSeconds, TimeRange } from '../../model/time.ts';

export const HOUR_SECONDS = 3600;
export const DAY_SECONDS = 86_400;

/** `YYYY-MM-DD`, UTC. */
export function dateOf(seconds: EpochSeconds): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** `YYYY-MM`, UTC. */
export function monthOf(seconds: EpochSeconds): string {
  return dateOf(seconds).slice(0, 7);
}

/** Start of a UTC date. */
export function startOfDate(date: string): EpochSeconds {
  return Date.parse(`${date}T00:00:00Z`) / 1000;
}

/** A UTC day as a range: always 24 hours, whatever clocks on walls do. */
export function rangeOfDate(date: string): TimeRange {
  const startSeconds = startOfDate(date);
  return { startSeconds, endSeconds: startSeconds + DAY_SECONDS };
}

/** A calendar month `YYYY-MM`, UTC. */
export function rangeOfMonth(month: string): TimeRange {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { startSeconds: Date.UTC(year, number - 1, 1) / 1000, endSeconds: Date.UTC(year, number, 1) / 1000 };
}

/** The dates of the days that begin in a range, in order. */
export function datesIn({ startSeconds, endSeconds }: TimeRange): string[] {
  const dates: string[] = [];
  const first = Math.ceil(startSeconds / DAY_SECONDS) * DAY_SECONDS;
  for (let start = first; start < endSeconds; start += DAY_SECONDS) dates.push(dateOf(start));
  return dates;
}

/** The hours that a range touches, by their starts. */
export function hoursOf({ startSeconds, endSeconds }: TimeRange): EpochSeconds[] {
  const hours: EpochSeconds[] = [];
  const first = Math.floor(startSeconds / HOUR_SECONDS) * HOUR_SECONDS;
  for (let start = first; start < endSeconds; start += HOUR_SECONDS) hours.push(start);
  return hours;
}
