import * as z from 'zod';
import { NumberCell, OptionalNumberCell, OptionalTextCell, TextCell } from './read-table.ts';

/** Columns of the bundled tables that are used; units are in their names. Origin of each: resources/data/SOURCES.md. */
export const InstanceRow = z.object({
  provider: TextCell,
  instance_type: TextCell,
  family: TextCell,
  vcpu: NumberCell,
  memory_gib: OptionalNumberCell,
  microarchitecture: OptionalTextCell,
  gpu_count: NumberCell,
  gpu_model: OptionalTextCell,
  watts_idle: NumberCell,
  watts_10pct: NumberCell,
  watts_50pct: NumberCell,
  watts_100pct: NumberCell,
  power_method: z.enum(['teads_curve', 'microarchitecture', 'provider_default']),
  power_low_factor: NumberCell,
  power_high_factor: NumberCell,
  embodied_instance_kgco2e: NumberCell,
});
export type InstanceRow = z.infer<typeof InstanceRow>;

export const MicroarchitectureRow = z.object({
  microarchitecture: TextCell,
  idle_watts_per_vcpu: NumberCell,
  max_watts_per_vcpu: NumberCell,
  baseline_memory_gb_per_vcpu: NumberCell,
});
export type MicroarchitectureRow = z.infer<typeof MicroarchitectureRow>;

export const CoefficientRow = z.object({
  provider: TextCell,
  coefficient: TextCell,
  value: NumberCell,
  low: NumberCell,
  high: NumberCell,
});
export type CoefficientRow = z.infer<typeof CoefficientRow>;

export const RegionRow = z.object({
  provider: TextCell,
  region_id: TextCell,
  country_code: TextCell,
  electricity_maps_zone: TextCell,
  match_rule: z.enum(['exact', 'prefix']),
});
export type RegionRow = z.infer<typeof RegionRow>;

export const ZoneYearRow = z.object({ zone: TextCell, year: NumberCell, gco2e_per_kwh: NumberCell });
export type ZoneYearRow = z.infer<typeof ZoneYearRow>;

export const GridYearRow = z.object({
  zone: TextCell,
  scope: z.enum(['country', 'cloud_region']),
  year: NumberCell,
  gco2e_per_kwh: NumberCell,
  emission_factor_type: z.enum(['lifecycle', 'direct']),
  low_gco2e_per_kwh: OptionalNumberCell,
  high_gco2e_per_kwh: OptionalNumberCell,
});
export type GridYearRow = z.infer<typeof GridYearRow>;

export const PueRow = z.object({ provider: TextCell, region_id: TextCell, year: NumberCell, pue: NumberCell });
export type PueRow = z.infer<typeof PueRow>;

export const GpuRow = z.object({
  vendor: TextCell,
  gpu_model: TextCell,
  tdp_watts: NumberCell,
  nvidia_gpu_product_label: OptionalTextCell,
});
export type GpuRow = z.infer<typeof GpuRow>;

export const ProfileRow = z.object({
  zone: TextCell,
  month: NumberCell,
  day_type: z.enum(['weekday', 'weekend']),
  hour_utc: NumberCell,
  mean_gco2e_per_kwh: NumberCell,
  samples: NumberCell,
});
export type ProfileRow = z.infer<typeof ProfileRow>;

export const CfeRow = z.object({ region_id: TextCell, year: NumberCell, google_cfe_fraction: OptionalNumberCell });
export type CfeRow = z.infer<typeof CfeRow>;

export const ProviderZoneRow = z.object({
  provider: TextCell,
  region_pattern: TextCell,
  match_rule: z.enum(['prefix', 'suffix']),
  country_code: TextCell,
  electricity_maps_zone: TextCell,
});
export type ProviderZoneRow = z.infer<typeof ProviderZoneRow>;
