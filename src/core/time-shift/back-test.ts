import { bestShift, sumFrom } from './shift.ts';

export interface BackTestSetup {
  readonly durationHours: number;
  /** From the earliest start to the deadline. */
  readonly windowHours: number;
  /** Which hours are starts; left out: all. */
  readonly isStart?: (index: number) => boolean;
  /** Also plays back waiting so long each time, whatever the day before said. */
  readonly delayHours?: number;
}

/** What waiting would have brought on hours that are over. Shares of what starting at once emitted, mean over all starts. */
export interface BackTest {
  readonly starts: number;
  /** With perfect foresight: the most that any forecast can bring. */
  readonly foresightShare: number;
  /** Had each start been chosen by the same hours of the day before. */
  readonly realisedShare: number;
  /** What the day before promised. */
  readonly promisedShare: number;
  /** Share of starts that waiting made worse. */
  readonly worseShare: number;
  /** Mean absolute error of the same hour of the day before, as a share of the mean. */
  readonly forecastErrorShare: number;
  /** Had each start waited for `delayHours`; null without one. */
  readonly delayed: { readonly realisedShare: number; readonly worseShare: number } | null;
}

export const DAY_HOURS = 24;
/** Below this a start is no worse, only rounded. */
const ROUNDING = 1e-9;

/**
 * Plays the choice of a start back over hourly values that are known, without a gap; null where they are too few. Only
 * starts with a whole day before them count, so that all shares are of the same starts.
 */
export function backTest(values: readonly number[], setup: BackTestSetup): BackTest | null {
  const { durationHours, windowHours, isStart = () => true, delayHours } = setup;
  let starts = 0;
  const worse = { chosen: 0, delayed: 0 };
  const sums = { foresight: 0, realised: 0, promised: 0, delayed: 0 };
  for (let index = DAY_HOURS; index + windowHours <= values.length; index += 1) {
    if (!isStart(index)) continue;
    const actual = values.slice(index, index + windowHours);
    const foreseen = bestShift(actual, durationHours);
    const promised = bestShift(dayBefore(values, index, windowHours), durationHours);
    if (foreseen === null || promised === null || !(foreseen.now > 0)) continue;
    const realised = 1 - sumFrom(actual, promised.startHours, durationHours) / foreseen.now;
    starts += 1;
    sums.foresight += foreseen.share;
    sums.realised += realised;
    sums.promised += promised.share;
    if (realised < -ROUNDING) worse.chosen += 1;
    if (delayHours === undefined) continue;
    const delayed = 1 - sumFrom(actual, delayHours, durationHours) / foreseen.now;
    sums.delayed += delayed;
    if (delayed < -ROUNDING) worse.delayed += 1;
  }
  if (starts === 0) return null;
  return {
    starts,
    foresightShare: sums.foresight / starts,
    realisedShare: sums.realised / starts,
    promisedShare: sums.promised / starts,
    worseShare: worse.chosen / starts,
    forecastErrorShare: errorOfDayBefore(values),
    delayed:
      delayHours === undefined ? null : { realisedShare: sums.delayed / starts, worseShare: worse.delayed / starts },
  };
}

/** The same hours of the last day that is known at `index`, again and again over longer windows. */
export function dayBefore(values: readonly number[], index: number, hours: number): number[] {
  return Array.from({ length: hours }, (_, hour) => values[index - DAY_HOURS + (hour % DAY_HOURS)] ?? Number.NaN);
}

function errorOfDayBefore(values: readonly number[]): number {
  let error = 0;
  let sum = 0;
  for (let index = DAY_HOURS; index < values.length; index += 1) {
    error += Math.abs((values[index] ?? 0) - (values[index - DAY_HOURS] ?? 0));
    sum += values[index] ?? 0;
  }
  return sum > 0 ? error / sum : 0;
}
