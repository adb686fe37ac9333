import { MEMORY_WATTS_PER_GB } from '../coefficients/power.ts';
/**
 * Watts of the memory above the baseline. SPECpower watts are wall power of a whole server, so the baseline is
 * already in them and is never added again.
 */
export function extraMemoryWatts(memoryGb: number, vcpu: number, baselineGbPerVcpu: number): number {
  return MEMORY_WATTS_PER_GB * Math.max(0, memoryGb - baselineGbPerVcpu * vcpu);
}
