import type { Factor } from '../../model/bounds.ts';

/** PUE of a data centre of which nothing is known. Source: Uptime Institute's survey; METHODOLOGY 0.8. */
export const ON_PREM_PUE = { pue: 1.58, low: 1.2, high: 2 } as const;

/** Range round a PUE that a person set. Source: METHODOLOGY 0.8. */
export const PERSON_PUE_FACTOR: Factor = { low: 0.97, high: 1.03 };

/** gCO2e/kWh where no zone is known. Source: METHODOLOGY 0.9. */
export const WORLD_GRAMS_PER_KWH = 475;

/** Range of a zone's year. Source: METHODOLOGY 1.9. */
export const ZONE_YEAR_FACTOR: Factor = { low: 0.6, high: 1.5 };

/** Range of the world's mean. Source: METHODOLOGY 1.9. */
export const WORLD_FACTOR: Factor = { low: 0.3, high: 2 };
