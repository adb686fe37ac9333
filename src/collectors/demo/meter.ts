import type { NodeMeter } from '../../model/energy.ts';
import type { DemoNode } from './nodes.ts';

/**
 * The servers of the first rack run Kepler. What RAPL counts there (package and DRAM) follows CPU time: 1.1 W a core at
 * rest and 2.3 J more for each CPU second, about what a server of its size draws at the plug after 1.3 (METHODOLOGY 1.8).
 */
const IDLE_WATTS_PER_CORE = 1.1;
const JOULES_PER_CPU_SECOND = 2.3;

/** Joules of a node's meter in a window; null without one. */
export function meterOf(node: DemoNode, cpuSeconds: number, durationSeconds: number): NodeMeter | null {
  if (!node.hasMeter) return null;
  const cores = node.description.cpuCapacityMillicores / 1000;
  return {
    exporter: 'kepler',
    zone: 'package',
    activeJoules: cpuSeconds * JOULES_PER_CPU_SECOND,
    idleJoules: cores * IDLE_WATTS_PER_CORE * durationSeconds,
    isModelled: false,
  };
}

/** What the meter gives to a pod: Kepler shares the joules above idle by CPU time. */
export function activeJoulesOf(node: DemoNode, cpuSeconds: number): number | null {
  return node.hasMeter ? cpuSeconds * JOULES_PER_CPU_SECOND : null;
}
