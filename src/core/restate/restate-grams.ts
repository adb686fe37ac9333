import type { Factor } from '../../model/bounds.ts';
import type { ResultRow } from '../../model/results.ts';
import { combineFactors } from '../bounds/combine.ts';
import { marketBasedGrams } from '../carbon/market-based.ts';
import { facilityEnergy, kwhOfJoules, operationalGrams } from '../carbon/operational.ts';
import { GPU_TDP_FACTOR, MEASURED_GPU_FACTOR, UNKNOWN_GPU_FACTOR } from '../coefficients/gpu.ts';
import type { PlaceCoefficients } from './new-coefficients.ts';

type Coefficients = PlaceCoefficients['coefficients'];
type Grams = Pick<ResultRow, 'co2eGrams' | 'co2eLowGrams' | 'co2eHighGrams' | 'co2eMarketGrams' | 'co2eDirectGrams'>;

/** Operational grams of stored joules, with the range that the energy had and the coefficients have now. */
export function restatedGrams(row: ResultRow, coefficients: Coefficients): Grams {
  const { pue, intensity, market, direct } = coefficients;
  const kwh = kwhOfJoules(row.joules);
  const grams = operationalGrams(kwh, pue.pue, intensity.gramsPerKwh);
  const gramsPerJoule = operationalGrams(kwhOfJoules(1), pue.pue, intensity.gramsPerKwh);
  let low = 0;
  let high = 0;
  for (const { joules, factor } of energyParts(row, coefficients)) {
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

const GPU_FACTORS = { measured: MEASURED_GPU_FACTOR, utilisation: GPU_TDP_FACTOR, assumed: UNKNOWN_GPU_FACTOR };

/**
 * The joules of a row by source, each with its own range. Only the range of all of them is stored: that of GPUs is known
 * by their source, and what it leaves is the host's.
 */
function energyParts(row: ResultRow, { gpu }: Coefficients): { joules: number; factor: Factor }[] {
  const { joules, joulesGpu } = row;
  if (joules <= 0) return [];
  const whole = { joules, factor: { low: row.joulesLow / joules, high: row.joulesHigh / joules } };
  const host = joules - joulesGpu;
  if (joulesGpu <= 0 || host <= 0 || row.sources.gpu === 'none') return [whole];
  const cards = (gpu?.factors ?? GPU_FACTORS)[row.sources.gpu];
  const factor = {
    low: (row.joulesLow - joulesGpu * cards.low) / host,
    high: (row.joulesHigh - joulesGpu * cards.high) / host,
  };
  if (factor.low <= 0 || factor.low > 1 || factor.high < 1) return [whole];
  return [
    { joules: host, factor },
    { joules: joulesGpu, factor: cards },
  ];
}
