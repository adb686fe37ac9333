import { EXACT, type Factor } from '../../model/bounds.ts';
import type { UnitPrices } from '../../model/coefficients.ts';
import type { CostParts } from '../../model/costs.ts';
import type { CostSource } from '../../model/sources.ts';
import { DEFAULT_PRICE_FACTOR, DEFAULT_PRICES } from '../coefficients/prices.ts';

type PersonPrices = Partial<Omit<UnitPrices, 'source' | 'factor'>>;

/**
 * The default prices with what a person set over them. A person's prices are exact; as long as one of CPU and memory is
 * still a default, the range of the defaults stays. Of the others, see `rangeOfCost`.
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

/**
 * Range and source of what unit prices make of a row. A person who sets the prices of CPU and memory may leave those of
 * GPUs and storage as they are: their part of the cost keeps the range of a default.
 */
export function rangeOfCost(
  cost: CostParts,
  prices: UnitPrices,
): { readonly source: CostSource; readonly factor: Factor } {
  const { source, factor } = prices;
  const total = cost.cpu + cost.memory + cost.gpu + cost.storage + cost.network;
  const defaulted =
    (prices.gpuHour === DEFAULT_PRICES.gpuHour ? cost.gpu : 0) +
    (prices.storageGbHour === DEFAULT_PRICES.storageGbHour ? cost.storage : 0);
  if (source !== 'person' || defaulted <= 0) return { source, factor };
  const share = defaulted / total;
  return {
    source: share > 0.5 ? 'default-prices' : source,
    factor: {
      low: factor.low + (Math.min(factor.low, DEFAULT_PRICE_FACTOR.low) - factor.low) * share,
      high: factor.high + (Math.max(factor.high, DEFAULT_PRICE_FACTOR.high) - factor.high) * share,
    },
  };
}
