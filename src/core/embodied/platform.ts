import {
  GPU_KILOGRAMS,
  HDD_KILOGRAMS,
  MEMORY_KILOGRAMS_PER_GB,
  SERVER_BASE_KILOGRAMS,
  SERVER_BASE_MEMORY_GB,
  SOCKET_KILOGRAMS,
  SSD_KILOGRAMS,
} from '../coefficients/embodied.ts';
export interface Platform {
  readonly memoryGb: number;
  readonly sockets: number;
  readonly ssdCount: number;
  readonly hddCount: number;
  readonly gpuCount: number;
}

/** kgCO2e of making one physical server. */
export function platformKilograms(platform: Platform): number {
  return (
    SERVER_BASE_KILOGRAMS +
    MEMORY_KILOGRAMS_PER_GB * Math.max(0, platform.memoryGb - SERVER_BASE_MEMORY_GB) +
    SOCKET_KILOGRAMS * (platform.sockets - 1) +
    SSD_KILOGRAMS * platform.ssdCount +
    HDD_KILOGRAMS * platform.hddCount +
    GPU_KILOGRAMS * platform.gpuCount
  );
}

/** kgCO2e of the part of a server that one instance has: by vCPU. */
export function instanceKilograms(platformKg: number, instanceVcpu: number, platformVcpu: number): number {
  return platformVcpu > 0 ? platformKg * (instanceVcpu / platformVcpu) : 0;
}
