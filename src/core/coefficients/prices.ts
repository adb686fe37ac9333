import type { Factor } from '../../model/bounds.ts';
import type { UnitPrices } from '../../model/coefficients.ts';

/**
 * Range of the default prices. Our own choice: list prices of large and small clouds lie above, committed and spot
 * prices below the default.
 */
export const DEFAULT_PRICE_FACTOR: Factor = { low: 0.5, high: 1.6 };

/** Prices to start with, in USD. Source: METHODOLOGY 0.12. */
export const DEFAULT_PRICES: UnitPrices = {
  cpuCoreHour: 0.04,
  memoryGbHour: 0.005,
  storageGbHour: 0.0001,
  networkGb: 0.05,
  gpuHour: 1,
  currency: 'USD',
  source: 'default-prices',
  factor: DEFAULT_PRICE_FACTOR,
};
