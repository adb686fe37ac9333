import type { EvidenceSeries } from '../../model/recommendations/evidence.ts';
import type { Target } from '../../model/recommendations/recommendation.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import type { UsageColumn } from '../ports/usage-hours.ts';
import { type AnalysisInput, hoursIn } from './analysis-input.ts';
import { HourlyUsage, linesByKey } from './usage-lines.ts';
import { type IntensityIn, intensityIn } from './zone-intensity.ts';

/** A day of the whole cluster, and the room that it has. */
export interface ClusterSize {
  readonly co2eGramsPerDay: number;
  readonly costPerDay: number;
  readonly allocatableCpuMillicores: number;
  readonly allocatableMemoryBytes: number;
}

/** Figures of the whole cluster that rules compare with. Built once an analysis. */
export interface AnalysisContext extends ClusterSize {
  readonly input: AnalysisInput;
  readonly hours: number;
  /** True for the hours in which anything of the cluster was seen. */
  readonly clusterHours: readonly boolean[];
  /** Of the nodes of a zone; without one, of all. */
  readonly intensityIn: IntensityIn;
  /** False where no workload has traffic: then it wasn't measured. */
  readonly knowsNetwork: boolean;
  /** False where horizontal autoscalers couldn't be read. */
  readonly knowsAutoscalers: boolean;
}

export function analysisContext(input: AnalysisInput, layout: ClusterLayout): AnalysisContext {
  const hours = hoursIn(input.range);
  const seen = hoursSeen(input);
  const traffic = (name: UsageColumn) => input.workloads.columns[name].some((value) => value > 0);
  return {
    ...clusterSize(input, layout),
    input,
    hours,
    clusterHours: Array.from({ length: hours }, (_, hour) => seen.has(hour)),
    intensityIn: intensityIn(input, layout),
    knowsNetwork: traffic('networkReceiveBytes') || traffic('networkTransmitBytes'),
    knowsAutoscalers: !layout.missing.some((part) => part.toLowerCase().includes('horizontalpodautoscaler')),
  };
}

export function clusterSize(input: AnalysisInput, layout: ClusterLayout): ClusterSize {
  const all = new HourlyUsage(input.nodes, linesByKey(input.nodes), hoursIn(input.range));
  const days = hoursSeen(input).size / 24;
  return {
    co2eGramsPerDay: days > 0 ? all.sum('co2eGrams') / days : 0,
    costPerDay: days > 0 ? all.sum('totalCost') / days : 0,
    allocatableCpuMillicores: layout.nodes.reduce((sum, node) => sum + node.cpuAllocatableMillicores, 0),
    allocatableMemoryBytes: layout.nodes.reduce((sum, node) => sum + node.memoryAllocatableBytes, 0),
  };
}

function hoursSeen({ nodes, workloads }: AnalysisInput): ReadonlySet<number> {
  const seen = new Set<number>();
  for (const { hourIndex } of [nodes, workloads]) for (const hour of hourIndex) seen.add(hour);
  return seen;
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
