import type { ClusterLayout } from '../../model/scheduling.ts';
import type { ClusterFacts, WorkloadFacts } from './facts.ts';

/** When a workload counts as idle or as varying; of the thresholds of recommendations. */
export interface ScoreThresholds {
  readonly idlePodWatts: number;
  readonly autoscalingVariation: number;
  readonly autoscalingMinHours: number;
  readonly minHours: number;
}

/** What one score is about: a cluster, or one of its namespaces. */
export interface ScoreScope {
  /** Null: the whole cluster. */
  readonly namespace: string | null;
  /** Those of the namespace, or all. */
  readonly workloads: readonly WorkloadFacts[];
  readonly cluster: ClusterFacts;
  /** Null where nothing is known of the cluster's objects. */
  readonly layout: ClusterLayout | null;
  readonly thresholds: ScoreThresholds;
}

/** What a dimension makes of a scope. */
export interface Outcome {
  /** 0 to 100; null without data. */
  readonly score: number | null;
  readonly figures: Readonly<Record<string, number | null>>;
  /** What the score comes from, or why there is none. */
  readonly note: string;
  /** What to do to raise it. */
  readonly how: string;
}

/** An outcome without a score, and why. */
export function noData(note: string, figures: Outcome['figures'] = {}): Outcome {
  return { score: null, figures, note, how: '' };
}
