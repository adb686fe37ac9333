import type { SupplyContract } from '../../model/coefficients.ts';

/**
 * Market-based grams of facility energy; shown beside the location-based ones, never in their place.
 * Source: GHG Protocol Scope 2 Guidance; METHODOLOGY 1.11.
 */
export function marketBasedGrams(facilityKwh: number, contract: SupplyContract): number {
  const { share, contractGramsPerKwh, residualGramsPerKwh } = contract;
  return facilityKwh * (share * contractGramsPerKwh + (1 - share) * residualGramsPerKwh);
}
