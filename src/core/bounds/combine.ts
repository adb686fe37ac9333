import { EXACT, type Factor, type Interval } from '../../model/bounds.ts';

/**
 * The factor of a product of independent factors: relative errors add in quadrature in log space.
 * `low = exp(-√Σ ln(1/l)²)`, `high = exp(√Σ ln(h)²)`. Source: METHODOLOGY 1.13.
 */
export function combineFactors(factors: readonly Factor[]): Factor {
  if (factors.length === 0) return EXACT;
  let lowSquares = 0;
  let highSquares = 0;
  for (const factor of factors) {
    lowSquares += Math.log(1 / factor.low) ** 2;
    highSquares += Math.log(factor.high) ** 2;
  }
  return { low: Math.exp(-Math.sqrt(lowSquares)), high: Math.exp(Math.sqrt(highSquares)) };
}

/** A central value with the range that a factor gives it; in the unit of the value. */
export function intervalOf(central: number, factor: Factor): Interval {
  return { central, low: central * factor.low, high: central * factor.high };
}

/** The factor that an absolute range means for a central value; it always contains 1. */
export function factorOfRange(central: number, low: number, high: number): Factor {
  if (central <= 0) return EXACT;
  return { low: Math.min(1, low / central), high: Math.max(1, high / central) };
}
