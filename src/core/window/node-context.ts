import type { Factor } from '../../model/bounds.ts';
import type { NodeCoefficients } from '../../model/coefficients.ts';
import type { NodeFacts } from '../../model/facts.ts';
import type { RowSources } from '../../model/sources.ts';
import { combineFactors } from '../bounds/combine.ts';
import { embodiedGramsPerHour } from '../embodied/share.ts';
import { SECONDS_PER_HOUR } from '../units.ts';
import { type NodeEnergy, nodeEnergy } from './node-energy.ts';
import { isEstimated, nodeReasons } from './reasons.ts';

/** Everything that the rows of one node in one window share; computed once a node. */
export interface NodeContext {
  readonly clusterId: string;
  readonly durationSeconds: number;
  readonly facts: NodeFacts;
  readonly coefficients: NodeCoefficients;
  readonly emapsZone: string;
  readonly energy: NodeEnergy;
  readonly energyFactor: Factor;
  readonly carbonFactor: Factor;
  /** Embodied grams of the whole node for the time it existed. */
  readonly embodiedGrams: number;
  /** Share of P0 that memory above the baseline draws, 0 to 1. */
  readonly memoryShareOfIdle: number;
  readonly sources: RowSources;
  readonly reasons: readonly string[];
  readonly isEstimated: boolean;
}

export function nodeContext(
  clusterId: string,
  durationSeconds: number,
  facts: NodeFacts,
  coefficients: NodeCoefficients,
  emapsZone: string,
): NodeContext {
  const { curve, pue, intensity, embodied, prices } = coefficients;
  const existedHours = facts.existedSeconds / SECONDS_PER_HOUR;
  const idleWatts = curve.watts[0];
  return {
    clusterId,
    durationSeconds,
    facts,
    coefficients,
    emapsZone,
    energy: nodeEnergy(facts, coefficients),
    energyFactor: curve.factor,
    carbonFactor: combineFactors([curve.factor, pue.factor, intensity.factor]),
    embodiedGrams: embodiedGramsPerHour(embodied.kilograms, embodied.lifespanHours) * existedHours,
    memoryShareOfIdle: idleWatts > 0 ? Math.min(1, curve.memoryWatts / idleWatts) : 0,
    sources: {
      cpu: facts.cpuSource,
      usage: facts.cpuSource === 'no-samples' ? 'requests' : 'cadvisor',
      power: curve.source,
      intensity: intensity.source,
      pue: pue.source,
      embodied: embodied.source,
      cost: prices.source,
    },
    reasons: nodeReasons(facts, coefficients),
    isEstimated: isEstimated(coefficients),
  };
}
