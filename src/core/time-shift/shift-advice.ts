import type { Interval } from '../../model/bounds.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { HourValue } from '../carbon/clean-hours.ts';
import { kwhOfJoules, operationalGrams } from '../carbon/operational.ts';
import { SECONDS_PER_HOUR } from '../units.ts';
import { type BackTest, backTest, DAY_HOURS } from './back-test.ts';
import { parseCron } from './cron.ts';
import { cronStarts } from './cron-starts.ts';
import { bestShift, isWorthwhile } from './shift.ts';

/** A job that can wait. */
export interface ShiftInput {
  /** Cron; null: it starts now, once. */
  readonly schedule: string | null;
  readonly timeZone: string | null;
  readonly nowSeconds: EpochSeconds;
  /** Hours that a run takes, as observed; parts of an hour count as a whole one. */
  readonly durationHours: number;
  /** Dynamic energy of a run, J. */
  readonly joulesPerRun: number;
  readonly pue: number;
  /** By when a run must have ended, hours after its start; left out: a day, or the next start where that is sooner. */
  readonly windowHours?: number;
  /** Hours to come by a publisher; may be empty. */
  readonly forecast: readonly HourValue[];
  /** Mean absolute error of that forecast as a share; null: as large as that of the day before. */
  readonly forecastErrorShare: number | null;
  /** Hours that are over. */
  readonly history: readonly HourValue[];
}

export interface ShiftAdvice {
  readonly kind: 'shift';
  /** When the next run would start, and when it should. */
  readonly startSeconds: EpochSeconds;
  readonly proposedSeconds: EpochSeconds;
  readonly by: 'forecast' | 'day-before';
  /** Share of the run's carbon that the forecast promises, and that such choices brought on the hours that are over. */
  readonly promisedShare: number;
  readonly realisedShare: number;
  readonly worseShare: number;
  readonly forecastErrorShare: number;
  readonly runsPerDay: number;
  /** From 0, as no day must be like those; central by what was realised. */
  readonly co2eGramsPerDay: Interval;
}

/** Nothing is advised, and why. */
export interface NoShift {
  readonly kind: 'stay';
  readonly reason: 'schedule' | 'no-window' | 'no-data' | 'not-worthwhile';
}

const WEEK_DAYS = 7;
const DAY_SECONDS = DAY_HOURS * SECONDS_PER_HOUR;
/** A schedule that starts less often is looked at for so long. */
const LONGEST_WAIT_DAYS = 32;
/** Fewer starts at the same hour of the day say nothing: then all hours are played back. */
const LEAST_STARTS = 5;

/** The best start of the next run, where waiting gains more than the forecast errs and did so on past days. METHODOLOGY 1.14. */
export function shiftAdvice(input: ShiftInput): ShiftAdvice | NoShift {
  const runs = nextRuns(input);
  if (runs === null) return { kind: 'stay', reason: 'schedule' };
  const durationHours = Math.max(1, Math.ceil(input.durationHours - 1e-9));
  const windowHours = Math.min(input.windowHours ?? DAY_HOURS, runs.gapHours);
  if (windowHours <= durationHours) return { kind: 'stay', reason: 'no-window' };
  const history = new History(input.history);
  const setup = { durationHours, windowHours };
  const played = playBack(history, runs.startSeconds, setup);
  const hours = hoursToCome(input, history, runs.startSeconds, windowHours);
  if (played === null || hours === null) return { kind: 'stay', reason: 'no-data' };
  const shift = bestShift(hours.values, durationHours);
  const error =
    hours.by === 'forecast' && input.forecastErrorShare !== null ? input.forecastErrorShare : played.forecastErrorShare;
  if (shift === null || !isWorthwhile(shift.share, error) || played.realisedShare <= 0) {
    return { kind: 'stay', reason: 'not-worthwhile' };
  }
  const gramsPerHourOfIntensity = operationalGrams(kwhOfJoules(input.joulesPerRun), input.pue, 1 / durationHours);
  const promised = shift.gain * gramsPerHourOfIntensity * runs.perDay;
  const realised = Math.min(promised, played.realisedShare * shift.now * gramsPerHourOfIntensity * runs.perDay);
  return {
    kind: 'shift',
    startSeconds: runs.startSeconds,
    proposedSeconds: runs.startSeconds + shift.startHours * SECONDS_PER_HOUR,
    by: hours.by,
    promisedShare: shift.share,
    realisedShare: played.realisedShare,
    worseShare: played.worseShare,
    forecastErrorShare: error,
    runsPerDay: runs.perDay,
    co2eGramsPerDay: { low: 0, central: realised, high: promised },
  };
}

/** The next start, hours to the one after it, and starts a day; null where the schedule isn't understood or never comes. */
function nextRuns(input: ShiftInput): { startSeconds: EpochSeconds; gapHours: number; perDay: number } | null {
  const { schedule, timeZone, nowSeconds } = input;
  if (schedule === null) return { startSeconds: nowSeconds, gapHours: Number.POSITIVE_INFINITY, perDay: 1 };
  const cron = parseCron(schedule);
  if (cron === null) return null;
  const range = { startSeconds: nowSeconds, endSeconds: nowSeconds + LONGEST_WAIT_DAYS * DAY_SECONDS };
  const starts = cronStarts(cron, range, timeZone);
  const [first, second] = starts;
  if (first === undefined) return null;
  const week = starts.filter((start) => start < nowSeconds + WEEK_DAYS * DAY_SECONDS).length;
  const gapHours = second === undefined ? Number.POSITIVE_INFINITY : Math.floor((second - first) / SECONDS_PER_HOUR);
  const perDay = week > 0 ? week / WEEK_DAYS : starts.length / LONGEST_WAIT_DAYS;
  return { startSeconds: first, gapHours, perDay };
}

/** The forecast where it knows every hour, else the same hours of the last day that is known. */
function hoursToCome(
  { forecast }: ShiftInput,
  history: History,
  startSeconds: EpochSeconds,
  hours: number,
): { readonly by: ShiftAdvice['by']; readonly values: readonly number[] } | null {
  const first = Math.floor(startSeconds / SECONDS_PER_HOUR);
  const known = new Map(forecast.map((hour) => [Math.floor(hour.startSeconds / SECONDS_PER_HOUR), hour.gramsPerKwh]));
  const published = Array.from({ length: hours }, (_, index) => known.get(first + index) ?? Number.NaN);
  if (!published.some(Number.isNaN)) return { by: 'forecast', values: published };
  const values = history.sameHours(first, hours);
  return values === null ? null : { by: 'day-before', values };
}

function playBack(
  history: History,
  startSeconds: EpochSeconds,
  setup: { readonly durationHours: number; readonly windowHours: number },
): BackTest | null {
  const hourOfDay = Math.floor(startSeconds / SECONDS_PER_HOUR) % DAY_HOURS;
  const isStart = (index: number) => (history.firstHour + index) % DAY_HOURS === hourOfDay;
  const atItsHour = backTest(history.values, { ...setup, isStart });
  return atItsHour !== null && atItsHour.starts >= LEAST_STARTS ? atItsHour : backTest(history.values, setup);
}

/** The longest stretch of hours without a gap; the latest of equal ones. */
class History {
  readonly firstHour: number;
  readonly values: readonly number[];

  constructor(records: readonly HourValue[]) {
    const hours = new Map(records.map((each) => [Math.floor(each.startSeconds / SECONDS_PER_HOUR), each.gramsPerKwh]));
    let best: { first: number; values: number[] } = { first: 0, values: [] };
    let run = best;
    for (const hour of [...hours.keys()].sort((a, b) => a - b)) {
      if (hour !== run.first + run.values.length || run.values.length === 0) run = { first: hour, values: [] };
      run.values.push(hours.get(hour) ?? 0);
      if (run.values.length >= best.values.length) best = run;
    }
    this.firstHour = best.first;
    this.values = best.values;
  }

  /** The last day that is known, laid on hours to come; null where less than a day is. */
  sameHours(firstHour: number, hours: number): number[] | null {
    if (this.values.length < DAY_HOURS) return null;
    const lastDay = this.firstHour + this.values.length - DAY_HOURS;
    return Array.from({ length: hours }, (_, index) => {
      const offset = (((firstHour + index - lastDay) % DAY_HOURS) + DAY_HOURS) % DAY_HOURS;
      return this.values[lastDay - this.firstHour + offset] ?? Number.NaN;
    });
  }
}
