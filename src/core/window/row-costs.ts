import { EXACT } from '../../model/bounds.ts';
import type { CostParts, WindowCosts } from '../../model/costs.ts';
import type { PodFacts } from '../../model/facts.ts';
import { type BilledHours, billedHours, cpuCost, memoryCost, unallocatedHours } from '../cost/cost.ts';
import { rangeOfCost } from '../cost/prices.ts';
import { NO_COST, type SharedCosts, shareCosts, sumOfParts } from '../cost/share-costs.ts';
import { BYTES_PER_GB, MILLICORES_PER_CORE, SECONDS_PER_HOUR } from '../units.ts';
import type { RowCost } from './figures.ts';
import type { NodeContext } from './node-context.ts';
import { usedMillicoresWhileAlive } from './node-energy.ts';

/** Costs of the rows of one node. */
export interface NodeCosts {
  /** In the order of the node's pods. */
  readonly pods: readonly RowCost[];
  readonly system: RowCost;
  readonly unallocated: RowCost;
}

/** A cost source's figures are taken as they are. */
export const FROM_OPENCOST = { source: 'opencost', factor: EXACT } as const;

/** True where the costs are in the money of the prices, so that both can stand in one sum; also where they don't tell. */
export function isSameCurrency(costs: WindowCosts, contexts: readonly NodeContext[]): boolean {
  if (costs.currency === null) return true;
  return contexts.every((context) => context.coefficients.prices.currency === costs.currency);
}

/** Costs of all nodes, in their order: by unit prices, or what the cost source says of the pods that it knows. */
export function costsOfNodes(contexts: readonly NodeContext[], costs: WindowCosts | null): NodeCosts[] {
  const shared = costs === null ? null : shareCosts(costs, contexts.map(costNode));
  return contexts.map((context, index) => nodeCosts(context, shared, index));
}

function nodeCosts(context: NodeContext, shared: SharedCosts | null, index: number): NodeCosts {
  const { prices } = context.coefficients;
  const { gpus } = context.energy;
  let cpuCoreHours = 0;
  let memoryGbHours = 0;
  const known = shared?.pods[index];
  const pods = context.facts.pods.map((pod, place) => {
    const billed = podHours(context, pod);
    cpuCoreHours += billed.cpuCoreHours;
    memoryGbHours += billed.memoryGbHours;
    const cost = known?.[place] ?? null;
    return cost === null
      ? byPrices(context, billed, gpus.pods[place]?.cards ?? 0)
      : { ...partsOf(cost), ...FROM_OPENCOST };
  });
  const source = shared === null ? { source: prices.source, factor: prices.factor } : FROM_OPENCOST;
  const free = unallocatedHours(allocatableHours(context), { cpuCoreHours, memoryGbHours });
  const unallocated = shared?.unallocated[index];
  return {
    pods,
    system: { ...NO_COST, ...source },
    unallocated:
      unallocated === undefined ? byPrices(context, free, gpus.free?.cards ?? 0) : { ...unallocated, ...FROM_OPENCOST },
  };
}

function costNode(context: NodeContext) {
  const { attribution } = context.energy;
  return {
    pods: context.facts.pods,
    shares: attribution.pods.map((part) => part.share),
    unallocatedShare: attribution.unallocatedShare,
    price: sumOfParts(byPrices(context, allocatableHours(context), 0)),
  };
}

// A pod's counters don't tell traffic that is billed from traffic inside the cluster, so unit prices charge none.
function byPrices(context: NodeContext, billed: BilledHours, cards: number): RowCost {
  const { prices } = context.coefficients;
  const cost = {
    ...NO_COST,
    cpu: cpuCost(billed, prices),
    memory: memoryCost(billed, prices),
    gpu: cards * (context.facts.existedSeconds / SECONDS_PER_HOUR) * prices.gpuHour,
  };
  return { ...cost, ...rangeOfCost(cost, prices) };
}

/** Core-hours and GB-hours that a pod pays for: while it was alive, the larger of request and use. */
function podHours(context: NodeContext, pod: PodFacts): BilledHours {
  const aliveSeconds = Math.min(pod.aliveSeconds, context.facts.existedSeconds);
  return billedHours(
    {
      cpuRequestMillicores: pod.cpuRequestMillicores,
      cpuUseMillicores: usedMillicoresWhileAlive(pod),
      memoryRequestBytes: pod.memoryRequestBytes,
      memoryUseBytes: pod.memoryBytes,
    },
    aliveSeconds / SECONDS_PER_HOUR,
  );
}

function allocatableHours(context: NodeContext): BilledHours {
  const { node, existedSeconds } = context.facts;
  const hours = existedSeconds / SECONDS_PER_HOUR;
  return {
    cpuCoreHours: (node.cpuAllocatableMillicores / MILLICORES_PER_CORE) * hours,
    memoryGbHours: (node.memoryAllocatableBytes / BYTES_PER_GB) * hours,
  };
}

function partsOf({ cpu, memory, gpu, storage, network }: CostParts): CostParts {
  return { cpu, memory, gpu, storage, network };
}
