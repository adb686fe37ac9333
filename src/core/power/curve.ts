import type { CurvePoints } from '../../model/coefficients.ts';

/** Utilisations at which a curve has its points. */
export const CURVE_UTILISATIONS = [0, 0.1, 0.5, 1] as const;

export function clampUtilisation(utilisation: number): number {
  return Math.min(1, Math.max(0, utilisation));
}

/**
 * Watts at a utilisation (0 to 1, clamped): piecewise linear through the four points.
 * Source: METHODOLOGY 1.1.
 */
export function wattsAt(curve: CurvePoints, utilisation: number): number {
  const u = clampUtilisation(utilisation);
  const [idle, ten, fifty, full] = curve;
  const [, uTen, uFifty, uFull] = CURVE_UTILISATIONS;
  if (u <= uTen) return between(idle, ten, u / uTen);
  if (u <= uFifty) return between(ten, fifty, (u - uTen) / (uFifty - uTen));
  return between(fifty, full, (u - uFifty) / (uFull - uFifty));
}

/** Watts above P0 at a utilisation; never negative. */
export function dynamicWattsAt(curve: CurvePoints, utilisation: number): number {
  return Math.max(0, wattsAt(curve, utilisation) - curve[0]);
}

export function scaleCurve(curve: CurvePoints, factor: number): CurvePoints {
  return [curve[0] * factor, curve[1] * factor, curve[2] * factor, curve[3] * factor];
}

export function addToCurve(curve: CurvePoints, watts: number): CurvePoints {
  return [curve[0] + watts, curve[1] + watts, curve[2] + watts, curve[3] + watts];
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
