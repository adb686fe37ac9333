import type { AlertKind } from '../../model/kubernetes/budget.ts';
import type { Outlook } from './forecast.ts';

/** A forecast alarms nobody before it knows a week. */
export const LEAST_FORECAST_DAYS = 7;
/** Rounding of sums doesn't keep a limit from being reached. */
const TOLERANCE = 1e-9;
const STEPS = [
  { kind: '50', share: 0.5 },
  { kind: '80', share: 0.8 },
  { kind: '100', share: 1 },
] as const;

/**
 * What there is to alert of a budget, whether it was said before or not. `forecast` only while the limit is not reached:
 * afterwards there is nothing to expect.
 */
export function alertsDue(limit: number, outlook: Outlook): AlertKind[] {
  const reaches = (amount: number, share: number): boolean => amount >= limit * share * (1 - TOLERANCE);
  const due: AlertKind[] = STEPS.filter(({ share }) => reaches(outlook.used, share)).map(({ kind }) => kind);
  const isExpected = outlook.historyDays >= LEAST_FORECAST_DAYS && reaches(outlook.expected, 1);
  if (isExpected && !due.includes('100')) due.push('forecast');
  return due;
}
