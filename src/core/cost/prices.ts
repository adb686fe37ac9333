import { EXACT, type Factor } from '../../model/bounds.ts';
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

type PersonPrices = Partial<Omit<UnitPrices, 'source' | 'factor'>>;

/**
 * The default prices with what a person set over them. A person's prices are exact; as long as one of the two that
 * are billed now (CPU, memory) is still a default, the range of the defaults stays.
 */
export function choosePrices(person: PersonPrices | null): UnitPrices {
  if (person === null || Object.keys(person).length === 0) return DEFAULT_PRICES;
  const complete = person.cpuCoreHour !== undefined && person.memoryGbHour !== undefined;
  return {
    ...DEFAULT_PRICES,
    ...person,
    source: complete ? 'person' : 'default-prices',
    factor: complete ? EXACT : DEFAULT_PRICE_FACTOR,
  };
}
