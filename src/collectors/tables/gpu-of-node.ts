import { combineFactors } from '../../core/bounds/combine.ts';
import {
  GPU_TDP_FACTOR,
  MEASURED_GPU_FACTOR,
  UNKNOWN_GPU_FACTOR,
  UNKNOWN_GPU_TDP_FACTOR,
  UNKNOWN_GPU_TDP_WATTS,
} from '../../core/coefficients/gpu.ts';
import { curveWithoutGpus, type InstancePower } from '../../core/power/choose-curve.ts';
import type { GpuCoefficients } from '../../model/coefficients.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import { findGpu, type GpuIndex, type GpuModel, gpuNameOf } from './gpu-index.ts';

/**
 * The cards of a node: as its label names them, else as its type has them, else a general card. Null without cards, and
 * where the type's watts hold them already because they can't be told apart.
 */
export function gpuOfNode(
  index: GpuIndex,
  instance: InstancePower | null,
  node: NodeDescription,
): GpuCoefficients | null {
  const ofType = instance?.gpuCount ?? 0;
  if (node.gpuCount === 0 && ofType === 0) return null;
  if (instance !== null && curveWithoutGpus(instance) === null) return null;
  const name = gpuNameOf(node);
  const labelled = name === null ? null : findGpu(index, name);
  const known = labelled ?? modelOfType(instance);
  const count = ofType > 0 ? { cardCount: ofType } : {};
  if (known !== null) {
    return {
      model: known.model,
      tdpWatts: known.tdpWatts,
      isKnown: true,
      ...count,
      factors: { measured: MEASURED_GPU_FACTOR, utilisation: GPU_TDP_FACTOR, assumed: UNKNOWN_GPU_FACTOR },
    };
  }
  return {
    model: name,
    tdpWatts: UNKNOWN_GPU_TDP_WATTS,
    isKnown: false,
    ...count,
    factors: {
      measured: MEASURED_GPU_FACTOR,
      utilisation: combineFactors([GPU_TDP_FACTOR, UNKNOWN_GPU_TDP_FACTOR]),
      assumed: combineFactors([UNKNOWN_GPU_FACTOR, UNKNOWN_GPU_TDP_FACTOR]),
    },
  };
}

function modelOfType(instance: InstancePower | null): GpuModel | null {
  if (instance === null || instance.gpuModel === null || instance.gpuTdpWatts === null) return null;
  return { model: instance.gpuModel, tdpWatts: instance.gpuTdpWatts };
}
