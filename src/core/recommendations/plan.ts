import type { NamedValues, Savings } from '../../model/recommendations/recommendation.ts';
import type { WorkloadSpec } from '../../model/scheduling.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { findingId, planId } from './analysis-input.ts';
import { changeOf } from './change/change.ts';
import { mergeEdits, type WorkloadChange } from './change/workload-change.ts';
import type { ContainerEdit, Draft } from './draft.ts';
import { type Gain, Remaining } from './effect.ts';
import { priorityOf, stakeOf, type WeighedFinding } from './priority.ts';
import { requestOf } from './rightsizing.ts';
import type { WorkloadCase } from './workload-case.ts';

const NO_INTERVAL = { central: 0, low: 0, high: 0 };

/**
 * The findings on one workload as one plan: one change for all of them, and savings that are taken one after another
 * from the same hours, so that together they are those of the plan and never more than the workload was charged with.
 */
export function planOf(context: AnalysisContext, workload: WorkloadCase, drafts: readonly Draft[]): WeighedFinding[] {
  const { input } = context;
  const { target, spec } = workload;
  const edits = mergeEdits(drafts.flatMap((draft) => draft.edits));
  const whole: WorkloadChange = { spec, edits, deeds: drafts.flatMap(({ deed }) => (deed === null ? [] : [deed])) };
  const change = changeOf(
    [whole],
    drafts.flatMap((draft) => draft.cautions),
  );
  const remaining = new Remaining(workload.usage, input.prices, workload.days);
  return drafts.map((draft): WeighedFinding => {
    const savings = savingsOf(draft, remaining.take(draft.effect));
    return {
      id: findingId(input, draft.type, target),
      planId: planId(input, target),
      type: draft.type,
      scope: spec.kind === 'Pod' ? 'pod' : 'workload',
      target,
      title: draft.title,
      reason: draft.reason,
      priority: priorityOf({ ...draft, stake: stakeOf(context, savings) }),
      confidence: draft.confidence,
      current: draft.current,
      recommended: asPlanned(draft.recommended, spec, edits),
      savings,
      evidence: draft.evidence,
      change,
      range: input.range,
      weights: { risk: draft.risk, atLeast: draft.atLeast },
    };
  });
}

export function savingsOf(
  draft: Pick<Draft, 'needsNodeToGo' | 'freedCpuMillicores' | 'freedMemoryBytes'>,
  gain: Gain,
): Savings {
  return {
    co2eGramsPerDay: gain.co2eGrams,
    embodiedGramsPerDay: NO_INTERVAL,
    costPerDay: untilNodesGo(gain.money),
    joulesPerDay: gain.joules,
    freedCpuMillicores: draft.freedCpuMillicores,
    freedMemoryBytes: draft.freedMemoryBytes,
    needsNodeToGo: draft.needsNodeToGo,
  };
}

/** The bill is for nodes: nothing until one goes, at most what was attributed to the part that is freed. */
function untilNodesGo(money: number): Savings['costPerDay'] {
  return { low: 0, central: 0, high: money };
}

/** Requests of the pod as they are when the whole plan is done: what its other findings set counts too. */
function asPlanned(recommended: NamedValues, spec: WorkloadSpec, edits: readonly ContainerEdit[]): NamedValues {
  if (spec.containers.length === 0) return recommended;
  const byName = new Map(edits.map((edit) => [edit.container, edit]));
  const total = (resource: 'cpu' | 'memory') =>
    spec.containers.reduce((sum, container) => {
      const edit = byName.get(container.name);
      const set = resource === 'cpu' ? edit?.cpuRequestMillicores : edit?.memoryRequestBytes;
      return sum + (set ?? requestOf(resource)(container) ?? 0);
    }, 0);
  return {
    ...recommended,
    ...('cpu_request' in recommended ? { cpu_request: total('cpu') } : {}),
    ...('memory_request' in recommended ? { memory_request: total('memory') } : {}),
  };
}
