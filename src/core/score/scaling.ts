import type { Autoscaler } from '../../model/scheduling.ts';
import type { WorkloadFacts } from './facts.ts';
import { pointsOn, type Scale } from './scale.ts';
import { noData, type Outcome, type ScoreScope, type ScoreThresholds } from './scope.ts';

/** Share of the varying workloads' energy that follows its load. */
const SCALED_SCALE: Scale = { none: 0, full: 1 };

/** Correlation of pods with CPU use from which replicas follow the load, whoever changes them. */
const LEAST_CORRELATION = 0.5;
const SCALABLE_KINDS = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

/**
 * Of the workloads whose load varies, the share (by energy) whose number of pods follows it: by a horizontal
 * autoscaler, or seen in the number of pods itself.
 */
export function rateScaling({ workloads, layout, thresholds }: ScoreScope): Outcome {
  if (layout === null) return noData('Autoscalers of this cluster are not known.');
  if (layout.missing.some((part) => part.startsWith('horizontalpodautoscalers')))
    return noData('Autoscalers of this cluster could not be read.');
  const varying = workloads.filter((each) => isVarying(each, thresholds));
  const targets = new Set(layout.autoscalers.filter(({ kind }) => kind === 'horizontal').map(targetKey));
  const scaled = varying.filter((each) => targets.has(ownKey(each)) || (each.podsFollowCpu ?? 0) >= LEAST_CORRELATION);
  const figures = { varying_workloads: varying.length, scaled_workloads: scaled.length };
  const joules = varying.reduce((sum, each) => sum + each.joules, 0);
  if (joules <= 0) return noData('No workload varies so much that its pods should follow.', figures);
  const share = scaled.reduce((sum, each) => sum + each.joules, 0) / joules;
  return {
    score: pointsOn(SCALED_SCALE, share),
    figures: { ...figures, scaled_energy_share: share },
    note: `The pods of ${scaled.length} of ${varying.length} workloads with varying load follow it.`,
    how: 'Give the workloads whose load varies a HorizontalPodAutoscaler.',
  };
}

function isVarying(each: WorkloadFacts, thresholds: ScoreThresholds): boolean {
  const { ownerKind, ownerName } = each.key;
  if (ownerKind === null || ownerName === null || !SCALABLE_KINDS.has(ownerKind)) return false;
  return each.hours >= thresholds.autoscalingMinHours && (each.cpuVariation ?? 0) >= thresholds.autoscalingVariation;
}

function targetKey({ namespace, targetKind, targetName }: Autoscaler): string {
  return `${namespace}/${targetKind}/${targetName}`;
}

function ownKey({ key }: WorkloadFacts): string {
  return `${key.namespace}/${key.ownerKind}/${key.ownerName}`;
}
