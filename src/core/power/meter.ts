import type { Factor } from '../../model/bounds.ts';
import type { NodeMeter } from '../../model/energy.ts';
import type { NodeFacts } from '../../model/facts.ts';
import { combineFactors } from '../bounds/combine.ts';
import { MEASURED_FACTOR, METER_MODEL_FACTOR, WALL_FACTORS, WALL_RANGES } from '../coefficients/meter.ts';

/** The meter of a node; null without one, and for one that counted nothing: a machine that runs draws power. */
export function meterOf(facts: Pick<NodeFacts, 'meter'>): NodeMeter | null {
  const { meter } = facts;
  return meter !== undefined && meter.activeJoules + meter.idleJoules > 0 ? meter : null;
}

/** Joules at the plug for each joule that the meter counts. */
export function wallFactor(meter: NodeMeter): number {
  return WALL_FACTORS[meter.zone];
}

/** Range of a node's energy at the plug: of the meter and of the way from it to the plug. Source: METHODOLOGY 1.1, 1.8. */
export function meterFactor(meter: NodeMeter): Factor {
  return combineFactors([meter.isModelled ? METER_MODEL_FACTOR : MEASURED_FACTOR, WALL_RANGES[meter.zone]]);
}
