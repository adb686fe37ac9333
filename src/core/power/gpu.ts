import type { CurvePoints } from '../../model/coefficients.ts';
import {
  GPU_FULL_SHARE_OF_TDP,
  GPU_IDLE_SHARE_OF_TDP,
  GPU_SHARES_IN_OTHER_CURVES,
  GPU_SHARES_IN_TEADS_CURVE,
} from '../coefficients/gpu.ts';
import { clampUtilisation } from './curve.ts';

/** Watts of some GPUs of one model at a utilisation (0 to 1, clamped). Source: METHODOLOGY 1.3. */
export function gpuWatts(tdpWatts: number, count: number, utilisation: number): number {
  const share = GPU_IDLE_SHARE_OF_TDP + (GPU_FULL_SHARE_OF_TDP - GPU_IDLE_SHARE_OF_TDP) * clampUtilisation(utilisation);
  return count * tdpWatts * share;
}

/** Watts of GPUs that nothing uses. */
export function gpuIdleWatts(tdpWatts: number, count: number): number {
  return gpuWatts(tdpWatts, count, 0);
}

/**
 * The curve of a node without its GPUs: tables give watts of the whole machine, and GPU power is added from its own use,
 * so it must not stay in. Null where that leaves a curve that is not positive and rising: the table then stays whole.
 */
export function hostCurve(
  watts: CurvePoints,
  gpus: { readonly tdpWatts: number; readonly count: number },
  isTeadsCurve: boolean,
): CurvePoints | null {
  const shares = isTeadsCurve ? GPU_SHARES_IN_TEADS_CURVE : GPU_SHARES_IN_OTHER_CURVES;
  const all = gpus.count * gpus.tdpWatts;
  const host: CurvePoints = [
    watts[0] - all * shares[0],
    watts[1] - all * shares[1],
    watts[2] - all * shares[2],
    watts[3] - all * shares[3],
  ];
  const isRising = host[0] > 0 && host[1] >= host[0] && host[2] >= host[1] && host[3] >= host[2];
  return isRising ? host : null;
}
