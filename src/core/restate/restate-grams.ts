import type { NodeWindowRow, ResultRow } from '../../model/results.ts';
import { combineFactors } from '../bounds/combine.ts';
import { marketBasedGrams } from '../carbon/market-based.ts';
import { facilityEnergy, kwhOfJoules, operationalGrams } from '../carbon/operational.ts';
import { energyParts } from './energy-parts.ts';
import type { PlaceCoefficients } from './new-coefficients.ts';

type Coefficients = PlaceCoefficients['coefficients'];
type Grams = Pick<ResultRow, 'co2eGrams' | 'co2eLowGrams' | 'co2eHighGrams' | 'co2eMarketGrams' | 'co2eDirectGrams'>;

/** Operational grams of stored joules, with the range that the energy had and the coefficients have now. */
export function restatedGrams(row: ResultRow, window: NodeWindowRow | null, coefficients: Coefficients): Grams {
  const { pue, intensity, market, direct } = coefficients;
  const kwh = kwhOfJoules(row.joules);
  const grams = operationalGrams(kwh, pue.pue, intensity.gramsPerKwh);
  const gramsPerJoule = operationalGrams(kwhOfJoules(1), pue.pue, intensity.gramsPerKwh);
  let low = 0;
  let high = 0;
  for (const { joules, factor } of energyParts(row, window, coefficients.gpu)) {
    const carbon = combineFactors([factor, pue.factor, intensity.factor]);
    low += joules * gramsPerJoule * carbon.low;
    high += joules * gramsPerJoule * carbon.high;
  }
  return {
    co2eGrams: grams,
    co2eLowGrams: Math.min(grams, low),
    co2eHighGrams: Math.max(grams, high),
    co2eMarketGrams:
      market === undefined ? grams : marketBasedGrams(facilityEnergy(kwh, pue.pue), market, intensity.gramsPerKwh),
    co2eDirectGrams: direct === undefined ? null : operationalGrams(kwh, pue.pue, direct.gramsPerKwh),
  };
}
