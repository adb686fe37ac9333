import * as z from 'zod';
import { filterFields, Period, rangeFields } from './primitives.ts';

export const ScopesInput = z.object({ ...filterFields, ...rangeFields });
export type ScopesInput = z.infer<typeof ScopesInput>;

const grams = z.number().nonnegative();

/**
 * Emissions by scope, g CO2e. What runs in a public cloud is scope 3 category 1 of its customer, all of it; own hardware
 * is scope 2 (electricity, direct factors), scope 3 category 3 (its supply: lifecycle less direct) and category 2
 * (hardware). Market-based figures are null where no supply contract changes a gram; where one does, all of them are given.
 * Source: GHG Protocol Scope 2 Guidance and Corporate Value Chain Standard; METHODOLOGY 1.11.
 */
export const Scopes = z.object({
  period: Period,
  scope2_location_grams: grams,
  scope2_market_grams: grams
    .nullable()
    .describe('By supply contracts, their supply included; what has no contract equals its location-based grams'),
  scope3_category1_grams: grams.describe('Operational and embodied of public clouds, location-based'),
  scope3_category1_operational_grams: grams,
  scope3_category1_embodied_grams: grams,
  scope3_category1_market_grams: grams.nullable().describe('Operational by supply contracts, and embodied'),
  scope3_category2_grams: grams,
  scope3_category3_grams: grams.nullable().describe('Null where no direct factor is known'),
  scope3_category3_market_grams: grams
    .nullable()
    .describe(
      'Of own hardware without a contract; with one, its supply is in scope2_market_grams. Null as category 3 is',
    ),
  total_location_grams: grams.describe('scope2_location + scope3_category1 + category2 + category3'),
  total_market_grams: grams
    .nullable()
    .describe('scope2_market + scope3_category1_market + category2 + category3_market'),
  providers: z.array(
    z.object({
      provider: z.string(),
      is_cloud: z.boolean(),
      operational_grams: grams,
      embodied_grams: grams,
      market_grams: grams.nullable(),
      direct_grams: grams.nullable(),
    }),
  ),
  notes: z.array(z.string()),
});
export type Scopes = z.infer<typeof Scopes>;
