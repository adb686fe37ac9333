import type { UnitPrices } from '../../model/coefficients.ts';
import type { RecommendationType, Target } from '../../model/recommendations/recommendation.ts';
import type { Thresholds } from '../../model/recommendations/thresholds.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import type { HourValue } from '../carbon/clean-hours.ts';
import type { UsageHours } from '../ports/usage-hours.ts';

/** All that an analysis of one cluster looks at. Values in, findings out: no clock, no store. */
export interface AnalysisInput {
  readonly clusterId: string;
  /** The look-back, whole hours. Hour index 0 of the usage starts at its start. */
  readonly range: TimeRange;
  readonly nowSeconds: EpochSeconds;
  readonly thresholds: Thresholds;
  /** By workload, over the range. */
  readonly workloads: UsageHours;
  /** By node, over the range; the intensity of the grid in each hour comes from it. */
  readonly nodes: UsageHours;
  /** What runs where now. Null while it isn't known: then nothing is said of workloads, as HPA, OOM and QoS would be guessed. */
  readonly layout: ClusterLayout | null;
  /** Hours to come of the grid that all nodes are on, by a publisher; left out where there are none or several grids. */
  readonly forecast?: GridForecast;
  /** Splits the cost of a workload into CPU and memory; the sum is the one that was stored. */
  readonly prices: UnitPrices;
  /** UUIDv5 of the parts (core has none): the same id for the same parts each time. */
  readonly idOf: (parts: readonly string[]) => string;
  /** Told what is left out on purpose, and why; for notices and tests. */
  readonly onLeftOut?: (left: LeftOut) => void;
}

export interface GridForecast {
  readonly hours: readonly HourValue[];
  /** Its mean absolute error as a share; null: not known. */
  readonly errorShare: number | null;
}

/** Something that would be recommended, were it not for the reason. */
export interface LeftOut {
  readonly type: RecommendationType;
  readonly target: Target;
  /** In words. */
  readonly reason: string;
}

/** Hours of the range. */
export function hoursIn(range: TimeRange): number {
  return Math.max(0, Math.round((range.endSeconds - range.startSeconds) / 3600));
}

/** Id of a finding: the same for the same type and target. */
export function findingId(input: AnalysisInput, type: RecommendationType, target: Target): string {
  return input.idOf([input.clusterId, type, ...targetParts(target)]);
}

/** Id of the plan that all findings on a target share. */
export function planId(input: AnalysisInput, target: Target): string {
  return input.idOf([input.clusterId, 'plan', ...targetParts(target)]);
}

function targetParts(target: Target): string[] {
  return [target.namespace ?? '', target.ownerKind ?? '', target.ownerName ?? '', target.node ?? ''];
}
