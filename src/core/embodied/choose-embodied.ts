import type { Factor } from '../../model/bounds.ts';
import type { Provider } from '../../model/cluster.ts';
import type { EmbodiedValue } from '../../model/coefficients.ts';
import { GPU_KILOGRAMS, instanceKilograms, platformKilograms } from './platform.ts';

/** Range of embodied emissions; a life of 3 to 6 years lies inside it. Source: METHODOLOGY 1.10. */
export const EMBODIED_FACTOR: Factor = { low: 0.5, high: 2 };

/** Hours of a server's life in a public cloud: 4 years. Source: CCF, and the SCI specification's example. */
export const CLOUD_LIFESPAN_HOURS = 35_040;
/** Hours of a server's life on own metal: 5 years. Source: METHODOLOGY 1.10. */
export const OWN_METAL_LIFESPAN_HOURS = 43_800;

/** The server that an unknown type of a public cloud is taken to be a part of. Source: METHODOLOGY 0.10. */
export const CLOUD_PLATFORM = { sockets: 2, vcpu: 96, memoryGb: 384 } as const;
/** Own metal above this many vCPU is taken to have two sockets. Source: METHODOLOGY 0.10. */
export const ONE_SOCKET_VCPU = 64;

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
