/** Conversions between an instant and what a clock on the wall of a zone shows, for `datetime-local` inputs. */

const MINUTE = 60_000;

/** `2026-11-12T14:00` as the zone's clocks show it. */
export function wallTimeOf(milliseconds: number, tz: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: tz,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(milliseconds).map((part) => [part.type, part.value]));
  const get = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '00';
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}`;
}

/**
 * The instant at which the zone's clocks show `wall`; null if it is no date. An hour that a clock change skips becomes
 * the hour after it; one that comes twice means the first.
 */
export function instantOfWallTime(wall: string, tz: string): number | null {
  const asUtc = Date.parse(`${wall}Z`);
  if (!Number.isFinite(asUtc)) return null;
  const offsets = [asUtc - 26 * 60 * MINUTE, asUtc, asUtc + 26 * 60 * MINUTE].map((at) => offsetAt(at, tz));
  const candidates = [...new Set(offsets)].map((offset) => asUtc - offset).sort((a, b) => a - b);
  const exact = candidates.find((candidate) => wallTimeOf(candidate, tz) === wall.slice(0, 16));
  return exact ?? candidates.at(-1) ?? null;
}

function offsetAt(milliseconds: number, tz: string): number {
  const minute = Math.floor(milliseconds / MINUTE) * MINUTE;
  return Date.parse(`${wallTimeOf(minute, tz)}Z`) - minute;
}
