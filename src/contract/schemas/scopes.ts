import * as z from 'zod';
import { filterFields, Period, rangeFields } from './primitives.ts';

export const ScopesInput = z.object({ ...filterFields, ...rangeFields });
export type ScopesInput = z.infer<typeof ScopesInput>;

const grams = z.number().nonnegative();

/**
 * Emissions by scope, g CO2e. What runs in a public cloud is scope 3 category 1 of its customer, all of it; own hardware
 * is scope 2 (electricity, direct factors), scope 3 category 3 (its supply: lifecycle less direct) and category 2
 * (hardware). Source: GHG Protocol Scope 2 Guidance and Corporate Value Chain Standard; METHODOLOGY 1.11.
 */
export const Scopes = z.object({
  period: Period,
  scope2_location_grams: grams,
  scope2_market_grams: grams.nullable().describe('By supply contracts; null where none is set'),
  scope3_category1_grams: grams,
  scope3_category1_operational_grams: grams,
  scope3_category1_embodied_grams: grams,
  scope3_category1_market_grams: grams.nullable(),
  scope3_category2_grams: grams,
  scope3_category3_grams: grams.nullable().describe('Null where no direct factor is known'),
  total_location_grams: grams,
  total_market_grams: grams.nullable(),
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
