import type { EpochSeconds } from '../../model/time.ts';

/** The people of the sample shop live by Paris time. */
const TIME_ZONE = 'Europe/Paris';
export const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;
const WEEK_SECONDS = 7 * DAY_SECONDS;
/** 1 January 1970 was a Thursday: the first Monday is four days later. */
const FIRST_MONDAY = 4 * DAY_SECONDS;

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const offsets = new Map<number, number>();

/** Seconds that local time is ahead of UTC; it changes on a full hour only. */
export function localOffsetSeconds(atSeconds: EpochSeconds): number {
  const hour = Math.floor(atSeconds / HOUR_SECONDS);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const parts = new Map(
    clockFormat.formatToParts(hour * HOUR_SECONDS * 1000).map((part) => [part.type, Number(part.value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  const offset = local / 1000 - hour * HOUR_SECONDS;
  offsets.set(hour, offset);
  return offset;
}

/** Hours since Monday 00:00 local time, with their fraction: 0 up to 168. */
export function localHourOfWeek(atSeconds: EpochSeconds): number {
  const local = atSeconds + localOffsetSeconds(atSeconds) - FIRST_MONDAY;
  return (((local % WEEK_SECONDS) + WEEK_SECONDS) % WEEK_SECONDS) / HOUR_SECONDS;
}

/** The instant of a local hour on a day, counted in whole days since the epoch. */
export function instantOfLocalHour(day: number, localHour: number): EpochSeconds {
  const asUtc = day * DAY_SECONDS + localHour * HOUR_SECONDS;
  return asUtc - localOffsetSeconds(asUtc - localOffsetSeconds(asUtc));
}
