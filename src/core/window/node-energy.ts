import type { NodeCoefficients } from '../../model/coefficients.ts';
import type { NodeMeter } from '../../model/energy.ts';
import type { NodeFacts, PodFacts } from '../../model/facts.ts';
import { attributeCards, type GpuAttribution } from '../attribution/attribute-gpus.ts';
import { attributeMeasured } from '../attribution/attribute-measured.ts';
import { attributeNode, type NodeAttribution } from '../attribution/attribute-node.ts';
import { reservationShare } from '../attribution/reservation-share.ts';
import { dynamicWattsAt } from '../power/curve.ts';
import { cardsOf } from '../power/gpu-cards.ts';
import { meterOf, wallFactor } from '../power/meter.ts';
import { nodeUtilisation } from '../power/node-utilisation.ts';
import { MILLICORES_PER_CORE } from '../units.ts';

/** Joules of a node in a window and how they are shared. GPUs are apart from dynamic and idle energy. */
export interface NodeEnergy {
  readonly utilisation: number;
  readonly idleWatts: number;
  readonly dynamicJoules: number;
  readonly idleJoules: number;
  readonly attribution: NodeAttribution;
  /** CPU seconds that are no pod's. */
  readonly systemCpuSeconds: number;
  /** The meter that the joules come from; null where they come from the curve. */
  readonly meter: NodeMeter | null;
  /** False where the meter tells the pods of the node apart, or there is none. */
  readonly isMeteredByUse: boolean;
  readonly gpus: GpuAttribution;
}

/**
 * A node's energy over the seconds that it existed, shared among its pods: what its meter counted, else what its curve
 * says. A pod that lived a part of that time holds its reservation for that part only.
 */
export function nodeEnergy(facts: NodeFacts, coefficients: NodeCoefficients): NodeEnergy {
  const { node, existedSeconds } = facts;
  const vcpu = node.cpuCapacityMillicores / MILLICORES_PER_CORE;
  const utilisation = facts.cpuSeconds === null ? 0 : nodeUtilisation(facts.cpuSeconds, vcpu, existedSeconds);
  const meter = meterOf(facts);
  const host =
    meter === null
      ? modelled(facts, coefficients, utilisation)
      : { ...measured(facts, meter), systemCpuSeconds: systemCpu(facts) };
  return {
    ...host,
    utilisation,
    idleWatts: meter === null || existedSeconds <= 0 ? coefficients.curve.watts[0] : host.idleJoules / existedSeconds,
    meter,
    isMeteredByUse: meter !== null && tellsNoPods(facts),
    gpus: attributeCards(
      cardsOf(facts, coefficients.gpu),
      facts.pods.map((pod) => ({
        namespace: pod.namespace,
        name: pod.name,
        demand: (pod.gpuRequest ?? 0) * aliveShare(pod, existedSeconds),
      })),
    ),
  };
}

export function usedMillicoresWhileAlive(pod: PodFacts): number {
  return pod.aliveSeconds > 0 ? (pod.cpuSeconds / pod.aliveSeconds) * MILLICORES_PER_CORE : 0;
}

type HostEnergy = Pick<NodeEnergy, 'dynamicJoules' | 'idleJoules' | 'attribution' | 'systemCpuSeconds'>;

function modelled(facts: NodeFacts, coefficients: NodeCoefficients, utilisation: number): HostEnergy {
  const dynamicJoules = dynamicWattsAt(coefficients.curve.watts, utilisation) * facts.existedSeconds;
  const idleJoules = coefficients.curve.watts[0] * facts.existedSeconds;
  const attribution = byUse(facts, dynamicJoules, idleJoules);
  return { dynamicJoules, idleJoules, attribution, systemCpuSeconds: attribution.systemCpu };
}

function byUse(facts: NodeFacts, dynamic: number, idle: number): NodeAttribution {
  return attributeNode({
    dynamic,
    idle,
    nodeCpu: facts.cpuSource === 'pod-sum' ? null : facts.cpuSeconds,
    pods: facts.pods.map((pod) => ({ cpu: pod.cpuSeconds, share: shareOf(pod, facts) })),
  });
}

/** True where the node has pods and its meter tells of none: their CPU use shares what it counted. METHODOLOGY 1.8. */
function tellsNoPods({ pods }: NodeFacts): boolean {
  return pods.length > 0 && pods.every((pod) => pod.activeJoules === undefined);
}

function measured(facts: NodeFacts, meter: NodeMeter): Omit<HostEnergy, 'systemCpuSeconds'> {
  if (tellsNoPods(facts)) {
    const dynamicJoules = meter.activeJoules * wallFactor(meter);
    const idleJoules = meter.idleJoules * wallFactor(meter);
    return { dynamicJoules, idleJoules, attribution: byUse(facts, dynamicJoules, idleJoules) };
  }
  const { dynamic, idle, ...attribution } = attributeMeasured({
    activeJoules: meter.activeJoules,
    idleJoules: meter.idleJoules,
    wallFactor: wallFactor(meter),
    pods: facts.pods.map((pod) => ({ activeJoules: pod.activeJoules ?? 0, share: shareOf(pod, facts) })),
  });
  return { dynamicJoules: dynamic, idleJoules: idle, attribution };
}

function systemCpu(facts: NodeFacts): number {
  if (facts.cpuSource === 'pod-sum') return 0;
  const ofPods = facts.pods.reduce((sum, pod) => sum + pod.cpuSeconds, 0);
  return Math.max(0, (facts.cpuSeconds ?? ofPods) - ofPods);
}

function shareOf(pod: PodFacts, facts: NodeFacts): number {
  const { node, existedSeconds } = facts;
  const reservation = {
    cpuRequest: pod.cpuRequestMillicores,
    cpuUse: usedMillicoresWhileAlive(pod),
    memoryRequest: pod.memoryRequestBytes,
    memoryUse: pod.memoryBytes,
  };
  const allocatable = { cpu: node.cpuAllocatableMillicores, memory: node.memoryAllocatableBytes };
  return aliveShare(pod, existedSeconds) * reservationShare(reservation, allocatable);
}

function aliveShare(pod: PodFacts, existedSeconds: number): number {
  return existedSeconds > 0 ? Math.min(1, pod.aliveSeconds / existedSeconds) : 0;
}
