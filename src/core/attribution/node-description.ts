import type { GpuUsage } from '../../model/energy.ts';
import type { PodFacts } from '../../model/facts.ts';
import type { Inventory, NodeDescription } from '../../model/inventory.ts';
import type { NodeUsage } from '../../model/usage.ts';
import { MILLICORES_PER_CORE } from '../units.ts';

/** A node of which nothing but its name is known. */
export function unknownNode(name: string): NodeDescription {
  return {
    name,
    uid: null,
    providerId: null,
    provider: 'unknown',
    region: null,
    zone: null,
    instanceType: null,
    architecture: null,
    os: null,
    cpuCapacityMillicores: 0,
    memoryCapacityBytes: 0,
    cpuAllocatableMillicores: 0,
    memoryAllocatableBytes: 0,
    gpuCount: 0,
    ready: false,
    createdAtSeconds: null,
    addresses: [],
    labels: {},
  };
}

/**
 * What a node was in the window: the inventory's description, overlaid by what the reading remembers of the past; a
 * node that is gone is described from the reading alone. Capacity and allocatable stand in for each other.
 */
export function describeNode(name: string, known: NodeDescription | null, usage: NodeUsage | null): NodeDescription {
  const base = known ?? unknownNode(name);
  const described = definedOf(usage?.described ?? null);
  const node = { ...base, ...described, name };
  const cpuCapacityMillicores = node.cpuCapacityMillicores || node.cpuAllocatableMillicores;
  const memoryCapacityBytes = node.memoryCapacityBytes || node.memoryAllocatableBytes;
  return {
    ...node,
    cpuCapacityMillicores,
    memoryCapacityBytes,
    cpuAllocatableMillicores: node.cpuAllocatableMillicores || cpuCapacityMillicores,
    memoryAllocatableBytes: node.memoryAllocatableBytes || memoryCapacityBytes,
  };
}

/** Label of NVIDIA's feature discovery that names the model of a node's cards. */
export const GPU_PRODUCT_LABEL = 'nvidia.com/gpu.product';

/** A node whose cards were seen has at least those, of the model that they name, whatever the API server says of it. */
export function describeCards(node: NodeDescription, gpus: readonly GpuUsage[]): NodeDescription {
  if (gpus.length === 0) return node;
  const model = gpus.find((usage) => usage.model !== null)?.model ?? null;
  const isNamed = model === null || node.labels[GPU_PRODUCT_LABEL] !== undefined;
  return {
    ...node,
    gpuCount: Math.max(node.gpuCount, new Set(gpus.map((usage) => usage.card)).size),
    labels: isNamed ? node.labels : { ...node.labels, [GPU_PRODUCT_LABEL]: model },
  };
}

/**
 * A node whose size nobody knows is taken as large as what runs on it, in whole cores. Better than leaving its pods
 * out; flagged by the caller.
 */
export function assumeSize(
  node: NodeDescription,
  pods: readonly PodFacts[],
  cpuSeconds: number | null,
  existedSeconds: number,
): NodeDescription {
  let millicores = 0;
  let memoryBytes = 0;
  for (const pod of pods) {
    millicores += pod.cpuRequestMillicores;
    memoryBytes += Math.max(pod.memoryRequestBytes, pod.memoryBytes);
  }
  const used = existedSeconds > 0 ? ((cpuSeconds ?? 0) / existedSeconds) * MILLICORES_PER_CORE : 0;
  const cores = Math.max(1, Math.ceil(Math.max(millicores, used) / MILLICORES_PER_CORE));
  const cpuMillicores = node.cpuCapacityMillicores || cores * MILLICORES_PER_CORE;
  const memory = node.memoryCapacityBytes || memoryBytes;
  return {
    ...node,
    cpuCapacityMillicores: cpuMillicores,
    cpuAllocatableMillicores: node.cpuAllocatableMillicores || cpuMillicores,
    memoryCapacityBytes: memory,
    memoryAllocatableBytes: node.memoryAllocatableBytes || memory,
  };
}

export function nodesByName(inventory: Inventory): Map<string, NodeDescription> {
  return new Map(inventory.nodes.map((node) => [node.name, node]));
}

/** A source that knows a field as null or undefined knows nothing of it. */
function definedOf(described: NodeUsage['described']): Partial<Omit<NodeDescription, 'name'>> {
  if (described === null) return {};
  const entries = Object.entries(described).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries);
}
