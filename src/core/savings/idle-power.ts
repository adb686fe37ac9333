import { kwhOfJoules, operationalGrams } from '../carbon/operational.ts';
import { SECONDS_PER_HOUR } from '../units.ts';

/**
 * gCO2e that whole nodes don't emit once they are gone: their power at no load. What they did above that moves with the
 * work, and smaller requests alone change neither. METHODOLOGY 1.15.
 */
export function idleGrams(nodes: {
  readonly count: number;
  readonly idleWatts: number;
  readonly hours: number;
  readonly pue: number;
  readonly gramsPerKwh: number;
}): number {
  const joules = nodes.count * nodes.idleWatts * nodes.hours * SECONDS_PER_HOUR;
  return operationalGrams(kwhOfJoules(joules), nodes.pue, nodes.gramsPerKwh);
}

/**
 * The part of an hour's grams of a node that stops with it: idle power, reserved or not. Every joule of a node in an hour
 * has the same facility factor and intensity, so grams go by joules.
 */
export function idlePart(hour: {
  readonly joules: number;
  readonly joulesIdle: number;
  readonly joulesUnallocated: number;
}): number {
  if (!(hour.joules > 0)) return 0;
  return Math.min(1, Math.max(0, (hour.joulesIdle + hour.joulesUnallocated) / hour.joules));
}
