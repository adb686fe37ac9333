import { formatClock, formatDate, formatDay, formatYear } from '../format/time.ts';

export interface TimeTick {
  readonly atMs: number;
  readonly label: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Start {
  readonly startMs: number;
}

/**
 * Labels of a time axis: bucket starts that are round in `tz`, at most `most` of them. Six are the most that the
 * design allows; narrow charts ask for fewer.
 */
export function timeTicks(buckets: readonly (Start & { readonly endMs: number })[], tz: string, most = 6): TimeTick[] {
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return [];
  const spanMs = last.endMs - first.startMs;
  if (spanMs <= 2 * DAY_MS) return clockTicks(buckets, tz, most);
  const bucketMs = first.endMs - first.startMs;
  if (bucketMs > 26 * DAY_MS) return thin(monthTicks(buckets, tz), most);
  const label = spanMs <= 10 * DAY_MS ? shortDay : formatDate;
  return thin(
    dayStarts(buckets, tz).map((atMs) => ({ atMs, label: label(atMs, tz) })),
    most,
  );
}

const shortDay = (atMs: number, tz: string): string => formatDay(atMs, tz).split(' ').slice(0, 2).join(' ');

/** Buckets in which a new day begins. The first bucket counts only if it begins at midnight. */
function dayStarts(buckets: readonly Start[], tz: string): number[] {
  return buckets
    .filter(({ startMs }, index) => {
      const before = buckets[index - 1];
      if (before === undefined) return formatClock(startMs, tz) === '00:00';
      return formatDate(before.startMs, tz) !== formatDate(startMs, tz);
    })
    .map(({ startMs }) => startMs);
}

const MINUTE_STEPS = [10, 15, 30, 60, 120, 180, 240, 360, 720];

function clockTicks(buckets: readonly Start[], tz: string, most: number): TimeTick[] {
  const minutes = buckets.map(({ startMs }) => {
    const [hour, minute] = formatClock(startMs, tz).split(':').map(Number);
    return { startMs, minute: (hour ?? 0) * 60 + (minute ?? 0) };
  });
  for (const step of MINUTE_STEPS) {
    const fitting = minutes.filter(({ minute }) => minute % step === 0);
    if (fitting.length > most) continue;
    return fitting.map(({ startMs, minute }) => ({
      atMs: startMs,
      label: minute === 0 ? shortDay(startMs, tz) : formatClock(startMs, tz),
    }));
  }
  return thin(
    dayStarts(buckets, tz).map((atMs) => ({ atMs, label: shortDay(atMs, tz) })),
    most,
  );
}

function monthTicks(buckets: readonly Start[], tz: string): TimeTick[] {
  return buckets.map(({ startMs }) => ({
    atMs: startMs,
    label: `${formatDate(startMs, tz).split(' ')[1] ?? ''} ${formatYear(startMs, tz)}`,
  }));
}

/** Every n-th, with n as small as possible. */
function thin(ticks: readonly TimeTick[], most: number): TimeTick[] {
  const every = Math.max(1, Math.ceil(ticks.length / Math.max(1, most)));
  return ticks.filter((_, index) => index % every === 0);
}
