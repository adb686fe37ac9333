/** Watts of one GB (decimal) of installed memory. Source: Cloud Carbon Footprint, 0.000392 kWh/GBh; METHODOLOGY 1.2. */
export const MEMORY_WATTS_PER_GB = 0.392;

/** GB (decimal) per vCPU that watts of unknown processors already contain. Source: METHODOLOGY 0.2. */
export const DEFAULT_BASELINE_GB_PER_VCPU = 2.5;

/**
 * Watts of the memory above the baseline. SPECpower watts are wall power of a whole server, so the baseline is
 * already in them and is never added again.
 */
export function extraMemoryWatts(memoryGb: number, vcpu: number, baselineGbPerVcpu: number): number {
  return MEMORY_WATTS_PER_GB * Math.max(0, memoryGb - baselineGbPerVcpu * vcpu);
}
