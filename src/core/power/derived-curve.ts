import type { CurvePoints } from '../../model/coefficients.ts';
import { clampUtilisation } from './curve.ts';

/** (P10 − P0) ÷ (P100 − P0). Source: Teads' TDP ratios 0.12, 0.32, 0.75, 1.02; METHODOLOGY 1.1. */
export const CURVE_FRACTION_AT_10_PERCENT = 0.2222;
/** (P50 − P0) ÷ (P100 − P0). Same source. */
export const CURVE_FRACTION_AT_50_PERCENT = 0.7;

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
