import type { AnalysisInput } from '../../core/recommendations/analysis-input.ts';
import type { ClusterDay } from '../../core/savings/joint.ts';
import type { Finding } from '../../model/recommendations/recommendation.ts';

/** What an analysis looks at: plain values, so that it can go to another thread. */
export interface AnalysisJob extends Omit<AnalysisInput, 'idOf' | 'onLeftOut'> {
  /** Findings that are not open any more, as they are ignored or applied: they count in no sum. */
  readonly settledIds: readonly string[];
}

export interface AnalysisOutcome {
  readonly findings: readonly Finding[];
  /** What the cluster emits and costs a day: no list promises more. */
  readonly clusterDay: ClusterDay;
  /** Hours with data of the cluster in the look-back. */
  readonly hoursObserved: number;
  /** `namespace/kind/name` of workloads with fewer hours than a verdict needs. */
  readonly thinTargets: readonly string[];
  /** How many were left out on purpose, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Runs one analysis. The job is given away: its arrays may be gone afterwards. */
export type Analyse = (job: AnalysisJob, signal: AbortSignal) => Promise<AnalysisOutcome>;
