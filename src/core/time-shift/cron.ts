/** A standard schedule of five fields: the values that each allows. */
export interface CronSchedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly daysOfWeek: ReadonlySet<number>;
  /** Where both kinds of days are restricted, either will do. */
  readonly eitherDay: boolean;
}

interface Field {
  readonly from: number;
  readonly to: number;
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MINUTE: Field = { from: 0, to: 59, names: [] };
const HOUR: Field = { from: 0, to: 23, names: [] };
const DAY: Field = { from: 1, to: 31, names: [] };
const MONTH: Field = { from: 1, to: 12, names: MONTHS };
/** Sunday is 0 and 7. */
const WEEKDAY: Field = { from: 0, to: 7, names: WEEKDAYS };

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * A schedule as CronJobs have it: lists, ranges, steps, names of months and weekdays, `?`, and the usual macros. Null for
 * what it isn't, also for `@every`, which has no hours of its own.
 */
export function parseCron(text: string): CronSchedule | null {
  const fields = cronFields(text)?.map((field) => field.toLowerCase());
  if (fields === undefined) return null;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const minutes = valuesOf(minute, MINUTE);
  const hours = valuesOf(hour, HOUR);
  const daysOfMonth = valuesOf(day, DAY);
  const months = valuesOf(month, MONTH);
  const weekdays = valuesOf(weekday, WEEKDAY);
  if (minutes === null || hours === null || daysOfMonth === null || months === null || weekdays === null) return null;
  const daysOfWeek = new Set([...weekdays].map((value) => value % 7));
  return { minutes, hours, daysOfMonth, months, daysOfWeek, eitherDay: !isOpen(day) && !isOpen(weekday) };
}

/** Minute, hour, day of the month, month and weekday as they stand, of a macro those that it is for; null where they aren't five. */
export function cronFields(text: string): readonly string[] | null {
  const trimmed = text.trim();
  const fields = (MACROS[trimmed.toLowerCase()] ?? trimmed).split(/\s+/);
  return fields.length === 5 ? fields : null;
}

function isOpen(field: string): boolean {
  return field.startsWith('*') || field.startsWith('?');
}

function valuesOf(text: string, field: Field): Set<number> | null {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const range = rangeOf(part, field);
    if (range === null) return null;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return values;
}

function rangeOf(part: string, field: Field): { from: number; to: number; step: number } | null {
  const [body = '', stepText, ...more] = part.split('/');
  const step = stepText === undefined ? 1 : wholeNumber(stepText);
  if (more.length > 0 || step === null || step < 1) return null;
  if (body === '*' || body === '?') return { from: field.from, to: field.to, step };
  const [first = '', last, ...rest] = body.split('-');
  const from = numberOf(first, field);
  // `5/15` runs on to the end, `5` alone does not.
  const to = last === undefined ? (stepText === undefined ? from : field.to) : numberOf(last, field);
  if (rest.length > 0 || from === null || to === null || to < from) return null;
  return { from, to, step };
}

function numberOf(text: string, { from, to, names }: Field): number | null {
  const named = names.indexOf(text);
  if (named >= 0) return named + from;
  const value = wholeNumber(text);
  return value !== null && value >= from && value <= to ? value : null;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,4}$/.test(text) ? Number(text) : null;
}
