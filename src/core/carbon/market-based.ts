import type { SupplyContract } from '../../model/coefficients.ts';

/**
 * Market-based grams of facility energy; shown beside the location-based ones, never in their place. Where no residual
 * mix is known, what the contract doesn't cover has the intensity of the place.
 * Source: GHG Protocol Scope 2 Guidance; METHODOLOGY 1.11.
 */
export function marketBasedGrams(
  facilityKwh: number,
  contract: Omit<SupplyContract, 'source'>,
  locationGramsPerKwh: number,
): number {
  const { share, contractGramsPerKwh, residualGramsPerKwh } = contract;
  return facilityKwh * (share * contractGramsPerKwh + (1 - share) * (residualGramsPerKwh ?? locationGramsPerKwh));
}
