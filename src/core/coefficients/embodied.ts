import type { Factor } from '../../model/bounds.ts';

/** kgCO2e of a server with one socket, 16 GB and no local disk. Source: CCF/Teads after Dell's R740 LCA; METHODOLOGY 1.10. */
export const SERVER_BASE_KILOGRAMS = 1000;

/** GB of memory that the base holds. Same source. */
export const SERVER_BASE_MEMORY_GB = 16;

/** kgCO2e of a GB of memory: 533 kg for 384 GB. Same source. */
export const MEMORY_KILOGRAMS_PER_GB = 533 / 384;

/** kgCO2e of each socket after the first. Same source. */
export const SOCKET_KILOGRAMS = 100;

/** kgCO2e of one local drive, and of one accelerator card. Same source. */
export const SSD_KILOGRAMS = 100;
export const HDD_KILOGRAMS = 50;
export const GPU_KILOGRAMS = 150;

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
