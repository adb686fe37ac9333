import type * as z from 'zod';
import type {
  Evidence,
  Range,
  RecommendationItem,
  JointSavings as WireJoint,
} from '../../../contract/schemas/recommendations.ts';
import type { JointSavings } from '../../../core/savings/joint.ts';
import type { Interval } from '../../../model/bounds.ts';
import type { Recommendation, Savings, Target, Verification } from '../../../model/recommendations/recommendation.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { toIso, toPeriod } from '../../ranges/instants.ts';

/** A recommendation as lists carry it. `clusterName` names those that are about a whole cluster. */
export function itemOf(item: Recommendation, clusterName: string | null): RecommendationItem {
  const { target, verification } = item;
  return {
    id: item.id,
    plan_id: item.planId,
    cluster: target.clusterId,
    type: item.type,
    scope: item.scope,
    severity: item.priority,
    confidence: item.confidence,
    resource: resourceOf(target, clusterName),
    namespace: target.namespace,
    title: item.title,
    details: item.reason,
    current: { ...item.current },
    recommended: { ...item.recommended },
    estimated_savings: savingsOf(item.savings),
    status: item.status,
    found_at: toIso(item.foundAtSeconds),
    updated_at: toIso(item.updatedAtSeconds),
    ignore_reason: item.ignoreReason,
    ignored_until: instantOf(item.ignoredUntilSeconds),
    applied_at: instantOf(item.appliedAtSeconds),
    applied_by: item.appliedBy,
    actual: item.actual === null ? null : { ...item.actual },
    verification: verification === null ? null : verificationOf(verification),
    period: toPeriod(item.range),
  };
}

export function jointOf(joint: JointSavings): z.infer<typeof WireJoint> {
  return {
    co2e_grams_per_day: rangeOf(joint.co2eGramsPerDay),
    embodied_co2e_grams_per_day: rangeOf(joint.embodiedGramsPerDay),
    cost_per_day: rangeOf(joint.costPerDay),
    nodes_that_can_go: joint.nodesThatCanGo,
  };
}

export function evidenceOf({ evidence }: Recommendation): z.infer<typeof Evidence> {
  return {
    series: evidence.series.map(({ name, unit, startSeconds, stepSeconds, mean, peak }) => ({
      name,
      unit,
      start: toIso(startSeconds),
      step_seconds: stepSeconds,
      mean: [...mean],
      peak: peak === null ? null : [...peak],
    })),
    lines: evidence.lines.map((line) => ({ ...line })),
    figures: { ...evidence.figures },
    hours_observed: evidence.hoursObserved,
    hours_possible: evidence.hoursPossible,
  };
}

export function rangeOf({ low, central, high }: Interval): Range {
  return { low, expected: central, high };
}

function savingsOf(savings: Savings): RecommendationItem['estimated_savings'] {
  return {
    cost_per_day: savings.costPerDay.central,
    co2e_grams_per_day: savings.co2eGramsPerDay.central,
    cost_per_day_range: rangeOf(savings.costPerDay),
    co2e_grams_per_day_range: rangeOf(savings.co2eGramsPerDay),
    embodied_co2e_grams_per_day_range: rangeOf(savings.embodiedGramsPerDay),
    energy_joules_per_day: savings.joulesPerDay,
    freed_cpu_millicores: savings.freedCpuMillicores,
    freed_memory_bytes: savings.freedMemoryBytes,
    needs_node_to_go: savings.needsNodeToGo,
  };
}

function verificationOf(verification: Verification): RecommendationItem['verification'] {
  return {
    before: toPeriod(verification.before),
    after: toPeriod(verification.after),
    co2e_saved_grams_per_day: rangeOf(verification.co2eSavedGramsPerDay),
    cost_saved_per_day: rangeOf(verification.costSavedPerDay),
    measured_at: toIso(verification.measuredAtSeconds),
    outcome: verification.outcome,
    note: verification.note,
  };
}

function resourceOf({ clusterId, namespace, ownerKind, ownerName, node }: Target, clusterName: string | null): string {
  if (ownerKind !== null && ownerName !== null) return `${ownerKind}/${ownerName}`;
  return namespace ?? node ?? clusterName ?? clusterId;
}

function instantOf(seconds: EpochSeconds | null): string | null {
  return seconds === null ? null : toIso(seconds);
}
