import type { Scopes } from '../../../contract/schemas/scopes.ts';

interface ScopeLine {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly locationGrams: number | null;
  /** Null where no contract is set; left out where the answer doesn't split the category by market. */
  readonly marketGrams?: number | null;
  readonly level: 0 | 1;
}

/** The scopes of an answer as lines; those of what nobody has (own metal, cloud) are left out, not shown as zero. */
export function scopeLines(scopes: Scopes): readonly ScopeLine[] {
  const lines: ScopeLine[] = [];
  const market = scopes.total_market_grams !== null;
  if (scopes.scope3_category1_grams > 0) {
    lines.push(
      {
        key: 's3c1',
        name: 'Scope 3, category 1',
        about: 'purchased cloud services',
        locationGrams: scopes.scope3_category1_grams,
        marketGrams: scopes.scope3_category1_market_grams,
        level: 0,
      },
      {
        key: 's3c1-operational',
        name: 'Electricity',
        about: 'what the provider’s machines draw',
        locationGrams: scopes.scope3_category1_operational_grams,
        level: 1,
      },
      {
        key: 's3c1-embodied',
        name: 'Hardware',
        about: 'share of making the machines',
        locationGrams: scopes.scope3_category1_embodied_grams,
        level: 1,
      },
    );
  }
  const ownsMetal = scopes.scope2_location_grams > 0 || scopes.scope3_category2_grams > 0;
  if (ownsMetal) {
    lines.push(
      {
        key: 's2',
        name: 'Scope 2',
        about: 'electricity of own machines',
        locationGrams: scopes.scope2_location_grams,
        marketGrams: scopes.scope2_market_grams,
        level: 0,
      },
      {
        key: 's3c3',
        name: 'Scope 3, category 3',
        about: 'supply of that electricity',
        locationGrams: scopes.scope3_category3_grams,
        marketGrams: scopes.scope3_category3_market_grams,
        level: 0,
      },
      {
        key: 's3c2',
        name: 'Scope 3, category 2',
        about: 'own machines, over their life',
        locationGrams: scopes.scope3_category2_grams,
        marketGrams: market ? scopes.scope3_category2_grams : null,
        level: 0,
      },
    );
  }
  return lines;
}
