import type { Interval } from '../../../model/bounds.ts';
import type { Change } from '../../../model/recommendations/change.ts';
import type { Evidence } from '../../../model/recommendations/evidence.ts';
import type {
  Confidence,
  NamedValues,
  Priority,
  Recommendation,
  RecommendationScope,
  RecommendationStatus,
  RecommendationType,
  Target,
  Verification,
} from '../../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../../model/time.ts';

/** A recommendation as a line of `recommendations`: a field a column. */
export interface RecommendationLine {
  readonly id: string;
  readonly clusterId: string;
  readonly planId: string;
  readonly foundAtSeconds: EpochSeconds;
  readonly type: RecommendationType;
  readonly scope: RecommendationScope;
  readonly namespace: string | null;
  readonly podName: string | null;
  readonly ownerKind: string | null;
  readonly ownerName: string | null;
  readonly node: string | null;
  readonly target: string;
  readonly description: string;
  readonly reason: string;
  readonly priority: Priority;
  readonly confidence: Confidence;
  readonly currentValues: NamedValues;
  readonly recommendedValues: NamedValues;
  readonly potentialSavingsCo2eGrams: number;
  readonly potentialSavingsCo2eLowGrams: number;
  readonly potentialSavingsCo2eHighGrams: number;
  readonly potentialSavingsEmbodiedGrams: number;
  readonly potentialSavingsEmbodiedLowGrams: number;
  readonly potentialSavingsEmbodiedHighGrams: number;
  readonly potentialSavingsCost: number;
  readonly potentialSavingsCostLow: number;
  readonly potentialSavingsCostHigh: number;
  readonly potentialSavingsJoules: number;
  readonly freedCpuMillicores: number;
  readonly freedMemoryBytes: number;
  readonly needsNodeToGo: boolean;
  readonly evidence: Evidence;
  readonly change: Change | null;
  readonly rangeStartSeconds: EpochSeconds;
  readonly rangeEndSeconds: EpochSeconds;
  readonly status: RecommendationStatus;
  readonly updatedAtSeconds: EpochSeconds;
  readonly lastSeenAtSeconds: EpochSeconds;
  readonly ignoreReason: string | null;
  readonly ignoredUntilSeconds: EpochSeconds | null;
  readonly appliedAtSeconds: EpochSeconds | null;
  readonly appliedBy: Recommendation['appliedBy'];
  readonly actualValues: NamedValues | null;
  readonly verification: Verification | null;
}

export function lineOfRecommendation(recommendation: Recommendation): RecommendationLine {
  const { target, title, current, recommended, savings, range, actual, ...same } = recommendation;
  const { co2eGramsPerDay, embodiedGramsPerDay, costPerDay } = savings;
  return {
    ...same,
    clusterId: target.clusterId,
    namespace: target.namespace,
    podName: target.ownerKind === 'Pod' ? target.ownerName : null,
    ownerKind: target.ownerKind,
    ownerName: target.ownerName,
    node: target.node,
    target: nameOf(target),
    description: title,
    currentValues: current,
    recommendedValues: recommended,
    potentialSavingsCo2eGrams: co2eGramsPerDay.central,
    potentialSavingsCo2eLowGrams: co2eGramsPerDay.low,
    potentialSavingsCo2eHighGrams: co2eGramsPerDay.high,
    potentialSavingsEmbodiedGrams: embodiedGramsPerDay.central,
    potentialSavingsEmbodiedLowGrams: embodiedGramsPerDay.low,
    potentialSavingsEmbodiedHighGrams: embodiedGramsPerDay.high,
    potentialSavingsCost: costPerDay.central,
    potentialSavingsCostLow: costPerDay.low,
    potentialSavingsCostHigh: costPerDay.high,
    potentialSavingsJoules: savings.joulesPerDay,
    freedCpuMillicores: savings.freedCpuMillicores,
    freedMemoryBytes: savings.freedMemoryBytes,
    needsNodeToGo: savings.needsNodeToGo,
    rangeStartSeconds: range.startSeconds,
    rangeEndSeconds: range.endSeconds,
    actualValues: actual,
  };
}

export function recommendationOf(line: RecommendationLine): Recommendation {
  const { clusterId, namespace, ownerKind, ownerName, node } = line;
  return {
    id: line.id,
    planId: line.planId,
    type: line.type,
    scope: line.scope,
    target: { clusterId, namespace, ownerKind, ownerName, node },
    title: line.description,
    reason: line.reason,
    priority: line.priority,
    confidence: line.confidence,
    current: line.currentValues,
    recommended: line.recommendedValues,
    savings: {
      co2eGramsPerDay: interval(
        line.potentialSavingsCo2eGrams,
        line.potentialSavingsCo2eLowGrams,
        line.potentialSavingsCo2eHighGrams,
      ),
      embodiedGramsPerDay: interval(
        line.potentialSavingsEmbodiedGrams,
        line.potentialSavingsEmbodiedLowGrams,
        line.potentialSavingsEmbodiedHighGrams,
      ),
      costPerDay: interval(line.potentialSavingsCost, line.potentialSavingsCostLow, line.potentialSavingsCostHigh),
      joulesPerDay: line.potentialSavingsJoules,
      freedCpuMillicores: line.freedCpuMillicores,
      freedMemoryBytes: line.freedMemoryBytes,
      needsNodeToGo: line.needsNodeToGo,
    },
    evidence: line.evidence,
    change: line.change,
    range: { startSeconds: line.rangeStartSeconds, endSeconds: line.rangeEndSeconds },
    status: line.status,
    foundAtSeconds: line.foundAtSeconds,
    updatedAtSeconds: line.updatedAtSeconds,
    lastSeenAtSeconds: line.lastSeenAtSeconds,
    ignoreReason: line.ignoreReason,
    ignoredUntilSeconds: line.ignoredUntilSeconds,
    appliedAtSeconds: line.appliedAtSeconds,
    appliedBy: line.appliedBy,
    actual: line.actualValues,
    verification: line.verification,
  };
}

function interval(central: number, low: number, high: number): Interval {
  return { central, low, high };
}

/** `Deployment/cart`, `Node/n1`, `Namespace/shop`, or `Cluster`. */
function nameOf({ namespace, ownerKind, ownerName, node }: Target): string {
  if (ownerKind !== null && ownerName !== null) return `${ownerKind}/${ownerName}`;
  if (node !== null) return `Node/${node}`;
  return namespace === null ? 'Cluster' : `Namespace/${namespace}`;
}
