/**
 * Percentile by nearest rank: the smallest of the values that at least `share` of them don't exceed. It is always one of
 * the values, never between two, so that a need is not read too low. NaN of nothing.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(sorted.length * share - 1e-9));
  return sorted[rank - 1] ?? Number.NaN;
}

export function maximum(values: readonly number[]): number {
  return values.reduce((most, value) => (value > most ? value : most), Number.NEGATIVE_INFINITY);
}

/** NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Coefficient of variation: standard deviation (of all, not of a sample) over mean. 0 where the mean is 0. */
export function variation(values: readonly number[]): number {
  const average = mean(values);
  if (!(average > 0)) return 0;
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  return Math.sqrt(squares / values.length) / average;
}

/** Sums of fractions differ in their last digits by the order in which they are added. */
const ROUNDING = 1e-9;

/** Below, and not just by rounding: what is exactly at the threshold isn't below it. */
export function isBelow(value: number, threshold: number): boolean {
  return value < threshold - Math.abs(threshold) * ROUNDING;
}

/** Above, and not just by rounding: what is exactly at the threshold isn't above it. */
export function isAbove(value: number, threshold: number): boolean {
  return value > threshold + Math.abs(threshold) * ROUNDING;
}
