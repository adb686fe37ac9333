import type { CurvePoints } from '../../model/coefficients.ts';
import { addToCurve } from './curve.ts';
import { deriveCurve } from './derived-curve.ts';
import { extraMemoryWatts } from './memory.ts';

/** Watts of one vCPU of a microarchitecture, a provider's average, or in general. */
export interface WattsPerVcpu {
  readonly idleWattsPerVcpu: number;
  readonly maxWattsPerVcpu: number;
  /** Memory in GB (decimal) a vCPU that those watts already contain. */
  readonly baselineGbPerVcpu: number;
}

export interface PerVcpuCurve {
  readonly watts: CurvePoints;
  readonly extraMemoryWatts: number;
}

/**
 * Curve of a whole node from watts per vCPU: the derived curve of the processor, and the memory above the baseline
 * on each point. Source: METHODOLOGY 0.2 and 1.1.
 */
export function perVcpuCurve(vcpu: number, memoryGb: number, coefficients: WattsPerVcpu): PerVcpuCurve {
  const extra = extraMemoryWatts(memoryGb, vcpu, coefficients.baselineGbPerVcpu);
  const processor = deriveCurve(coefficients.idleWattsPerVcpu * vcpu, coefficients.maxWattsPerVcpu * vcpu);
  return { watts: addToCurve(processor, extra), extraMemoryWatts: extra };
}
