import type { BudgetForecast } from '../../model/kubernetes/budget.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { DAY_SECONDS, dateOf, rangeOfMonth } from '../cost-attribution/calendar.ts';
import { exactSum } from '../cost-attribution/exact-sum.ts';
import { type DayAmount, type DayModel, type DayShare, fitDays } from './fit.ts';

/** What a scope used in a UTC day, and how much of that day was collected. */
export interface UsedDay {
  readonly date: string;
  readonly amount: number;
  readonly coveredSeconds: number;
}

/** Days before the month's own that a forecast looks at: four to eight weeks of weekdays, and not last year's ways. */
export const HISTORY_DAYS = 56;
/** A day that was collected less than this is left out of the pattern; one that was collected more is scaled to a day. */
const LEAST_COVERED = 0.5;
const LEAST_TODAY_SECONDS = 3600;

/** 95 % quantiles of Student's t by degrees of freedom: a range that holds the result about 9 times of 10. */
const T95 = [6.31, 6.31, 2.92, 2.35, 2.13, 2.02, 1.94, 1.89, 1.86, 1.83, 1.81] as const;
const NORMAL95 = 1.65;

/**
 * A range is never narrower than this share of what is still to come: with few days nothing tells what a week is like,
 * and no past tells of a change that nobody has seen yet.
 */
const NARROWEST: readonly { readonly days: number; readonly share: number }[] = [
  { days: 28, share: 0.05 },
  { days: 14, share: 0.1 },
  { days: 7, share: 0.2 },
  { days: 3, share: 0.35 },
  { days: 0, share: 0.6 },
];

export interface Outlook extends BudgetForecast {
  /** Days that the pattern was taken from, of this month and before. */
  readonly historyDays: number;
}

/**
 * Where a scope stands at `nowSeconds` in a calendar month (UTC). Used: what is known of the month. Expected: that, and for
 * the time to come what a day of its weekday uses, with the trend. Days of the month that were not collected are no zeros in
 * the pattern, and nothing is guessed for them in what was used. Where no day tells anything the expectation is what was
 * used, and `historyDays` is 0.
 *
 * @param days of the month and up to HISTORY_DAYS before it, in any order
 */
export function forecast(month: string, days: readonly UsedDay[], limit: number, nowSeconds: EpochSeconds): Outlook {
  const { startSeconds, endSeconds } = rangeOfMonth(month);
  const sorted = [...days].sort((a, b) => (a.date < b.date ? -1 : 1));
  const ofMonth = sorted.filter(({ date }) => date.startsWith(month));
  const used = exactSum(ofMonth.map(({ amount }) => amount));
  const daysWithData = ofMonth.filter(({ coveredSeconds }) => coveredSeconds > 0).length;
  const known = patternOf(sorted, nowSeconds);
  const model = fitDays(known);
  const toCome = sharesToCome(startSeconds, endSeconds, nowSeconds);
  const amounts = toCome.map(({ day, share }) => share * Math.max(0, model?.predict(day) ?? 0));
  const rest = exactSum(amounts);
  const half = model === null ? 0 : halfRange(model, toCome, rest, known.length);
  return {
    month,
    used,
    expected: used + rest,
    low: used + Math.max(0, rest - half),
    high: used + rest + half,
    passedOn: passingDay(ofMonth, toCome, amounts, limit),
    daysWithData,
    historyDays: known.length,
  };
}

/** Whole days before today, each as if collected for all of it; today alone where there is nothing else. */
function patternOf(sorted: readonly UsedDay[], nowSeconds: EpochSeconds): DayAmount[] {
  const today = dateOf(nowSeconds);
  const first = sorted.findIndex(({ amount }) => amount > 0);
  if (first < 0) return [];
  // Before the first use there was nothing to use it.
  const since = sorted.slice(first);
  const whole = since
    .filter(({ date, coveredSeconds }) => date < today && coveredSeconds >= LEAST_COVERED * DAY_SECONDS)
    .map(scaled)
    .slice(-HISTORY_DAYS);
  if (whole.length > 0) return whole;
  const last = since.at(-1);
  return last === undefined || last.coveredSeconds < LEAST_TODAY_SECONDS ? [] : [scaled(last)];
}

function scaled({ date, amount, coveredSeconds }: UsedDay): DayAmount {
  const covered = Math.min(DAY_SECONDS, coveredSeconds);
  return { day: dayNumber(Date.parse(`${date}T00:00:00Z`) / 1000), amount: (amount * DAY_SECONDS) / covered };
}

function dayNumber(seconds: EpochSeconds): number {
  return Math.floor(seconds / DAY_SECONDS);
}

/** The rest of today, and the days after it up to the month's end. */
function sharesToCome(startSeconds: EpochSeconds, endSeconds: EpochSeconds, nowSeconds: EpochSeconds): DayShare[] {
  const shares: DayShare[] = [];
  for (let start = startSeconds; start < endSeconds; start += DAY_SECONDS) {
    const left = Math.min(DAY_SECONDS, start + DAY_SECONDS - nowSeconds);
    if (left > 0) shares.push({ day: dayNumber(start), share: left / DAY_SECONDS });
  }
  return shares;
}

function halfRange(model: DayModel, toCome: readonly DayShare[], rest: number, days: number): number {
  const quantile = T95[model.freedom] ?? NORMAL95;
  const narrowest = NARROWEST.find((each) => days >= each.days)?.share ?? 1;
  return Math.max(quantile * model.sumError(toCome), narrowest * rest);
}

/** First day on which the limit is reached: by what was used, else by what is expected. */
function passingDay(
  ofMonth: readonly UsedDay[],
  toCome: readonly DayShare[],
  amounts: readonly number[],
  limit: number,
): string | null {
  let sum = 0;
  for (const { date, amount } of ofMonth) {
    sum += amount;
    if (sum >= limit) return date;
  }
  for (const [index, { day }] of toCome.entries()) {
    sum += amounts[index] ?? 0;
    if (sum >= limit) return dateOf(day * DAY_SECONDS);
  }
  return null;
}
