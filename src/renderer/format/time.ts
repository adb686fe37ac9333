import { LOCALE } from './digits.ts';

/** Instants come as ISO-8601 text (wire) or epoch milliseconds. */
export type Moment = string | number;

const formats = new Map<string, Intl.DateTimeFormat>();

function part(tz: string, options: Intl.DateTimeFormatOptions, at: Moment): string {
  const key = `${tz} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: tz });
    formats.set(key, format);
  }
  return format.format(toMilliseconds(at));
}

export function toMilliseconds(at: Moment): number {
  return typeof at === 'number' ? at : Date.parse(at);
}

/** `14:25` */
export const formatClock = (at: Moment, tz: string): string =>
  part(tz, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at);
/** `12 Nov` */
export const formatDate = (at: Moment, tz: string): string =>
  part(tz, { day: 'numeric', month: 'short' }, at).replace('Sept', 'Sep');
/** `Fri 13 Nov` */
export const formatDay = (at: Moment, tz: string): string =>
  `${part(tz, { weekday: 'short' }, at)} ${formatDate(at, tz)}`;
/** `2026` */
export const formatYear = (at: Moment, tz: string): string => part(tz, { year: 'numeric' }, at);
/** `12 Nov 14:00` */
export const formatMoment = (at: Moment, tz: string): string => `${formatDate(at, tz)} ${formatClock(at, tz)}`;
/** `2026-11-12T14:00:00+01:00`-like exact moment with the zone's name, for tooltips. */
export const exactMoment = (at: Moment, tz: string): string =>
  `${formatDay(at, tz)} ${formatYear(at, tz)}, ${part(tz, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }, at)} ${zoneName(tz, at)}`;

/** Short name of a zone at a moment: `CET`, `UTC`, `GMT+5:30`. */
export function zoneName(tz: string, at: Moment): string {
  if (tz === 'UTC') return 'UTC';
  const format = new Intl.DateTimeFormat(LOCALE, { timeZone: tz, timeZoneName: 'short' });
  return format.formatToParts(toMilliseconds(at)).find((piece) => piece.type === 'timeZoneName')?.value ?? tz;
}

/** `12 Nov 14:00 – 19 Nov 14:00`; whole days lose their clock and name the last day: `12–18 Nov`. */
export function formatPeriod(start: Moment, end: Moment, tz: string): string {
  const midnight = formatClock(start, tz) === '00:00' && formatClock(end, tz) === '00:00';
  if (!midnight) {
    if (formatDay(start, tz) === formatDay(end, tz))
      return `${formatDate(start, tz)} ${formatClock(start, tz)}–${formatClock(end, tz)}`;
    return `${formatMoment(start, tz)} – ${formatMoment(end, tz)}`;
  }
  return formatDays(start, toMilliseconds(end) - 1, tz);
}

/** `12–18 Nov`, `28 Oct – 3 Nov`, `12 Nov` for one day; both ends are shown. */
function formatDays(first: Moment, last: Moment, tz: string): string {
  const from = formatDate(first, tz);
  const to = formatDate(last, tz);
  if (from === to) return from;
  const [, fromMonth] = from.split(' ');
  const [, toMonth] = to.split(' ');
  return fromMonth === toMonth ? `${from.split(' ')[0]}–${to}` : `${from} – ${to}`;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Name of one bucket of a chart: `Fri 13 Nov, 02:00–04:00`, `Fri 13 Nov`, `9–15 Nov`, `November 2026`, `2026`. */
export function formatBucket(start: Moment, end: Moment, tz: string): string {
  const length = toMilliseconds(end) - toMilliseconds(start);
  if (length > 300 * DAY) return formatYear(start, tz);
  if (length > 26 * DAY) return part(tz, { month: 'long', year: 'numeric' }, start);
  if (length > 1.5 * DAY) return formatDays(start, toMilliseconds(end) - 1, tz);
  const atMidnight = formatClock(start, tz) === '00:00' && formatClock(end, tz) === '00:00';
  if (atMidnight && length >= 23 * HOUR) return formatDay(start, tz);
  const clocks = `${formatClock(start, tz)}–${formatClock(end, tz)}`;
  return `${formatDay(start, tz)}, ${clocks}`;
}

/** Age up to an hour in words, then a time, then a date: `now`, `3 min ago`, `14:25`, `12 Nov 14:00`. */
export function formatAge(at: Moment, nowMilliseconds: number, tz: string): string {
  const age = nowMilliseconds - toMilliseconds(at);
  if (age < 60_000) return age < -60_000 ? formatMoment(at, tz) : 'now';
  if (age < HOUR) return `${Math.floor(age / 60_000)} min ago`;
  return formatDay(at, tz) === formatDay(nowMilliseconds, tz) ? formatClock(at, tz) : formatMoment(at, tz);
}

/** `14:00, 2 h ago`; with its date where that is not today. */
export function formatMomentAge(at: Moment, nowMilliseconds: number, tz: string): string {
  const isToday = formatDay(at, tz) === formatDay(nowMilliseconds, tz);
  const seconds = (nowMilliseconds - toMilliseconds(at)) / 1000;
  const age = seconds < 60 ? 'now' : `${formatDuration(seconds)} ago`;
  return `${isToday ? formatClock(at, tz) : formatMoment(at, tz)}, ${age}`;
}

/** `40 s`, `5 min`, `5 h`, `2 d 3 h`: a length in its two largest steps. */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  if (total < 60) return `${total} s`;
  const minutes = Math.round(total / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48)
    return minutes % 60 === 0 || hours >= 10 ? `${Math.round(minutes / 60)} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 || days >= 10 ? `${Math.round(hours / 24)} d` : `${days} d ${hours % 24} h`;
}

/** `163 of 168 hours`: coverage as counts; minutes below two hours. */
export function formatCoverage(coveredSeconds: number, expectedSeconds: number): string {
  const [size, name] = expectedSeconds < 7200 ? [60, 'min'] : [3600, 'hours'];
  // Rounded down: what is not whole is not claimed.
  return `${Math.floor(coveredSeconds / size + 1e-6)} of ${Math.round(expectedSeconds / size)} ${name}`;
}
