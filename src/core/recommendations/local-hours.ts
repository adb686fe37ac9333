import type { EpochSeconds, TimeRange } from '../../model/time.ts';

/** An hour of the range on the wall clocks of a time zone. */
export interface LocalHour {
  /** `YYYY-MM-DD` there. */
  readonly date: string;
  /** 0 to 23; on the day that clocks go back one comes twice, on the day that they go forward one is missing. */
  readonly hour: number;
  /** Saturday or Sunday there. */
  readonly isWeekend: boolean;
}

/**
 * Each whole hour of the range in the time zone, in order. Where the zone is half an hour off, an hour belongs to the
 * local hour that it starts in. An unknown zone counts as UTC.
 */
export function localHours(range: TimeRange, timeZone: string): LocalHour[] {
  const format = formatIn(timeZone);
  const hours: LocalHour[] = [];
  for (let start = range.startSeconds; start < range.endSeconds; start += 3600) {
    const parts = new Map(format.formatToParts(start * 1000).map((part) => [part.type, part.value]));
    const weekday = parts.get('weekday');
    hours.push({
      date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
      hour: Number(parts.get('hour')),
      isWeekend: weekday === 'Sat' || weekday === 'Sun',
    });
  }
  return hours;
}

/** Hour and minute of an instant on the clocks of a zone. */
export function localClock(
  seconds: EpochSeconds,
  timeZone: string,
): { readonly hour: number; readonly minute: number } {
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(seconds * 1000)
      .map((part) => [part.type, part.value]),
  );
  return { hour: Number(parts.get('hour')), minute: Number(parts.get('minute')) };
}

export function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return true;
  } catch {
    return false;
  }
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
  });
}
