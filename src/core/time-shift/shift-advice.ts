import type { Interval } from '../../model/bounds.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { HourValue } from '../carbon/clean-hours.ts';
import { SECONDS_PER_HOUR } from '../units.ts';
import { type BackTest, type BackTestSetup, backTest, DAY_HOURS } from './back-test.ts';
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
  /** When the run would start, and when it should. */
  readonly startSeconds: EpochSeconds;
  readonly proposedSeconds: EpochSeconds;
  /** From the start to the deadline. */
  readonly windowHours: number;
  readonly by: 'forecast' | 'day-before';
  /** Share of the run's carbon that the forecast promises, and that such choices brought on the hours that are over. */
  readonly promisedShare: number;
  readonly realisedShare: number;
  /** What waiting as long as proposed, the same each time, would have brought there. */
  readonly sameDelayShare: number;
  /** Share of the starts that were made worse by such choices. */
  readonly worseShare: number;
  readonly forecastErrorShare: number;
  /**
   * What to count on, share of the run's carbon. Central is what was realised (by the same delay, where that is less, as a
   * schedule has one start), high the promise, low 0 where any start was made worse.
   */
  readonly savedShare: Interval;
}

/** Nothing is advised, and why. */
export interface NoShift {
  readonly kind: 'stay';
  readonly reason: 'schedule' | 'no-window' | 'no-data' | 'not-worthwhile';
}

const DAY_SECONDS = DAY_HOURS * SECONDS_PER_HOUR;
/** How far ahead starts are looked for, days: as long as it takes to see a day of them and the one after. */
const HORIZONS = [2, 8, 32] as const;
/** Fewer starts at the same hour of the day say nothing: then all hours are played back. */
const LEAST_STARTS = 5;

/**
 * The best start of a run, where waiting gains more than the forecast errs and did so on past days. Of a schedule with
 * several starts a day, that which gains the most, so that the answer is the same at all hours of the day. METHODOLOGY 1.14.
 */
export function shiftAdvice(input: ShiftInput): ShiftAdvice | NoShift {
  const history = new History(input.history);
  const each = startsOfDay(input).map((start) => adviceFor(input, history, start));
  let best: { readonly advice: ShiftAdvice; readonly gain: number } | null = null;
  for (const one of each) {
    if (one.kind === 'gain' && (best === null || one.gain > best.gain)) best = one;
  }
  const [first = NOT_UNDERSTOOD] = each.filter((one) => one.kind === 'stay');
  return best?.advice ?? first;
}

const NOT_UNDERSTOOD: NoShift = { kind: 'stay', reason: 'schedule' };

interface Start {
  readonly startSeconds: EpochSeconds;
  /** To the next one. */
  readonly gapHours: number;
}

/** The next start and all within a day of it; none where the schedule isn't understood or never comes. */
function startsOfDay({ schedule, timeZone, nowSeconds }: ShiftInput): readonly Start[] {
  if (schedule === null) return [{ startSeconds: nowSeconds, gapHours: Number.POSITIVE_INFINITY }];
  const cron = parseCron(schedule);
  if (cron === null) return [];
  let starts: readonly EpochSeconds[] = [];
  for (const days of HORIZONS) {
    starts = cronStarts(cron, { startSeconds: nowSeconds, endSeconds: nowSeconds + days * DAY_SECONDS }, timeZone);
    if ((starts.at(-1) ?? 0) >= endOfDay(starts)) break;
  }
  const end = endOfDay(starts);
  return starts
    .filter((start) => start < end)
    .map((startSeconds, index) => {
      const next = starts[index + 1] ?? Number.POSITIVE_INFINITY;
      return { startSeconds, gapHours: Math.floor((next - startSeconds) / SECONDS_PER_HOUR) };
    });
}

function endOfDay([first = Number.POSITIVE_INFINITY]: readonly EpochSeconds[]): EpochSeconds {
  return first + DAY_SECONDS;
}

/** `gain` is in gCO2e/kWh × hours, to compare starts. */
function adviceFor(
  input: ShiftInput,
  history: History,
  { startSeconds, gapHours }: Start,
): { readonly kind: 'gain'; readonly advice: ShiftAdvice; readonly gain: number } | NoShift {
  const durationHours = Math.max(1, Math.ceil(input.durationHours - 1e-9));
  const windowHours = Math.min(input.windowHours ?? DAY_HOURS, gapHours);
  if (windowHours <= durationHours) return { kind: 'stay', reason: 'no-window' };
  const hours = hoursToCome(input, history, startSeconds, windowHours);
  const shift = hours === null ? null : bestShift(hours.values, durationHours);
  if (hours === null || shift === null) return { kind: 'stay', reason: 'no-data' };
  const played = playBack(history, startSeconds, { durationHours, windowHours, delayHours: shift.startHours });
  if (played === null) return { kind: 'stay', reason: 'no-data' };
  const error =
    hours.by === 'forecast' && input.forecastErrorShare !== null ? input.forecastErrorShare : played.forecastErrorShare;
  const { realisedShare, delayed } = played;
  const sameDelayShare = delayed?.realisedShare ?? realisedShare;
  // A run that comes once waits once: only a schedule is held to one delay.
  const counted = input.schedule === null ? realisedShare : Math.min(realisedShare, sameDelayShare);
  if (!isWorthwhile(shift.share, error) || counted <= 0) return { kind: 'stay', reason: 'not-worthwhile' };
  const central = Math.min(shift.share, counted);
  const isWorse = played.worseShare > 0 || (input.schedule !== null && (delayed?.worseShare ?? 0) > 0);
  const advice: ShiftAdvice = {
    kind: 'shift',
    startSeconds,
    proposedSeconds: startSeconds + shift.startHours * SECONDS_PER_HOUR,
    windowHours,
    by: hours.by,
    promisedShare: shift.share,
    realisedShare,
    sameDelayShare,
    worseShare: played.worseShare,
    forecastErrorShare: error,
    savedShare: { low: isWorse ? 0 : central, central, high: shift.share },
  };
  return { kind: 'gain', advice, gain: central * shift.now };
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

function playBack(history: History, startSeconds: EpochSeconds, setup: BackTestSetup): BackTest | null {
  const hourOfDay = Math.floor(startSeconds / SECONDS_PER_HOUR) % DAY_HOURS;
  const isStart = (index: number) => (history.firstHour + index) % DAY_HOURS === hourOfDay;
  const atItsHour = backTest(history.values, { ...setup, isStart });
  if (atItsHour !== null && atItsHour.starts >= LEAST_STARTS) return atItsHour;
  const atAll = backTest(history.values, setup);
  // A delay is of its hour: from any other one it ends elsewhere in the day.
  return atAll === null ? null : { ...atAll, delayed: atItsHour?.delayed ?? null };
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
