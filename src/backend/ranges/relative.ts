import { DateTime } from 'luxon';
import { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';

export const UNIT_SECONDS = { h: 3600, d: 86_400, w: 604_800 } as const;

/** `24h`, `7d`, `4w` as seconds; also what `--last` and `--backfill` take. */
export function durationSeconds(text: string): number {
  const match = /^(\d{1,4})([hdw])$/.exec(text);
  const count = Number(match?.[1] ?? 0);
  if (match === null || count === 0) {
    throw new Failure(
      'bad-input',
      `"${text.slice(0, 20)}" is not a duration: give a number and h, d or w, for example 24h`,
    );
  }
  return count * UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS];
}

/**
 * Start of a relative range that ends at `endSeconds`. Hours, days and weeks have a fixed length; months and years go
 * by the calendar of the zone; `ytd` starts with the zone's year. Never before 1970.
 */
export function relativeStart(last: string, endSeconds: EpochSeconds, timeZone: string): EpochSeconds {
  const end = DateTime.fromSeconds(endSeconds, { zone: timeZone });
  const match = /^(\d{1,4})([my])$/.exec(last);
  if (last === 'ytd') return end.startOf('year').toSeconds();
  if (match === null) return Math.max(0, endSeconds - durationSeconds(last));
  const count = Number(match[1]);
  const start = match[2] === 'm' ? end.minus({ months: count }) : end.minus({ years: count });
  return Math.max(0, start.toSeconds());
}
