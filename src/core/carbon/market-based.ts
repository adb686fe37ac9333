/** What a supply contract says of the electricity that it covers, and of the rest. */
export interface SupplyContract {
  /** Share of the energy that the contract covers, 0 to 1. */
  readonly share: number;
  readonly contractGramsPerKwh: number;
  /** Residual mix: what is left once all contracts are taken out. */
  readonly residualGramsPerKwh: number;
}

/**
 * Market-based grams of facility energy; shown beside the location-based ones, never in their place.
 * Source: GHG Protocol Scope 2 Guidance; METHODOLOGY 1.11.
 */
export function marketBasedGrams(facilityKwh: number, contract: SupplyContract): number {
  const { share, contractGramsPerKwh, residualGramsPerKwh } = contract;
  return facilityKwh * (share * contractGramsPerKwh + (1 - share) * residualGramsPerKwh);
}
