/** Multiplicative uncertainty of one factor: the true value lies between `low` × and `high` × the central one. */
export interface Factor {
  readonly low: number;
  readonly high: number;
}

export const EXACT: Factor = { low: 1, high: 1 };

/** A figure and its range; `low` ≤ `central` ≤ `high`, all in the unit that the owning name carries. */
export interface Interval {
  readonly central: number;
  readonly low: number;
  readonly high: number;
}
