import { clampUtilisation } from './curve.ts';

/**
 * Share of a node's processors in use, 0 to 1: CPU seconds ÷ (vCPU × seconds that the node existed).
 * Source: METHODOLOGY 0.1.
 */
export function nodeUtilisation(cpuSeconds: number, vcpu: number, existedSeconds: number): number {
  const capacity = vcpu * existedSeconds;
  return capacity > 0 ? clampUtilisation(cpuSeconds / capacity) : 0;
}
