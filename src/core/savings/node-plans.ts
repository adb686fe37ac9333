import type { Finding } from '../../model/recommendations/recommendation.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import { consolidation } from '../consolidation/consolidate.ts';
import type { ConsolidationInput, ConsolidationPlan } from '../consolidation/plan.ts';
import type { AnalysisInput } from '../recommendations/analysis-input.ts';
import { type Followed, followed } from './followed.ts';
import type { NodeDay } from './node-days.ts';
import { podNeeds } from './pod-needs.ts';

/** Which nodes can go as things are, once findings are followed, and while what sleeps at night sleeps. */
export interface NodePlans {
  readonly now: ConsolidationPlan;
  readonly followed: ConsolidationPlan;
  readonly asleep: ConsolidationPlan;
  readonly changes: Followed;
}

/** Yields often; each plan is computed only where it can differ from the one before. */
export function* nodePlans(
  input: AnalysisInput,
  layout: ClusterLayout,
  days: ReadonlyMap<string, NodeDay>,
  findings: readonly Finding[],
): Generator<undefined, NodePlans> {
  const changes = followed(findings, layout.pods);
  const base = planInput(input, layout, days);
  yield;
  const now = yield* consolidation(base);
  const { requestsOf, isStopped, isOff } = changes;
  const after = changes.changesRequests
    ? yield* consolidation({ ...base, requestsOf, isStopped, first: namesOf(now) })
    : now;
  const asleep =
    changes.asleepShare > 0
      ? yield* consolidation({ ...base, requestsOf, isStopped: isOff, first: namesOf(after) })
      : after;
  return { now, followed: after, asleep, changes };
}

export function namesOf(plan: ConsolidationPlan): readonly string[] {
  return plan.going.map(({ node }) => node);
}

/** Worth by what stops; nodes with too few hours are left alone. */
export function planInput(
  input: AnalysisInput,
  layout: ClusterLayout,
  days: ReadonlyMap<string, NodeDay>,
): ConsolidationInput {
  return {
    layout,
    needOf: podNeeds(input),
    isKnown: (node) => (days.get(node)?.usage.observed ?? 0) >= input.thresholds.minHours,
    worthOf: (node) => {
      const day = days.get(node);
      return { co2eGramsPerDay: day?.idleGrams.central ?? 0, costPerDay: day?.cost.central ?? 0 };
    },
  };
}
