import type { DemoNode } from './pools.ts';
import type { Workload } from './tables.ts';

/** Where each replica of each workload runs: node index by `namespace/workload/replica`. */
export type Placement = ReadonlyMap<string, number>;

export function placementKey(workload: Workload, replica: number): string {
  return `${workload.namespace}/${workload.name}/${replica}`;
}

/** Replicas of a DaemonSet: one a node. */
export function replicaCount(workload: Workload, nodes: readonly DemoNode[]): number {
  return workload.kind === 'DaemonSet' ? nodes.length : workload.replicas;
}

/**
 * Puts each replica on the node of its namespace's pool with the most room left, as the scheduler's spreading does.
 * DaemonSets first, then by size; kube-system's Deployments go to the pool with spare capacity.
 */
export function placePods(workloads: readonly Workload[], nodes: readonly DemoNode[]): Placement {
  const placement = new Map<string, number>();
  const freeMillicores = nodes.map((node) => node.description.cpuAllocatableMillicores);
  const freeBytes = nodes.map((node) => node.description.memoryAllocatableBytes);
  const put = (workload: Workload, replica: number, node: number): void => {
    placement.set(placementKey(workload, replica), node);
    freeMillicores[node] = (freeMillicores[node] ?? 0) - workload.cpuRequestMillicores;
    freeBytes[node] = (freeBytes[node] ?? 0) - workload.memoryRequestBytes;
  };
  const bySize = [...workloads].sort((one, other) => size(other) - size(one));
  for (const workload of bySize) {
    if (workload.kind === 'DaemonSet') nodes.forEach((_, index) => put(workload, index, index));
  }
  for (const workload of bySize) {
    if (workload.kind === 'DaemonSet') continue;
    const candidates = poolOf(workload, nodes);
    for (let replica = 0; replica < workload.replicas; replica += 1) {
      put(workload, replica, roomiest(candidates, nodes, freeMillicores, freeBytes));
    }
  }
  return placement;
}

function size(workload: Workload): number {
  return workload.cpuRequestMillicores / 1000 + workload.memoryRequestBytes / 4e9;
}

function poolOf(workload: Workload, nodes: readonly DemoNode[]): number[] {
  const own = nodes.flatMap(({ pool }, index) => (pool.namespaces.includes(workload.namespace) ? [index] : []));
  return own.length > 0 ? own : nodes.flatMap(({ pool }, index) => (pool.namespaces.length === 0 ? [index] : []));
}

function roomiest(
  candidates: readonly number[],
  nodes: readonly DemoNode[],
  freeMillicores: readonly number[],
  freeBytes: readonly number[],
): number {
  const room = (index: number): number => {
    const node = nodes[index]?.description;
    if (node === undefined) return Number.NEGATIVE_INFINITY;
    const cpu = (freeMillicores[index] ?? 0) / node.cpuAllocatableMillicores;
    return Math.min(cpu, (freeBytes[index] ?? 0) / node.memoryAllocatableBytes);
  };
  return candidates.reduce((best, index) => (room(index) > room(best) ? index : best), candidates[0] ?? 0);
}
