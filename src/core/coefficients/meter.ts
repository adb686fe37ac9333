import type { Factor } from '../../model/bounds.ts';
import type { NodeMeter } from '../../model/energy.ts';

/**
 * From where a meter sits to the plug. A package counts processors and memory only; the rest of the machine and its
 * power supply come on top. Source: METHODOLOGY 1.8; 0.33 (0.2 to 0.6) of Boavizta's method for the rest of a server.
 */
export const WALL_FACTORS: Readonly<Record<NodeMeter['zone'], number>> = { platform: 1.05, package: 1.3 };

/** How far those may be off; a package's lies between 1.1 and 1.6. Same source. */
export const WALL_RANGES: Readonly<Record<NodeMeter['zone'], Factor>> = {
  platform: { low: 1, high: 1 },
  package: { low: 1.1 / 1.3, high: 1.6 / 1.3 },
};

/** Range of what a meter counts. Source: METHODOLOGY 1.1 (a). */
export const MEASURED_FACTOR: Factor = { low: 0.9, high: 1.15 };

/** Range of what an exporter's own model says in a meter's place. Source: METHODOLOGY 1.1 (c). */
export const METER_MODEL_FACTOR: Factor = { low: 0.5, high: 1.6 };
