import type { EvidenceSeries } from '../../../model/recommendations/evidence.ts';
import type { Confidence, Finding, Savings, Target } from '../../../model/recommendations/recommendation.ts';
import { type AnalysisInput, findingId, hoursIn, planId } from '../../recommendations/analysis-input.ts';
import { confidenceOf } from '../../recommendations/confidence.ts';
import { priorityOf } from '../../recommendations/priority.ts';
import type { HourlyUsage } from '../../recommendations/usage-lines.ts';
import type { ClusterDay } from '../../savings/joint.ts';
import { MILLICORES_PER_CORE, SECONDS_PER_HOUR } from '../../units.ts';

/** What a node finding says of itself; the rest follows. */
export type NodeDraft = Omit<Finding, 'id' | 'planId' | 'priority' | 'range' | 'target'> & {
  readonly node: string | null;
  readonly risk: 'low' | 'medium' | 'high';
};

export function findingOf(input: AnalysisInput, cluster: ClusterDay, draft: NodeDraft): Finding {
  const { node, risk, ...rest } = draft;
  const target: Target = { clusterId: input.clusterId, namespace: null, ownerKind: null, ownerName: null, node };
  const stake = Math.max(
    shareOf(rest.savings.co2eGramsPerDay.central, cluster.co2eGrams.central),
    shareOf(rest.savings.costPerDay.central, cluster.cost.central),
  );
  return {
    ...rest,
    id: findingId(input, rest.type, target),
    planId: planId(input, target),
    target,
    priority: priorityOf({ stake, confidence: rest.confidence, risk, atLeast: 'low' }),
    range: input.range,
  };
}

/** `doubts`: parts of the cluster that couldn't be read and might forbid it. */
export function confidenceIn(input: AnalysisInput, hoursObserved: number, doubts: number): Confidence {
  return confidenceOf({ hoursObserved, hoursPossible: hoursIn(input.range), hasPeaks: true, isStable: true, doubts });
}

/** Cores in use and reserved of a node over the look-back. */
export function coresOf(input: AnalysisInput, node: string, usage: HourlyUsage): EvidenceSeries[] {
  const perCore = 1 / SECONDS_PER_HOUR / MILLICORES_PER_CORE;
  const series = (name: string, mean: readonly (number | null)[]): EvidenceSeries => ({
    name: `${node}: ${name}`,
    unit: 'cores',
    startSeconds: input.range.startSeconds,
    stepSeconds: SECONDS_PER_HOUR,
    mean,
    peak: null,
  });
  return [
    series('used', usage.series('cpuUsageMillicoreSeconds', perCore)),
    series('requested', usage.series('cpuRequestMillicoreSeconds', perCore)),
  ];
}

export const NO_SAVINGS: Savings = {
  co2eGramsPerDay: { low: 0, central: 0, high: 0 },
  embodiedGramsPerDay: { low: 0, central: 0, high: 0 },
  costPerDay: { low: 0, central: 0, high: 0 },
  joulesPerDay: 0,
  freedCpuMillicores: 0,
  freedMemoryBytes: 0,
  needsNodeToGo: false,
};

function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
