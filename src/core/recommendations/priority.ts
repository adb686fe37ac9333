import {
  type Confidence,
  type Finding,
  PRIORITIES,
  type Priority,
  type Savings,
} from '../../model/recommendations/recommendation.ts';
import { type ClusterSize, clusterSize } from './analysis-context.ts';
import type { AnalysisInput } from './analysis-input.ts';
import type { Risk } from './draft.ts';

export interface Weights {
  /** What is at stake: the largest of its shares of the cluster's carbon, money and reserved capacity; 0 to 1. */
  readonly stake: number;
  readonly confidence: Confidence;
  readonly risk: Risk;
  /** Never lower than this. */
  readonly atLeast: Priority;
}

/**
 * A finding that still carries what its priority is weighed by. The weights stay on it while savings are credited, and go
 * with `withPriority`.
 */
export interface WeighedFinding extends Finding {
  readonly weights?: Pick<Weights, 'risk' | 'atLeast'>;
}

const STEPS = [0.05, 0.01, 0.002];

/**
 * The one place where urgency is decided. Value: at least 5 % of the cluster 3 points, 1 % 2, 0.2 % 1, less none. Low
 * confidence and high risk take a point each. 3 is critical, 2 high, 1 medium, the rest low.
 */
export function priorityOf({ stake, confidence, risk, atLeast }: Weights): Priority {
  const value = STEPS.filter((step) => stake >= step).length;
  const points = value - (confidence === 'low' ? 1 : 0) - (risk === 'high' ? 1 : 0);
  const place = Math.min(PRIORITIES.length - 1, PRIORITIES.length - 1 - Math.max(0, points));
  return PRIORITIES[Math.min(place, PRIORITIES.indexOf(atLeast))] ?? 'low';
}

/** The largest of the shares of the cluster that are at stake. */
export function stakeOf(cluster: ClusterSize, savings: Savings): number {
  return Math.max(
    shareOf(savings.co2eGramsPerDay.high, cluster.co2eGramsPerDay),
    shareOf(savings.costPerDay.high, cluster.costPerDay),
    shareOf(savings.freedCpuMillicores, cluster.allocatableCpuMillicores),
    shareOf(savings.freedMemoryBytes, cluster.allocatableMemoryBytes),
  );
}

/** The last step of an analysis: priorities by what is promised once savings are credited. Findings without weights keep theirs. */
export function withPriority(findings: readonly WeighedFinding[], input: AnalysisInput): Finding[] {
  const cluster = input.layout === null ? null : clusterSize(input, input.layout);
  return findings.map(({ weights, ...finding }) => {
    if (weights === undefined || cluster === null) return finding;
    const stake = stakeOf(cluster, finding.savings);
    return { ...finding, priority: priorityOf({ ...weights, confidence: finding.confidence, stake }) };
  });
}

function shareOf(part: number, whole: number): number {
  return whole > 0 && part > 0 ? part / whole : 0;
}
