import { bestStart } from '../carbon/clean-hours.ts';

/** Starting at once, and at the best start before the deadline; in the unit of the values × hours. */
export interface Shift {
  readonly now: number;
  /** Hours to wait. */
  readonly startHours: number;
  readonly best: number;
  readonly gain: number;
  /** Share of `now`, 0 to 1. */
  readonly share: number;
}

/**
 * The start that minimises the sum over the run, the earliest on a tie, among the values of all hours up to the deadline;
 * null where the run doesn't fit before it. METHODOLOGY 1.14.
 */
export function bestShift(hourly: readonly number[], durationHours: number): Shift | null {
  const best = bestStart(hourly, durationHours);
  if (best === null) return null;
  const now = sumFrom(hourly, 0, durationHours);
  const gain = now - best.sum;
  return { now, startHours: best.index, best: best.sum, gain, share: now > 0 ? gain / now : 0 };
}

export function sumFrom(values: readonly number[], from: number, length: number): number {
  let sum = 0;
  for (let index = from; index < from + length; index += 1) sum += values[index] ?? Number.NaN;
  return sum;
}

/** Less is not worth moving work for. METHODOLOGY 1.14. */
export const LEAST_GAIN = 0.05;

/** Waiting is advised only where it gains more than the forecast errs. */
export function isWorthwhile(gainShare: number, forecastErrorShare: number): boolean {
  return gainShare > Math.max(LEAST_GAIN, forecastErrorShare);
}
