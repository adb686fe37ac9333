import type { Provider } from '../../model/cluster.ts';
import type { EmbodiedValue } from '../../model/coefficients.ts';
import {
  CLOUD_LIFESPAN_HOURS,
  CLOUD_PLATFORM,
  EMBODIED_FACTOR,
  GPU_KILOGRAMS,
  ONE_SOCKET_VCPU,
  OWN_METAL_LIFESPAN_HOURS,
} from '../coefficients/embodied.ts';
import { instanceKilograms, platformKilograms } from './platform.ts';

export interface EmbodiedRequest {
  readonly provider: Provider;
  readonly vcpu: number;
  readonly memoryGb: number;
  readonly gpuCount: number;
}

/**
 * Embodied emissions of a whole node: the type's row, else the formula. A node of no known provider is taken as own
 * metal: a whole server, not a part of a large one.
 */
export function chooseEmbodied(
  node: EmbodiedRequest,
  tableKilograms: number | null,
  tableLifespanHours: number | null,
): EmbodiedValue {
  const lifespanHours =
    tableLifespanHours ?? (isOwnMetal(node.provider) ? OWN_METAL_LIFESPAN_HOURS : CLOUD_LIFESPAN_HOURS);
  if (tableKilograms !== null) {
    return { kilograms: tableKilograms, lifespanHours, source: 'table', factor: EMBODIED_FACTOR };
  }
  return { kilograms: formulaKilograms(node), lifespanHours, source: 'formula', factor: EMBODIED_FACTOR };
}

export function isOwnMetal(provider: Provider): boolean {
  return provider === 'onprem' || provider === 'unknown';
}

function formulaKilograms(node: EmbodiedRequest): number {
  if (isOwnMetal(node.provider)) {
    return platformKilograms({
      memoryGb: node.memoryGb,
      sockets: node.vcpu > ONE_SOCKET_VCPU ? 2 : 1,
      ssdCount: 0,
      hddCount: 0,
      gpuCount: node.gpuCount,
    });
  }
  const platform = platformKilograms({
    memoryGb: CLOUD_PLATFORM.memoryGb,
    sockets: CLOUD_PLATFORM.sockets,
    ssdCount: 0,
    hddCount: 0,
    gpuCount: 0,
  });
  return instanceKilograms(platform, node.vcpu, CLOUD_PLATFORM.vcpu) + GPU_KILOGRAMS * node.gpuCount;
}
