import type { LayoutNode } from '../../model/scheduling.ts';
import type { Held } from './cluster-room.ts';
import type { NodeValue } from './plan.ts';

export interface Candidate {
  readonly index: number;
  readonly node: LayoutNode;
  readonly value: NodeValue;
  /** What would have to be moved. */
  readonly movable: readonly Held[];
}

/** An empty node is not worth endlessly more than one with a small pod. */
const LEAST_EFFORT = 0.05;

/**
 * Nodes in the order in which they are tried: much carbon and cost for little to move comes first. Carbon and cost count
 * half each, relative to the most of the candidates; effort is the larger of the shares of CPU and memory to be moved.
 * By name on a tie. `first`: names that come before all others, in their order.
 */
export function inOrder(candidates: readonly Candidate[], first: readonly string[] = []): Candidate[] {
  const places = new Map(first.map((name, place) => [name, place]));
  const placeOf = ({ node }: Candidate): number => places.get(node.name) ?? first.length;
  const mostGrams = Math.max(0, ...candidates.map(({ value }) => value.co2eGramsPerDay));
  const mostCost = Math.max(0, ...candidates.map(({ value }) => value.costPerDay));
  const rank = ({ value, node, movable }: Candidate): number => {
    const worth = (shareOf(value.co2eGramsPerDay, mostGrams) + shareOf(value.costPerDay, mostCost)) / 2;
    const cpu = movable.reduce((sum, held) => sum + held.cpuMillicores, 0);
    const memory = movable.reduce((sum, held) => sum + held.memoryBytes, 0);
    const effort = Math.max(shareOf(cpu, node.cpuAllocatableMillicores), shareOf(memory, node.memoryAllocatableBytes));
    return worth / (LEAST_EFFORT + effort);
  };
  return candidates
    .map((candidate) => ({ candidate, rank: rank(candidate) }))
    .sort(
      (a, b) =>
        placeOf(a.candidate) - placeOf(b.candidate) ||
        b.rank - a.rank ||
        byName(a.candidate.node.name, b.candidate.node.name),
    )
    .map(({ candidate }) => candidate);
}

/** By code units: the same in every locale. */
export function byName(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** 1 where nothing is known to compare with, so that the rest decides. */
function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 1;
}
