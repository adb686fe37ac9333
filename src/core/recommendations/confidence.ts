import type { Confidence } from '../../model/recommendations/recommendation.ts';

/** What speaks for and against a verdict. */
export interface Basis {
  readonly hoursObserved: number;
  readonly hoursPossible: number;
  /** The highest window of each hour is known; else only its mean. */
  readonly hasPeaks: boolean;
  /** The second half of the time needed about as much as the first. */
  readonly isStable: boolean;
  /** Other doubts, each worth a step; for example that autoscalers couldn't be read. */
  readonly doubts: number;
}

const NEARLY_ALL = 0.9;
const HIGH_HOURS = 72;
const MEDIUM_HOURS = 48;
const LEVELS = ['low', 'medium', 'high'] as const;

/**
 * `high`: at least 90 % of the look-back and three days of it; `medium`: at least two days; else `low`. A step lower each
 * for means in place of peaks, for a need that changes, and for each other doubt.
 */
export function confidenceOf(basis: Basis): Confidence {
  const steps = (basis.hasPeaks ? 0 : 1) + (basis.isStable ? 0 : 1) + basis.doubts;
  return LEVELS[Math.max(0, level(basis) - steps)] ?? 'low';
}

function level({ hoursObserved, hoursPossible }: Basis): number {
  if (hoursObserved >= HIGH_HOURS && hoursObserved >= NEARLY_ALL * hoursPossible) return 2;
  return hoursObserved >= MEDIUM_HOURS ? 1 : 0;
}
