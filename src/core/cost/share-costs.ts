import type { CostParts, WindowCosts } from '../../model/costs.ts';

/** A node as far as sharing costs needs it. */
export interface CostNode {
  readonly pods: readonly { readonly namespace: string; readonly name: string }[];
  /** Reservation shares of the pods, in their order. */
  readonly shares: readonly number[];
  /** Share of the node that nothing reserves. */
  readonly unallocatedShare: number;
  /** What the whole node would cost by unit prices: how much a share of it weighs. */
  readonly price: number;
}

/** Costs of a window laid out over its rows; the rows sum to what the cost source says. */
export interface SharedCosts {
  /** In the order of the nodes and their pods; null for a pod that the cost source doesn't know. */
  readonly pods: readonly (readonly (CostParts | null)[])[];
  /** In the order of the nodes. */
  readonly unallocated: readonly CostParts[];
}

export const NO_COST: CostParts = { cpu: 0, memory: 0, gpu: 0, storage: 0, network: 0 };

/**
 * A pod's costs to its rows: over several nodes by reservation. What nobody held, and pods that have no row, to the nodes
 * by what is unallocated of each.
 */
export function shareCosts(costs: WindowCosts, nodes: readonly CostNode[]): SharedCosts {
  const known = new Map(costs.pods.map((pod) => [`${pod.namespace}/${pod.pod}`, pod]));
  const rows = rowsOfPods(nodes, known);
  const pods = nodes.map((node) =>
    node.pods.map((pod, index) => {
      const key = `${pod.namespace}/${pod.name}`;
      const cost = known.get(key);
      const all = rows.get(key);
      if (cost === undefined || all === undefined) return null;
      return timesParts(cost, all.share > 0 ? (node.shares[index] ?? 0) / all.share : 1 / all.count);
    }),
  );
  let loose = costs.idle;
  for (const [key, cost] of known) if (!rows.has(key)) loose = addParts(loose, cost);
  const weights = weightsOf(nodes);
  return { pods, unallocated: weights.map((weight) => timesParts(loose, weight)) };
}

export function sumOfParts(parts: CostParts): number {
  return parts.cpu + parts.memory + parts.gpu + parts.storage + parts.network;
}

function rowsOfPods(
  nodes: readonly CostNode[],
  known: ReadonlyMap<string, CostParts>,
): ReadonlyMap<string, { count: number; share: number }> {
  const rows = new Map<string, { count: number; share: number }>();
  for (const node of nodes) {
    node.pods.forEach((pod, index) => {
      const key = `${pod.namespace}/${pod.name}`;
      if (!known.has(key)) return;
      const before = rows.get(key) ?? { count: 0, share: 0 };
      rows.set(key, { count: before.count + 1, share: before.share + (node.shares[index] ?? 0) });
    });
  }
  return rows;
}

/** Weights that sum to 1: by what is free of each node; where nothing is, by the nodes' size; else evenly. */
function weightsOf(nodes: readonly CostNode[]): number[] {
  const ladders = [
    (node: CostNode) => node.price * node.unallocatedShare,
    (node: CostNode) => node.unallocatedShare,
    (node: CostNode) => node.price,
    () => 1,
  ];
  for (const weigh of ladders) {
    const weights = nodes.map(weigh);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum > 0) return weights.map((weight) => weight / sum);
  }
  return [];
}

function timesParts(parts: CostParts, factor: number): CostParts {
  return {
    cpu: parts.cpu * factor,
    memory: parts.memory * factor,
    gpu: parts.gpu * factor,
    storage: parts.storage * factor,
    network: parts.network * factor,
  };
}

function addParts(left: CostParts, right: CostParts): CostParts {
  return {
    cpu: left.cpu + right.cpu,
    memory: left.memory + right.memory,
    gpu: left.gpu + right.gpu,
    storage: left.storage + right.storage,
    network: left.network + right.network,
  };
}
