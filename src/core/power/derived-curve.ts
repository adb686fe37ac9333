import type { CurvePoints } from '../../model/coefficients.ts';
import { CURVE_FRACTION_AT_10_PERCENT, CURVE_FRACTION_AT_50_PERCENT } from '../coefficients/power.ts';
import { clampUtilisation } from './curve.ts';

/** Four points where only the watts of an idle and of a busy machine are known. */
export function deriveCurve(idleWatts: number, fullWatts: number): CurvePoints {
  const span = fullWatts - idleWatts;
  return [
    idleWatts,
    idleWatts + CURVE_FRACTION_AT_10_PERCENT * span,
    idleWatts + CURVE_FRACTION_AT_50_PERCENT * span,
    fullWatts,
  ];
}

/** The straight line between idle and full: the low bound of the curve's shape. */
export function linearWattsAt(idleWatts: number, fullWatts: number, utilisation: number): number {
  return idleWatts + (fullWatts - idleWatts) * clampUtilisation(utilisation);
}
