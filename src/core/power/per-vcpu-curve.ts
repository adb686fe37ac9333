import type { CurvePoints } from '../../model/coefficients.ts';
import type { WattsPerVcpu } from '../coefficients/power.ts';
import { addToCurve } from './curve.ts';
import { deriveCurve } from './derived-curve.ts';
import { extraMemoryWatts } from './memory.ts';

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
