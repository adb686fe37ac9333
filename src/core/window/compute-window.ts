import type { NodeCoefficients, VolumeCoefficient } from '../../model/coefficients.ts';
import type { WindowCosts } from '../../model/costs.ts';
import type { VolumeFacts, WindowFacts } from '../../model/facts.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { NodeSnapshot, NodeWindowRow, ResultRow } from '../../model/results.ts';
import { sumOfParts } from '../cost/share-costs.ts';
import { type NodeContext, nodeContext } from './node-context.ts';
import { nodeSnapshot, nodeWindowRow } from './node-rows.ts';
import { costsOfNodes, FROM_OPENCOST, isSameCurrency, type NodeCosts } from './row-costs.ts';
import { podRow, systemRow, unallocatedRow } from './rows.ts';
import { volumeRow } from './volume-row.ts';

export interface ComputeInput {
  readonly clusterId: string;
  readonly facts: WindowFacts;
  readonly coefficientsOf: (node: NodeDescription) => NodeCoefficients;
  /** Electricity Maps zone of a node. */
  readonly zoneOf: (node: NodeDescription) => string;
  /** How a volume takes energy; without it the window has no volume rows. */
  readonly volumeOf?: (volume: VolumeFacts) => VolumeCoefficient;
  /** What a cost source says of the window; null or left out: unit prices. */
  readonly costs?: WindowCosts | null;
}

export interface ComputedWindow {
  readonly rows: readonly ResultRow[];
  readonly nodeWindows: readonly NodeWindowRow[];
  readonly nodeSnapshots: readonly NodeSnapshot[];
}

/**
 * Facts of one window to rows: one a pod, one a node for its system and one for what nothing reserves (left out only
 * where exactly zero), one a volume. The rows of a node sum to its energy; nodes and volumes sum to the cluster's. A
 * window that is covered in part counts whole.
 */
export function computeWindow(input: ComputeInput): ComputedWindow {
  const rows: ResultRow[] = [];
  const { window, nodes, volumes } = input.facts;
  const contexts = nodes.map((facts) =>
    nodeContext(
      input.clusterId,
      window.durationSeconds,
      facts,
      input.coefficientsOf(facts.node),
      input.zoneOf(facts.node),
    ),
  );
  const costs = usableCosts(input.costs ?? null, contexts);
  const notes = costs.ignored === null ? [] : [costs.ignored];
  const costsOf = costsOfNodes(contexts, costs.used);
  contexts.forEach((context, index) => {
    const noted = notes.length === 0 ? context : { ...context, reasons: [...context.reasons, ...notes] };
    const nodeCosts = costsOf[index];
    if (nodeCosts !== undefined) addRows(noted, nodeCosts, rows);
  });
  const { volumeOf } = input;
  if (volumeOf !== undefined) {
    for (const facts of volumes ?? []) {
      const context = {
        clusterId: input.clusterId,
        durationSeconds: window.durationSeconds,
        emapsZone: input.zoneOf(facts.place),
        coefficients: input.coefficientsOf(facts.place),
        volume: volumeOf(facts),
        costInPods: costs.used === null ? null : FROM_OPENCOST,
      };
      rows.push(volumeRow(context, facts));
    }
  }
  return {
    rows,
    nodeWindows: contexts.map((context) => nodeWindowRow(context, costs.used === null ? null : 'opencost')),
    nodeSnapshots: contexts.map((context) => nodeSnapshot(context, window.startSeconds)),
  };
}

function addRows(context: NodeContext, costs: NodeCosts, rows: ResultRow[]): void {
  const { attribution, gpus, systemCpuSeconds } = context.energy;
  context.facts.pods.forEach((pod, index) => {
    const part = attribution.pods[index];
    const cost = costs.pods[index];
    if (part === undefined || cost === undefined) return;
    rows.push(podRow(context, pod, part, gpus.pods[index] ?? null, cost));
  });
  if (attribution.system > 0 || systemCpuSeconds > 0) rows.push(systemRow(context, costs.system));
  if (attribution.unallocatedShare > 0 || gpus.free !== null || sumOfParts(costs.unallocated) > 0) {
    rows.push(unallocatedRow(context, costs.unallocated));
  }
}

/** Two currencies can't stand in one sum: the prices' wins, and each row says so. */
function usableCosts(
  costs: WindowCosts | null,
  contexts: readonly NodeContext[],
): { readonly used: WindowCosts | null; readonly ignored: string | null } {
  if (costs === null || isSameCurrency(costs, contexts)) return { used: costs, ignored: null };
  const prices = contexts.find((context) => context.coefficients.prices.currency !== costs.currency);
  const currency = prices?.coefficients.prices.currency ?? 'another currency';
  return {
    used: null,
    ignored: `OpenCost counts in ${costs.currency}, the prices in ${currency}: costs are by unit prices.`,
  };
}
