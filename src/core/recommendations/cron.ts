/** A schedule that starts once on each of its days, at one time. */
export interface DailySchedule {
  readonly minute: number;
  readonly hour: number;
  /** Day of month, month and day of week, as they stand. */
  readonly days: string;
}

const DAILY: ReadonlySet<string> = new Set(['@daily', '@midnight']);

/** Null where it starts several times a day or isn't understood. */
export function dailySchedule(schedule: string): DailySchedule | null {
  const text = schedule.trim();
  if (DAILY.has(text)) return { minute: 0, hour: 0, days: '* * *' };
  const fields = text.split(/\s+/);
  if (fields.length !== 5) return null;
  const [minute = '', hour = '', ...days] = fields;
  if (!/^\d{1,2}$/.test(minute) || !/^\d{1,2}$/.test(hour)) return null;
  if (Number(minute) > 59 || Number(hour) > 23 || !days.every((field) => /^[\dA-Za-z*,/?-]+$/.test(field))) return null;
  return { minute: Number(minute), hour: Number(hour), days: days.join(' ') };
}

/** The same days and minute at another hour. */
export function atHour({ minute, days }: DailySchedule, hour: number): string {
  return `${minute} ${hour} ${days}`;
}
