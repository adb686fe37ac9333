import type { Sums } from '../ports/results-store.ts';

type Amounts = Pick<
  Sums,
  'co2eGrams' | 'co2eMarketGrams' | 'co2eDirectGrams' | 'co2eOfDirectRowsGrams' | 'embodiedCo2eGrams'
> & { readonly provider: string };

export interface ProviderEmissions {
  readonly provider: string;
  readonly isCloud: boolean;
  /** Location-based, lifecycle. */
  readonly operationalGrams: number;
  readonly embodiedGrams: number;
  /** By supply contracts; null without one. */
  readonly marketGrams: number | null;
  /** By direct factors; null for clouds and where none is known. */
  readonly directGrams: number | null;
}

export interface EmissionScopes {
  readonly scope2LocationGrams: number;
  /** The four market figures are all null, or all given where a contract changes a gram anywhere: others equal location. */
  readonly scope2MarketGrams: number | null;
  readonly category1OperationalGrams: number;
  readonly category1EmbodiedGrams: number;
  /** Operational by contract, and embodied. */
  readonly category1MarketGrams: number | null;
  readonly category2Grams: number;
  readonly category3Grams: number | null;
  /** Of own hardware without a contract; with one, its supply is in `scope2MarketGrams`. Null as `category3Grams`, too. */
  readonly category3MarketGrams: number | null;
  /** Operational and embodied, as every other figure has them. */
  readonly totalLocationGrams: number;
  readonly totalMarketGrams: number | null;
  readonly providers: readonly ProviderEmissions[];
  readonly notes: readonly string[];
}

/** Grams by contract that differ by less than this share are rounding: there is no contract. */
const ROUNDING = 1e-9;

const OWN: ReadonlySet<string> = new Set(['onprem', 'unknown']);

/**
 * Emissions by scope. All of a public cloud is scope 3 category 1 of its customer; the electricity of own machines is
 * scope 2 by direct factors, its supply category 3, the machines category 2. Where no direct factor is known, lifecycle
 * grams stand in scope 2, so that nothing is lost. Totals are the sums of their scopes. Source: GHG Protocol Scope 2 Guidance; METHODOLOGY 1.11.
 */
export function emissionScopes(amounts: readonly Amounts[]): EmissionScopes {
  const clouds = amounts.filter(({ provider }) => !OWN.has(provider));
  const own = amounts.filter(({ provider }) => OWN.has(provider));
  const sum = (of: readonly Amounts[], field: Exclude<keyof Amounts, 'provider'>) =>
    of.reduce((total, each) => total + each[field], 0);
  const supplied = sum(own, 'co2eOfDirectRowsGrams');
  const direct = sum(own, 'co2eDirectGrams');
  const hasDirect = supplied > 0;
  const withoutDirect = Math.max(0, sum(own, 'co2eGrams') - supplied);
  const category2Grams = sum(own, 'embodiedCo2eGrams');
  const category1EmbodiedGrams = sum(clouds, 'embodiedCo2eGrams');
  const hasContract = marketOf(amounts) !== null;
  const embodied = category2Grams + category1EmbodiedGrams;
  const category3Grams = hasDirect ? Math.max(0, supplied - direct) : null;
  const contracted = own.filter((each) => marketOf([each]) !== null);
  const others = own.filter((each) => !contracted.includes(each));
  const othersSupply = Math.max(0, sum(others, 'co2eOfDirectRowsGrams') - sum(others, 'co2eDirectGrams'));
  return {
    scope2LocationGrams: direct + withoutDirect,
    scope2MarketGrams: hasContract
      ? sum(contracted, 'co2eMarketGrams') + sum(others, 'co2eGrams') - othersSupply
      : null,
    category1OperationalGrams: sum(clouds, 'co2eGrams'),
    category1EmbodiedGrams,
    category1MarketGrams: hasContract ? sum(clouds, 'co2eMarketGrams') + category1EmbodiedGrams : null,
    category2Grams,
    category3Grams,
    category3MarketGrams: hasContract && hasDirect ? othersSupply : null,
    totalLocationGrams: sum(amounts, 'co2eGrams') + embodied,
    totalMarketGrams: hasContract ? sum(amounts, 'co2eMarketGrams') + embodied : null,
    providers: amounts.map(providerOf),
    notes: notesOf({ own, clouds, withoutDirect, hasDirect, hasContract }),
  };
}

function marketOf(amounts: readonly Amounts[]): number | null {
  const location = amounts.reduce((sum, each) => sum + each.co2eGrams, 0);
  const market = amounts.reduce((sum, each) => sum + each.co2eMarketGrams, 0);
  const differs = amounts.some((each) => Math.abs(each.co2eMarketGrams - each.co2eGrams) > ROUNDING * each.co2eGrams);
  return differs || Math.abs(market - location) > ROUNDING * location ? market : null;
}

function providerOf(amounts: Amounts): ProviderEmissions {
  const isCloud = !OWN.has(amounts.provider);
  return {
    provider: amounts.provider,
    isCloud,
    operationalGrams: amounts.co2eGrams,
    embodiedGrams: amounts.embodiedCo2eGrams,
    marketGrams: marketOf([amounts]),
    directGrams: isCloud || amounts.co2eOfDirectRowsGrams === 0 ? null : amounts.co2eDirectGrams,
  };
}

function notesOf(found: {
  readonly own: readonly Amounts[];
  readonly clouds: readonly Amounts[];
  readonly withoutDirect: number;
  readonly hasDirect: boolean;
  readonly hasContract: boolean;
}): string[] {
  const { own, clouds, withoutDirect, hasDirect, hasContract } = found;
  const supplied = own.reduce((sum, each) => sum + each.co2eGrams, 0);
  const notes = [
    clouds.length > 0 ? 'Everything that runs in a public cloud is scope 3 category 1 of its customer.' : null,
    own.length > 0 && withoutDirect > ROUNDING * supplied
      ? hasDirect
        ? 'For a part of the own hardware no direct factor is known: its lifecycle grams, supply included, stand in scope 2.'
        : 'No direct factor is known for the own hardware: its lifecycle grams, supply included, stand in scope 2.'
      : null,
    hasContract
      ? 'Market-based grams are by supply contracts, beside the location-based ones and never in their place.'
      : null,
  ];
  return notes.filter((note) => note !== null);
}
