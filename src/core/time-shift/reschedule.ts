import { type CronSchedule, cronFields, parseCron } from './cron.ts';

const DAY_HOURS = 24;
const [ALL_DAYS, ALL_MONTHS, ALL_WEEKDAYS] = [31, 12, 7];
/** Every month has the day after it. */
const LAST_SAFE_DAY = 27;

/** Minute and hour on its clock of a schedule that starts once on each of its days; null for any other. */
export function dailyStart(schedule: string): { readonly hour: number; readonly minute: number } | null {
  const cron = parseCron(schedule);
  if (cron === null || cron.minutes.size !== 1 || cron.hours.size !== 1) return null;
  const [[minute = 0], [hour = 0]] = [[...cron.minutes], [...cron.hours]];
  return { hour, minute };
}

/**
 * A schedule with one start a day, so many hours (less than 24) later on its clock. Over midnight its days become the days
 * after them. Null where it has several starts a day, or where no schedule has just those days.
 */
export function delayedSchedule(schedule: string, hours: number): string | null {
  const start = dailyStart(schedule);
  const [cron, fields] = [parseCron(schedule), cronFields(schedule)];
  if (start === null || cron === null || fields === null) return null;
  const [, , ...same] = fields;
  const hour = start.hour + hours;
  const days = hour < DAY_HOURS ? same : dayAfter(cron, same);
  return days === null ? null : [start.minute, hour % DAY_HOURS, ...days].join(' ');
}

function dayAfter(cron: CronSchedule, [day = '*', month = '*', weekday = '*']: readonly string[]): string[] | null {
  const isOpen = {
    day: cron.daysOfMonth.size === ALL_DAYS,
    month: cron.months.size === ALL_MONTHS,
    weekday: cron.daysOfWeek.size === ALL_WEEKDAYS,
  };
  if (isOpen.day && isOpen.month && isOpen.weekday) return [day, month, weekday];
  if (!isOpen.month || (!isOpen.day && !isOpen.weekday)) return null;
  if (isOpen.day) return cron.eitherDay ? [day, month, weekday] : [day, month, listOf(cron.daysOfWeek, ALL_WEEKDAYS)];
  if (cron.eitherDay) return [day, month, weekday];
  const isSafe = Math.max(...cron.daysOfMonth) <= LAST_SAFE_DAY;
  return isSafe ? [listOf(cron.daysOfMonth, ALL_DAYS + 1), month, weekday] : null;
}

function listOf(values: ReadonlySet<number>, below: number): string {
  return [...values]
    .map((value) => (value + 1) % below)
    .sort((a, b) => a - b)
    .join(',');
}
