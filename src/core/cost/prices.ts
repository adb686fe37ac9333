import { EXACT } from '../../model/bounds.ts';
import type { UnitPrices } from '../../model/coefficients.ts';
import { DEFAULT_PRICE_FACTOR, DEFAULT_PRICES } from '../coefficients/prices.ts';

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
