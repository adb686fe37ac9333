import { normaliseShares } from './reservation-share.ts';

/** A node's energy or power, and what its pods used and held of it. All amounts in one unit. */
export interface NodeToAttribute {
  /** Above P0. */
  readonly dynamic: number;
  /** P0. */
  readonly idle: number;
  /** CPU of the whole node in the unit of the pods' `cpu`; null where only the pods are known. */
  readonly nodeCpu: number | null;
  /** `share`: reservation share of METHODOLOGY 1.7, weighted by the time alive; normalised here. */
  readonly pods: readonly { readonly cpu: number; readonly share: number }[];
}

export interface PodPart {
  readonly dynamic: number;
  readonly idle: number;
  /** Normalised reservation share; embodied emissions follow it too. */
  readonly share: number;
}

export interface NodeAttribution {
  readonly pods: readonly PodPart[];
  /** Dynamic amount of CPU that is no pod's: kubelet, kernel, container runtime. */
  readonly system: number;
  /** CPU that is no pod's. */
  readonly systemCpu: number;
  /** Idle amount that nothing reserves. */
  readonly unallocated: number;
  /** Share of the node that nothing reserves, 0 to 1. */
  readonly unallocatedShare: number;
}

/**
 * Dynamic amount by use, idle amount by reservation, the rest unallocated: METHODOLOGY 1.7. The parts sum to
 * `dynamic + idle`. Pods that used more than the node reported share the dynamic amount among them.
 */
export function attributeNode(node: NodeToAttribute): NodeAttribution {
  let podCpu = 0;
  for (const pod of node.pods) podCpu += pod.cpu;
  const systemCpu = Math.max(0, (node.nodeCpu ?? podCpu) - podCpu);
  const allCpu = podCpu + systemCpu;
  const shares = normaliseShares(node.pods.map((pod) => pod.share));
  let shareSum = 0;
  let dynamicSum = 0;
  const pods = node.pods.map((pod, index) => {
    const share = shares[index] ?? 0;
    const dynamic = allCpu > 0 ? node.dynamic * (pod.cpu / allCpu) : 0;
    shareSum += share;
    dynamicSum += dynamic;
    return { dynamic, idle: node.idle * share, share };
  });
  const unallocatedShare = remainder(1, shareSum);
  return {
    pods,
    system: systemCpu > 0 || podCpu === 0 ? Math.max(0, node.dynamic - dynamicSum) : 0,
    systemCpu,
    unallocated: node.idle * unallocatedShare,
    unallocatedShare,
  };
}

/** What is left of a whole; 0 where the difference is only rounding. */
function remainder(whole: number, part: number): number {
  const rest = whole - part;
  return rest > 1e-12 * whole ? rest : 0;
}
