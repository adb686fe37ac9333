import type { Evidence } from '../../model/recommendations/evidence.ts';
import type {
  Confidence,
  NamedValues,
  Priority,
  RecommendationType,
} from '../../model/recommendations/recommendation.ts';
import type { Effect } from './effect.ts';

/** New values of a container; left out: as it is. */
export interface ContainerEdit {
  readonly container: string;
  readonly cpuRequestMillicores?: number;
  readonly cpuLimitMillicores?: number;
  readonly memoryRequestBytes?: number;
  readonly memoryLimitBytes?: number;
}

/** What is to be done besides the values of containers. */
export type Deed =
  | { readonly kind: 'scaleToZero' }
  | { readonly kind: 'delete' }
  /** Off between two local hours, on the days that are named. */
  | { readonly kind: 'sleep'; readonly periods: readonly SleepPeriod[]; readonly timeZone: string }
  | { readonly kind: 'autoscale'; readonly min: number; readonly max: number; readonly cpuShare: number }
  | { readonly kind: 'reschedule'; readonly schedule: string };

/** `[fromHour, toHour)` on the clock; all day: 0 to 24; over midnight: the first is the later one. */
export interface SleepPeriod {
  readonly days: 'weekdays' | 'weekend';
  readonly fromHour: number;
  readonly toHour: number;
}

export type Risk = 'low' | 'medium' | 'high';

/** A finding of one rule, before it is put into the plan of its workload. */
export interface Draft {
  readonly type: RecommendationType;
  readonly title: string;
  readonly reason: string;
  readonly confidence: Confidence;
  readonly risk: Risk;
  /** Never ranked lower than this, however small the saving: something may break. */
  readonly atLeast: Priority;
  readonly current: NamedValues;
  readonly recommended: NamedValues;
  readonly evidence: Evidence;
  readonly effect: Effect;
  /** True where money and carbon come only once a node goes. */
  readonly needsNodeToGo: boolean;
  /** Reserved capacity that becomes free; negative where more is reserved. */
  readonly freedCpuMillicores: number;
  readonly freedMemoryBytes: number;
  readonly edits: readonly ContainerEdit[];
  readonly deed: Deed | null;
  readonly cautions: readonly string[];
}
