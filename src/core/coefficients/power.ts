import type { Factor } from '../../model/bounds.ts';

/** Watts of one vCPU of a microarchitecture, a provider's average, or in general. */
export interface WattsPerVcpu {
  readonly idleWattsPerVcpu: number;
  readonly maxWattsPerVcpu: number;
  /** Memory in GB (decimal) a vCPU that those watts already contain. */
  readonly baselineGbPerVcpu: number;
}

/** (P10 − P0) ÷ (P100 − P0). Source: Teads' TDP ratios 0.12, 0.32, 0.75, 1.02; METHODOLOGY 1.1. */
export const CURVE_FRACTION_AT_10_PERCENT = 0.2222;

/** (P50 − P0) ÷ (P100 − P0). Same source. */
export const CURVE_FRACTION_AT_50_PERCENT = 0.7;

/** Watts of one GB (decimal) of installed memory. Source: Cloud Carbon Footprint, 0.000392 kWh/GBh; METHODOLOGY 1.2. */
export const MEMORY_WATTS_PER_GB = 0.392;

/** GB (decimal) per vCPU that watts of unknown processors already contain. Source: METHODOLOGY 0.2. */
export const DEFAULT_BASELINE_GB_PER_VCPU = 2.5;

/** Range of watts from a microarchitecture. Source: METHODOLOGY 1.1 (c). */
export const MICROARCHITECTURE_FACTOR: Factor = { low: 0.5, high: 1.6 };

/** Range of a provider's average and of the generic value. Source: METHODOLOGY 1.1 (d), (e). */
export const DEFAULT_POWER_FACTOR: Factor = { low: 0.5, high: 2 };

/** Watts of one vCPU where nothing is known of a node. Source: METHODOLOGY 1.1 (e). */
export const GENERIC_WATTS_PER_VCPU: WattsPerVcpu = {
  idleWattsPerVcpu: 0.78,
  maxWattsPerVcpu: 3.76,
  baselineGbPerVcpu: 2.5,
};
