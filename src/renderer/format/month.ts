import { LOCALE } from './digits.ts';

/** `2026-03` of an instant, UTC: budgets and costs by namespace have calendar months of UTC. */
export function monthAt(nowMilliseconds: number): string {
  return new Date(nowMilliseconds).toISOString().slice(0, 7);
}

export function shiftMonth(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** `March 2026` */
export function monthName(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const format = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(Date.UTC(year, number - 1, 1));
}
