import type { Interval } from '../bounds.ts';
import type { EpochSeconds, TimeRange } from '../time.ts';
import type { Change } from './change.ts';
import type { Evidence } from './evidence.ts';

export const RECOMMENDATION_TYPES = [
  'ZOMBIE_POD',
  'RIGHTSIZING_CPU',
  'RIGHTSIZING_MEMORY',
  'AUTOSCALING_CANDIDATE',
  'OFF_PEAK_SCALING',
  'IDLE_NAMESPACE',
  'CARBON_AWARE_SCHEDULING',
  'OVERPROVISIONED_NODE',
  'UNDERUTILIZED_NODE',
  'CONSOLIDATE_NODES',
  'MISSING_REQUESTS',
] as const;
export type RecommendationType = (typeof RECOMMENDATION_TYPES)[number];

export const RECOMMENDATION_SCOPES = ['pod', 'workload', 'namespace', 'node', 'cluster'] as const;
export type RecommendationScope = (typeof RECOMMENDATION_SCOPES)[number];

export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/**
 * active: found and open; ignored: the person said no, for ever or until a day; applied: the change was seen or said;
 * verified: measured afterwards, within or above the promise; regressed: measured, and saved less than promised or was
 * undone; stale: the reason for it is gone, though nobody applied it.
 */
export const RECOMMENDATION_STATUSES = ['active', 'ignored', 'applied', 'verified', 'regressed', 'stale'] as const;
export type RecommendationStatus = (typeof RECOMMENDATION_STATUSES)[number];

/** What the recommendation is about. Cluster scope: everything but `clusterId` null. */
export interface Target {
  readonly clusterId: string;
  readonly namespace: string | null;
  /** Workload: kind and name. Pod: `Pod` and its name. */
  readonly ownerKind: string | null;
  readonly ownerName: string | null;
  readonly node: string | null;
}

/**
 * What a day less would be, when the recommendation is followed alone. Carbon only for what stops: nodes that can go
 * (idle power; embodied apart) and the dynamic energy of what is switched off (METHODOLOGY §1.15). A range starts at 0
 * where the saving needs a node to go first.
 */
export interface Savings {
  /** gCO2e a day, operational. */
  readonly co2eGramsPerDay: Interval;
  /** gCO2e a day of manufacture; avoided only where the hardware is used by others. Not in `co2eGramsPerDay`. */
  readonly embodiedGramsPerDay: Interval;
  /** Money a day in the currency of the cluster. */
  readonly costPerDay: Interval;
  /** J a day, IT energy. */
  readonly joulesPerDay: number;
  /** Reserved capacity that becomes free: certain even where no node goes. */
  readonly freedCpuMillicores: number;
  readonly freedMemoryBytes: number;
  /** True where the saving comes only when a node goes. */
  readonly needsNodeToGo: boolean;
}

/** Values by name with units, as they stand in `current` and `recommended`: for example `cpu_request` in millicores. */
export type NamedValues = Readonly<Record<string, number | string | null>>;

/** One finding. All findings on one workload share `planId`, and their changes are merged into one patch. */
export interface Finding {
  /** Stable: UUIDv5 of (cluster id, type, target). */
  readonly id: string;
  readonly planId: string;
  readonly type: RecommendationType;
  readonly scope: RecommendationScope;
  readonly target: Target;
  /** What to do, for example `Lower CPU request 1.50 → 0.60`. */
  readonly title: string;
  /** Why, in one or two sentences with the figures. */
  readonly reason: string;
  readonly priority: Priority;
  readonly confidence: Confidence;
  readonly current: NamedValues;
  readonly recommended: NamedValues;
  readonly savings: Savings;
  readonly evidence: Evidence;
  /** Null where nothing can be written down as a change, for example a cluster-wide plan. */
  readonly change: Change | null;
  /** The time that was looked at. */
  readonly range: TimeRange;
}

/** A finding with its life. */
export interface Recommendation extends Finding {
  readonly status: RecommendationStatus;
  readonly foundAtSeconds: EpochSeconds;
  /** Last change of status or values. */
  readonly updatedAtSeconds: EpochSeconds;
  /** The analysis that last found it. */
  readonly lastSeenAtSeconds: EpochSeconds;
  /** Why it is ignored, in the person's words. */
  readonly ignoreReason: string | null;
  /** Null with status ignored: for ever. */
  readonly ignoredUntilSeconds: EpochSeconds | null;
  readonly appliedAtSeconds: EpochSeconds | null;
  /** `watched`: seen in the spec of the workload; `person`: said by hand. */
  readonly appliedBy: 'watched' | 'person' | null;
  /** What was set in truth. */
  readonly actual: NamedValues | null;
  readonly verification: Verification | null;
}

/** Measured before and after, over the same weekdays; differences use what does not cancel. Positive: less than before. */
export interface Verification {
  readonly before: TimeRange;
  readonly after: TimeRange;
  readonly co2eSavedGramsPerDay: Interval;
  readonly costSavedPerDay: Interval;
  readonly measuredAtSeconds: EpochSeconds;
  /** `below` the promised range, `within` it, `above`; `waiting` until enough days are there. */
  readonly outcome: 'waiting' | 'below' | 'within' | 'above';
  /** In words: what was compared, and what changed otherwise (load, grid). */
  readonly note: string;
}

/** One line of the history of a recommendation. */
export interface StatusChange {
  readonly recommendationId: string;
  readonly clusterId: string;
  readonly atSeconds: EpochSeconds;
  readonly status: RecommendationStatus;
  readonly reason: string | null;
  readonly actual: NamedValues | null;
}

/** A day (UTC) of an applied recommendation: what it promised and what was measured. Never deleted with it. */
export interface SavingsDay {
  readonly recommendationId: string;
  readonly clusterId: string;
  readonly dayStartSeconds: EpochSeconds;
  readonly durationSeconds: number;
  readonly namespace: string | null;
  readonly type: RecommendationType;
  readonly promisedCo2eGrams: number;
  readonly promisedCost: number;
  /** Null until it is measured. */
  readonly measuredCo2eGrams: number | null;
  readonly measuredCost: number | null;
}
