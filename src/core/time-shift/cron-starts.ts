import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import type { CronSchedule } from './cron.ts';

/** Every offset of a time zone is a whole number of these. */
const BLOCK_MINUTES = 15;
const MINUTE_SECONDS = 60;
const HOUR_MINUTES = 60;
/** Of a day without starts, hours up to this one are passed over at once: no clock goes forward by more than is left. */
const LATE_HOUR = 22;

interface WallClock {
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

/**
 * Starts of a schedule in a range (its end not included), in order. Hours that clocks skip in spring don't start
 * anything; those that come twice in autumn do so twice. A zone that isn't known counts as UTC.
 */
export function cronStarts(schedule: CronSchedule, range: TimeRange, timeZone: string | null): EpochSeconds[] {
  const clock = wallClock(timeZone);
  const starts: EpochSeconds[] = [];
  const block = BLOCK_MINUTES * MINUTE_SECONDS;
  let at = Math.floor(range.startSeconds / block) * block;
  while (at < range.endSeconds) {
    const { minute, ...time } = clock(at);
    const isToday = schedule.months.has(time.month) && isDay(schedule, time);
    if (!isToday || !schedule.hours.has(time.hour)) {
      const hours = isToday ? 1 : Math.max(1, LATE_HOUR - time.hour);
      at += (hours * HOUR_MINUTES - minute) * MINUTE_SECONDS;
      continue;
    }
    for (let offset = 0; offset < BLOCK_MINUTES; offset += 1) {
      const start = at + offset * MINUTE_SECONDS;
      const isIn = start >= range.startSeconds && start < range.endSeconds;
      if (isIn && schedule.minutes.has(minute + offset)) starts.push(start);
    }
    at += block;
  }
  return starts;
}

function isDay(schedule: CronSchedule, { day, weekday }: Pick<WallClock, 'day' | 'weekday'>): boolean {
  const [ofMonth, ofWeek] = [schedule.daysOfMonth.has(day), schedule.daysOfWeek.has(weekday)];
  return schedule.eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
}

function wallClock(timeZone: string | null): (seconds: EpochSeconds) => WallClock {
  const format = formatOf(timeZone);
  return (seconds) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(seconds * 1000)) parts[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts;
    return { month, day, hour, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
  };
}

function formatOf(timeZone: string | null): Intl.DateTimeFormat {
  const fields = {
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...fields, timeZone: timeZone ?? 'UTC' });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...fields, timeZone: 'UTC' });
  }
}
