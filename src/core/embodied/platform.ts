/** kgCO2e of a server with one socket, 16 GB and no local disk. Source: CCF/Teads after Dell's R740 LCA; METHODOLOGY 1.10. */
export const SERVER_BASE_KILOGRAMS = 1000;
/** GB of memory that the base holds. Same source. */
export const SERVER_BASE_MEMORY_GB = 16;
/** kgCO2e of a GB of memory: 533 kg for 384 GB. Same source. */
export const MEMORY_KILOGRAMS_PER_GB = 533 / 384;
/** kgCO2e of each socket after the first. Same source. */
export const SOCKET_KILOGRAMS = 100;
export const SSD_KILOGRAMS = 100;
export const HDD_KILOGRAMS = 50;
export const GPU_KILOGRAMS = 150;

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
