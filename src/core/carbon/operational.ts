import type { Sums } from '../ports/results-store.ts';
import { JOULES_PER_KWH } from '../units.ts';

export function kwhOfJoules(joules: number): number {
  return joules / JOULES_PER_KWH;
}

/** Energy that the building draws for IT energy, in the unit given. Source: METHODOLOGY 1.6. */
export function facilityEnergy(itEnergy: number, pue: number): number {
  return itEnergy * pue;
}

/** gCO2e of IT energy used at one place in one stretch of time: facility energy × intensity of that stretch. */
export function operationalGrams(itKwh: number, pue: number, gramsPerKwh: number): number {
  return facilityEnergy(itKwh, pue) * gramsPerKwh;
}

/**
 * Mean intensity of a sum, g/kWh: weighted by facility energy, so that facility kWh × mean = grams exactly. Null without
 * energy.
 */
export function meanIntensity({ co2eGrams, pueJoules }: Pick<Sums, 'co2eGrams' | 'pueJoules'>): number | null {
  return pueJoules > 0 ? co2eGrams / kwhOfJoules(pueJoules) : null;
}
