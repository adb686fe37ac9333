import type { EvidenceSeries } from '../../model/recommendations/evidence.ts';
import type { Target } from '../../model/recommendations/recommendation.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import type { UsageColumn } from '../ports/usage-hours.ts';
import { type AnalysisInput, hoursIn } from './analysis-input.ts';
import { groupUsage, HourlyUsage } from './usage-lines.ts';

/** Figures of the whole cluster that rules compare with. Built once an analysis. */
export interface AnalysisContext {
  readonly input: AnalysisInput;
  readonly hours: number;
  /** True for the hours in which anything of the cluster was seen. */
  readonly clusterHours: readonly boolean[];
  /** Mean of the grid's gCO2e/kWh at the cluster's nodes in each hour, by energy; null where it isn't known. */
  readonly intensity: readonly (number | null)[];
  /** False where no workload has traffic: then it wasn't measured. */
  readonly knowsNetwork: boolean;
  /** False where horizontal autoscalers couldn't be read. */
  readonly knowsAutoscalers: boolean;
  /** A day of the whole cluster. */
  readonly co2eGramsPerDay: number;
  readonly costPerDay: number;
  readonly allocatableCpuMillicores: number;
  readonly allocatableMemoryBytes: number;
}

export function analysisContext(input: AnalysisInput, layout: ClusterLayout): AnalysisContext {
  const hours = hoursIn(input.range);
  const nodes = input.nodes;
  const all = new HourlyUsage(
    nodes,
    groupUsage(nodes, () => '').flatMap((group) => group.lines),
    hours,
  );
  const seen = new Set<number>();
  for (const { hourIndex } of [nodes, input.workloads]) for (const hour of hourIndex) seen.add(hour);
  const joules = all.column('joules');
  const days = seen.size / 24;
  const traffic = (name: UsageColumn) => input.workloads.columns[name].some((value) => value > 0);
  return {
    input,
    hours,
    clusterHours: Array.from({ length: hours }, (_, hour) => seen.has(hour)),
    intensity: Array.from(all.column('intensityJoules'), (weighted, hour) => {
      const energy = joules[hour] ?? 0;
      return energy > 0 ? weighted / energy : null;
    }),
    knowsNetwork: traffic('networkReceiveBytes') || traffic('networkTransmitBytes'),
    knowsAutoscalers: !layout.missing.some((part) => part.toLowerCase().includes('horizontalpodautoscaler')),
    co2eGramsPerDay: days > 0 ? all.sum('co2eGrams') / days : 0,
    costPerDay: days > 0 ? all.sum('totalCost') / days : 0,
    allocatableCpuMillicores: layout.nodes.reduce((sum, node) => sum + node.cpuAllocatableMillicores, 0),
    allocatableMemoryBytes: layout.nodes.reduce((sum, node) => sum + node.memoryAllocatableBytes, 0),
  };
}

/** Tells that something is left out on purpose. */
export function leaveOut(
  context: AnalysisContext,
  type: Parameters<NonNullable<AnalysisInput['onLeftOut']>>[0]['type'],
  target: Target,
  reason: string,
): null {
  context.input.onLeftOut?.({ type, target, reason });
  return null;
}

/** A series of the evidence over the hours of the range. */
export function hourlySeries(
  context: AnalysisContext,
  name: string,
  unit: EvidenceSeries['unit'],
  mean: readonly (number | null)[],
  peak: readonly (number | null)[] | null = null,
): EvidenceSeries {
  return { name, unit, startSeconds: context.input.range.startSeconds, stepSeconds: 3600, mean, peak };
}
