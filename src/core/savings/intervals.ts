import type { Interval } from '../../model/bounds.ts';

export const ZERO: Interval = { low: 0, central: 0, high: 0 };

/** Lows and highs of a sum add: the same coefficient errs the same way. METHODOLOGY 1.13. */
export function plus(left: Interval, right: Interval): Interval {
  return { low: left.low + right.low, central: left.central + right.central, high: left.high + right.high };
}

export function sumOf(intervals: Iterable<Interval>): Interval {
  let sum = ZERO;
  for (const interval of intervals) sum = plus(sum, interval);
  return sum;
}

export function times(interval: Interval, factor: number): Interval {
  return { low: interval.low * factor, central: interval.central * factor, high: interval.high * factor };
}

/** What need not come at all: from 0. */
export function fromZero(interval: Interval): Interval {
  return { ...interval, low: 0 };
}

/** Never more than there is. */
export function atMost(interval: Interval, most: Interval): Interval {
  return {
    low: Math.min(interval.low, most.low),
    central: Math.min(interval.central, most.central),
    high: Math.min(interval.high, most.high),
  };
}

/** What is more, never less than nothing. */
export function beyond(interval: Interval, known: Interval): Interval {
  const central = Math.max(0, interval.central - known.central);
  return {
    low: Math.min(central, Math.max(0, interval.low - known.low)),
    central,
    high: Math.max(central, interval.high - known.high),
  };
}

/** The larger of two promises, as a whole. */
export function larger(left: Interval, right: Interval): Interval {
  return right.central > left.central || (right.central === left.central && right.high > left.high) ? right : left;
}
