import { percent, pointsOn, type Scale, shareOf } from './scale.ts';
import { noData, type Outcome, type ScoreScope } from './scope.ts';

/**
 * Mean use over request. A request of P95 × 1.2 leaves a mean use near 0.6 of it for a service with days and nights;
 * memory, requested by its maximum × 1.2, near 0.8. So a workload that follows our own proposals has all points.
 */
const CPU_SCALE: Scale = { none: 0, full: 0.6 };
const MEMORY_SCALE: Scale = { none: 0, full: 0.8 };

/**
 * How much of what is requested is used: the points for CPU and for memory, each the mean of the workloads' points
 * weighted by their energy, then the mean of the two. A workload without a request of a resource has no part in it.
 */
export function rateResourceEfficiency({ workloads }: ScoreScope): Outcome {
  const total = workloads.reduce((sum, { joules }) => sum + joules, 0);
  const cpu = weigh(
    workloads.map((each) => [each.joules, each.cpuUsageMillicoreSeconds, each.cpuRequestMillicoreSeconds]),
    CPU_SCALE,
  );
  const memory = weigh(
    workloads.map((each) => [each.joules, each.memoryUsageByteSeconds, each.memoryRequestByteSeconds]),
    MEMORY_SCALE,
  );
  const figures = {
    cpu_use_over_request: cpu.share,
    memory_use_over_request: memory.share,
    energy_share_with_cpu_request: shareOf(cpu.joules, total),
    energy_share_with_memory_request: shareOf(memory.joules, total),
  };
  const points = [cpu.points, memory.points].filter((each) => each !== null);
  if (points.length === 0) return noData('No pod with energy requests CPU or memory.', figures);
  const said = [
    cpu.share === null ? null : `${percent(cpu.share)} of the CPU`,
    memory.share === null ? null : `${percent(memory.share)} of the memory`,
  ].filter((each) => each !== null);
  return {
    score: points.reduce((sum, each) => sum + each, 0) / points.length,
    figures,
    note: `Pods use ${said.join(' and ')} that they request, weighted by energy.`,
    how: `Lower requests towards what is used: ${percent(CPU_SCALE.full)} of CPU and ${percent(MEMORY_SCALE.full)} of memory in use earn all points.`,
  };
}

interface Weighed {
  readonly points: number | null;
  readonly share: number | null;
  /** Of the workloads that request it. */
  readonly joules: number;
}

/** @param lines energy, use and request of each workload */
function weigh(lines: readonly (readonly [joules: number, use: number, request: number])[], scale: Scale): Weighed {
  const sums = { joules: 0, points: 0, share: 0 };
  for (const [joules, use, request] of lines) {
    if (request <= 0 || joules <= 0) continue;
    const share = Math.min(1, use / request);
    sums.joules += joules;
    sums.share += joules * share;
    sums.points += joules * pointsOn(scale, share);
  }
  return { points: shareOf(sums.points, sums.joules), share: shareOf(sums.share, sums.joules), joules: sums.joules };
}
