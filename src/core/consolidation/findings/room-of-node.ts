import type { LayoutNode } from '../../../model/scheduling.ts';
import { percentile } from '../../recommendations/statistics.ts';
import type { HourlyUsage } from '../../recommendations/usage-lines.ts';
import { SECONDS_PER_HOUR } from '../../units.ts';
import type { PodNeed } from '../plan.ts';

/** Use of a node over its hours, as shares of what it can give. */
export interface UseOfNode {
  readonly meanCpu: number;
  readonly meanMemory: number;
  /** All but 5 % of the hours. */
  readonly highCpu: number;
  readonly highMemory: number;
}

const HIGH = 0.95;

export function sharesUsed(node: LayoutNode, usage: HourlyUsage): UseOfNode {
  const shares = (column: 'cpuUsageMillicoreSeconds' | 'memoryUsageByteSeconds', whole: number) =>
    usage.known(column).map((value) => (whole > 0 ? value / SECONDS_PER_HOUR / whole : 0));
  const cpu = shares('cpuUsageMillicoreSeconds', node.cpuAllocatableMillicores);
  const memory = shares('memoryUsageByteSeconds', node.memoryAllocatableBytes);
  return {
    meanCpu: meanOf(cpu),
    meanMemory: meanOf(memory),
    highCpu: percentile(cpu, HIGH),
    highMemory: percentile(memory, HIGH),
  };
}

/**
 * How often the node could be halved and still hold what is asked of it and what it used, with headroom: instance types
 * double in size. Never below `leastMillicores`.
 */
export function halvings(
  node: LayoutNode,
  held: PodNeed,
  use: UseOfNode,
  headroom: number,
  leastMillicores: number,
): number {
  const need = Math.max(
    held.cpuMillicores / Math.max(1, node.cpuAllocatableMillicores),
    held.memoryBytes / Math.max(1, node.memoryAllocatableBytes),
    use.highCpu * headroom,
    use.highMemory * headroom,
  );
  let count = 0;
  let share = 0.5;
  while (need <= share && node.cpuAllocatableMillicores * share >= leastMillicores) {
    count += 1;
    share /= 2;
  }
  return count;
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
