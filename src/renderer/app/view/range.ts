import type { ViewRange } from './view-search.ts';

const UNIT_NAMES: Record<string, readonly [string, string]> = {
  h: ['hour', 'hours'],
  d: ['day', 'days'],
  w: ['week', 'weeks'],
  m: ['month', 'months'],
  y: ['year', 'years'],
};
const HOUR = 3_600_000;
const UNIT_HOURS: Record<string, number> = { h: 1, d: 24, w: 168 };

export const PRESETS: readonly string[] = ['24h', '7d', '30d'];

/** `Last 7 days` for `7d`. */
export function nameOfLast(last: string): string {
  if (last === 'ytd') return 'This year';
  const count = Number.parseInt(last, 10);
  const names = UNIT_NAMES[last.slice(-1)];
  if (names === undefined || !Number.isFinite(count)) return last;
  return count === 1 ? `Last ${names[0]}` : `Last ${count} ${names[1]}`;
}

/** `7 days` for `7d`: the length alone, for headers such as "Carbon, 7 days". */
export function lengthOfLast(last: string): string {
  const name = nameOfLast(last);
  return name.startsWith('Last ') ? name.slice(5) : 'this year';
}

/** Start and end of a range in epoch milliseconds; months and years count back by calendar in UTC. */
export function boundsOf(range: ViewRange, nowMilliseconds: number): { start: number; end: number } {
  if (range.kind === 'between') return { start: Date.parse(range.start), end: Date.parse(range.end) };
  const start = new Date(nowMilliseconds);
  const count = Number.parseInt(range.last, 10);
  const unit = range.last.slice(-1);
  const hours = UNIT_HOURS[unit];
  if (range.last === 'ytd') return { start: Date.UTC(start.getUTCFullYear(), 0, 1), end: nowMilliseconds };
  if (hours !== undefined) return { start: nowMilliseconds - count * hours * HOUR, end: nowMilliseconds };
  if (unit === 'm') start.setUTCMonth(start.getUTCMonth() - count);
  else start.setUTCFullYear(start.getUTCFullYear() - count);
  return { start: start.getTime(), end: nowMilliseconds };
}

/**
 * The range moved by its own length, back (−1) or on (+1), on whole hours. Never past now: a shift that would reach it
 * becomes the range that ends now.
 */
export function shiftRange(range: ViewRange, direction: -1 | 1, nowMilliseconds: number): ViewRange {
  const { start, end } = boundsOf(range, nowMilliseconds);
  const length = end - start;
  const step = length >= HOUR ? HOUR : 300_000;
  const snap = (at: number) => Math.floor(at / step) * step;
  const newStart = snap(start + direction * length);
  const newEnd = newStart + Math.max(step, snap(length));
  // The last whole step counts as now, so that back and on again returns to a range that ends now.
  if (direction === 1 && newEnd > nowMilliseconds - step)
    return endingNow(length) ?? between(newStart - (newEnd - snap(nowMilliseconds)), snap(nowMilliseconds));
  return between(newStart, newEnd);
}

function endingNow(length: number): ViewRange | null {
  const hours = Math.round(length / HOUR);
  if (hours < 1) return null;
  return { kind: 'last', last: hours % 24 === 0 ? lastOfDays(hours / 24) : `${hours}h` };
}

const lastOfDays = (days: number): string => (days === 1 ? '24h' : `${days}d`);

export function between(start: number, end: number): ViewRange {
  return { kind: 'between', start: isoInstant(start), end: isoInstant(end) };
}

/** `2026-11-12T14:00:00Z`: without milliseconds. */
export function isoInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
