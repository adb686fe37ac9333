import type { NodeCoefficients } from '../../model/coefficients.ts';
import type { WindowFacts } from '../../model/facts.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { NodeSnapshot, NodeWindowRow, ResultRow } from '../../model/results.ts';
import { type BilledHours, unallocatedHours } from '../cost/cost.ts';
import { BYTES_PER_GB, MILLICORES_PER_CORE, SECONDS_PER_HOUR } from '../units.ts';
import { type NodeContext, nodeContext } from './node-context.ts';
import { nodeSnapshot, nodeWindowRow } from './node-rows.ts';
import { podHours, podRow, systemRow, unallocatedRow } from './rows.ts';

export interface ComputeInput {
  readonly clusterId: string;
  readonly facts: WindowFacts;
  readonly coefficientsOf: (node: NodeDescription) => NodeCoefficients;
  /** Electricity Maps zone of a node. */
  readonly zoneOf: (node: NodeDescription) => string;
}

export interface ComputedWindow {
  readonly rows: readonly ResultRow[];
  readonly nodeWindows: readonly NodeWindowRow[];
  readonly nodeSnapshots: readonly NodeSnapshot[];
}

/**
 * Facts of one window to rows: one a pod, one a node for its system and one for what nothing reserves (left out only
 * where exactly zero). The rows of a node sum to its energy. A window that is covered in part counts whole.
 */
export function computeWindow(input: ComputeInput): ComputedWindow {
  const rows: ResultRow[] = [];
  const nodeWindows: NodeWindowRow[] = [];
  const nodeSnapshots: NodeSnapshot[] = [];
  const { window } = input.facts;
  for (const facts of input.facts.nodes) {
    const { node } = facts;
    const coefficients = input.coefficientsOf(node);
    const context = nodeContext(input.clusterId, window.durationSeconds, facts, coefficients, input.zoneOf(node));
    addRows(context, rows);
    nodeWindows.push(nodeWindowRow(context));
    nodeSnapshots.push(nodeSnapshot(context, window.startSeconds));
  }
  return { rows, nodeWindows, nodeSnapshots };
}

function addRows(context: NodeContext, rows: ResultRow[]): void {
  const { attribution } = context.energy;
  let cpuCoreHours = 0;
  let memoryGbHours = 0;
  context.facts.pods.forEach((pod, index) => {
    const part = attribution.pods[index];
    if (part === undefined) return;
    const billed = podHours(context, pod);
    cpuCoreHours += billed.cpuCoreHours;
    memoryGbHours += billed.memoryGbHours;
    rows.push(podRow(context, pod, part));
  });
  if (attribution.system > 0 || attribution.systemCpu > 0) rows.push(systemRow(context));
  const free = unallocatedHours(allocatableHours(context), { cpuCoreHours, memoryGbHours });
  if (attribution.unallocatedShare > 0 || free.cpuCoreHours > 0 || free.memoryGbHours > 0) {
    rows.push(unallocatedRow(context, free));
  }
}

function allocatableHours(context: NodeContext): BilledHours {
  const { node, existedSeconds } = context.facts;
  const hours = existedSeconds / SECONDS_PER_HOUR;
  return {
    cpuCoreHours: (node.cpuAllocatableMillicores / MILLICORES_PER_CORE) * hours,
    memoryGbHours: (node.memoryAllocatableBytes / BYTES_PER_GB) * hours,
  };
}
