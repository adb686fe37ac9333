import * as z from 'zod';

const amount = z.number().nonnegative();

/**
 * The figures that every aggregate carries. Energy in joules (IT; `facility_energy_joules` after PUE), emissions in
 * grams CO2e (`co2e_grams` operational, embodied apart, low and high for each), money in the cluster's currency.
 */
export const Figures = z.object({
  co2e_grams: amount,
  co2e_low_grams: amount,
  co2e_high_grams: amount,
  embodied_co2e_grams: amount,
  embodied_low_grams: amount,
  embodied_high_grams: amount,
  energy_joules: amount,
  energy_low_joules: amount,
  energy_high_joules: amount,
  facility_energy_joules: amount,
  facility_energy_low_joules: amount,
  facility_energy_high_joules: amount,
  total_cost: amount,
  cost_low: amount,
  cost_high: amount,
  pod_count: z.int().nonnegative(),
});
export type Figures = z.infer<typeof Figures>;

/** What a node's power goes to, in joules (IT). */
export const EnergyParts = z.object({
  dynamic_joules: amount,
  idle_joules: amount,
  system_joules: amount,
  unallocated_joules: amount,
});
export type EnergyParts = z.infer<typeof EnergyParts>;

/** Shares of energy by how it is known; they add up to 1 where there is energy. */
export const QualityShares = z.object({
  measured: z.number().min(0).max(1),
  modelled: z.number().min(0).max(1),
  default: z.number().min(0).max(1),
});
export type QualityShares = z.infer<typeof QualityShares>;

/** Mean over the time that pods lived: millicores and bytes. */
export const UsageFigures = z.object({
  cpu_request_millicores: amount,
  cpu_usage_millicores: amount,
  memory_request_bytes: amount,
  memory_usage_bytes: amount,
});
export type UsageFigures = z.infer<typeof UsageFigures>;
