import type * as z from 'zod';
import type { Scopes, ScopesInput } from '../../contract/schemas/scopes.ts';
import { emissionScopes } from '../../core/explain/emission-scopes.ts';
import { toPeriod } from '../ranges/instants.ts';
import type { ApiDeps } from './deps.ts';
import { scopeOf } from './scope.ts';

/** More providers than there are. */
const MOST_PROVIDERS = 100;

/** Emissions of a range by scope of the GHG Protocol. Source: METHODOLOGY 1.11. */
export async function scopes(
  input: z.infer<typeof ScopesInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof Scopes>> {
  const { filter, range } = await scopeOf(input, '24h', deps);
  const query = { filter, range, by: 'provider', sort: 'co2e', descending: true, offset: 0, search: null } as const;
  const { items } = await deps.store.breakdown({ ...query, limit: MOST_PROVIDERS }, signal);
  const found = emissionScopes(items.map((item) => ({ ...item, provider: item.group.key })));
  return {
    period: toPeriod(range),
    scope2_location_grams: found.scope2LocationGrams,
    scope2_market_grams: found.scope2MarketGrams,
    scope3_category1_grams: found.category1OperationalGrams + found.category1EmbodiedGrams,
    scope3_category1_operational_grams: found.category1OperationalGrams,
    scope3_category1_embodied_grams: found.category1EmbodiedGrams,
    scope3_category1_market_grams: found.category1MarketGrams,
    scope3_category2_grams: found.category2Grams,
    scope3_category3_grams: found.category3Grams,
    scope3_category3_market_grams: found.category3MarketGrams,
    total_location_grams: found.totalLocationGrams,
    total_market_grams: found.totalMarketGrams,
    providers: found.providers.map((each) => ({
      provider: each.provider,
      is_cloud: each.isCloud,
      operational_grams: each.operationalGrams,
      embodied_grams: each.embodiedGrams,
      market_grams: each.marketGrams,
      direct_grams: each.directGrams,
    })),
    notes: [...found.notes],
  };
}
