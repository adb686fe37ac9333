import type { NodeCoefficients } from '../../model/coefficients.ts';
import type { NodeFacts, PodFacts } from '../../model/facts.ts';
import { attributeNode, type NodeAttribution } from '../attribution/attribute-node.ts';
import { reservationShare } from '../attribution/reservation-share.ts';
import { dynamicWattsAt } from '../power/curve.ts';
import { nodeUtilisation } from '../power/node-utilisation.ts';
import { MILLICORES_PER_CORE } from '../units.ts';

/** Joules of a node in a window and how they are shared. */
export interface NodeEnergy {
  readonly utilisation: number;
  readonly idleWatts: number;
  readonly dynamicJoules: number;
  readonly idleJoules: number;
  readonly attribution: NodeAttribution;
}

/**
 * A node's energy over the seconds that it existed, shared among its pods. A pod that lived a part of that time
 * holds its reservation for that part only.
 */
export function nodeEnergy(facts: NodeFacts, coefficients: NodeCoefficients): NodeEnergy {
  const { node, existedSeconds } = facts;
  const vcpu = node.cpuCapacityMillicores / MILLICORES_PER_CORE;
  const utilisation = facts.cpuSeconds === null ? 0 : nodeUtilisation(facts.cpuSeconds, vcpu, existedSeconds);
  const idleWatts = coefficients.curve.watts[0];
  const dynamicJoules = dynamicWattsAt(coefficients.curve.watts, utilisation) * existedSeconds;
  const idleJoules = idleWatts * existedSeconds;
  const allocatable = { cpu: node.cpuAllocatableMillicores, memory: node.memoryAllocatableBytes };
  const attribution = attributeNode({
    dynamic: dynamicJoules,
    idle: idleJoules,
    nodeCpu: facts.cpuSource === 'pod-sum' ? null : facts.cpuSeconds,
    pods: facts.pods.map((pod) => ({
      cpu: pod.cpuSeconds,
      share:
        aliveShare(pod, existedSeconds) *
        reservationShare(
          {
            cpuRequest: pod.cpuRequestMillicores,
            cpuUse: usedMillicoresWhileAlive(pod),
            memoryRequest: pod.memoryRequestBytes,
            memoryUse: pod.memoryBytes,
          },
          allocatable,
        ),
    })),
  });
  return { utilisation, idleWatts, dynamicJoules, idleJoules, attribution };
}

export function usedMillicoresWhileAlive(pod: PodFacts): number {
  return pod.aliveSeconds > 0 ? (pod.cpuSeconds / pod.aliveSeconds) * MILLICORES_PER_CORE : 0;
}

function aliveShare(pod: PodFacts, existedSeconds: number): number {
  return existedSeconds > 0 ? Math.min(1, pod.aliveSeconds / existedSeconds) : 0;
}
