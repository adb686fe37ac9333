import type { DemoNode, Pool } from './nodes.ts';
import type { Workload } from './tables.ts';

/** Where each namespace runs. */
const POOLS: Readonly<Record<string, Pool>> = {
  'shop-prod': 'aws',
  'shop-staging': 'aws',
  legacy: 'aws',
  ci: 'gcp',
  monitoring: 'gcp',
  'kube-system': 'gcp',
  data: 'metal',
  ml: 'metal',
};

export function poolOf(namespace: string): Pool {
  return POOLS[namespace] ?? 'gcp';
}

/** Workloads that ended up on the spare node of their pool: left over when it was scaled up. */
const ON_SPARE: ReadonlySet<string> = new Set(['legacy/old-reports']);

/** Nodes of one workload's replicas, in order; a DaemonSet has one on every node. */
export type Placement = ReadonlyMap<Workload, readonly DemoNode[]>;

interface Free {
  readonly node: DemoNode;
  cpuMillicores: number;
  memoryBytes: number;
}

/**
 * Places every replica as the scheduler would: on the node of its pool with most room left, after what each
 * DaemonSet takes, large pods first. Σ of requests fits on each node; spare nodes get next to nothing.
 */
export function placeWorkloads(workloads: readonly Workload[], nodes: readonly DemoNode[]): Placement {
  const placement = new Map<Workload, readonly DemoNode[]>();
  const free = nodes.map((node) => ({
    node,
    cpuMillicores: node.description.cpuAllocatableMillicores,
    memoryBytes: node.description.memoryAllocatableBytes,
  }));
  for (const workload of workloads.filter(({ kind }) => kind === 'DaemonSet')) {
    for (const room of free) take(room, workload);
    placement.set(workload, nodes);
  }
  const rest = workloads.filter(({ kind }) => kind !== 'DaemonSet');
  for (const workload of rest.toSorted((a, b) => b.cpuRequestMillicores - a.cpuRequestMillicores)) {
    const placed: DemoNode[] = [];
    for (let replica = 0; replica < workload.replicas; replica += 1) {
      const room = roomiest(free, workload);
      if (room === null) break;
      take(room, workload);
      placed.push(room.node);
    }
    placement.set(workload, placed);
  }
  return placement;
}

function roomiest(free: readonly Free[], workload: Workload): Free | null {
  const pool = poolOf(workload.namespace);
  const onSpare = ON_SPARE.has(`${workload.namespace}/${workload.name}`);
  let best: Free | null = null;
  for (const room of free) {
    if (room.node.pool !== pool || room.node.isSpare !== onSpare) continue;
    if (room.cpuMillicores < workload.cpuRequestMillicores || room.memoryBytes < workload.memoryRequestBytes) continue;
    if (best === null || leftShare(room) > leftShare(best)) best = room;
  }
  return best;
}

function leftShare(room: Free): number {
  const { cpuAllocatableMillicores, memoryAllocatableBytes } = room.node.description;
  return room.cpuMillicores / cpuAllocatableMillicores + room.memoryBytes / memoryAllocatableBytes;
}

function take(room: Free, workload: Workload): void {
  room.cpuMillicores -= workload.cpuRequestMillicores;
  // A pod without requests still fills a node a little, as the scheduler counts it.
  room.memoryBytes -= workload.memoryRequestBytes || (workload.memoryBytes ?? 0);
}
