import type { EpochSeconds } from './time.ts';

export const FACTOR_TYPES = ['lifecycle', 'direct'] as const;
/** `lifecycle` counts fuel supply and building of plants too; `direct` is what leaves the chimney. Never mixed. */
export type FactorType = (typeof FACTOR_TYPES)[number];

/** One value of `carbon_intensity`: what a grid zone emitted (or will emit) per kWh in some stretch of time. */
export interface IntensityRecord {
  /** Electricity Maps zone key. */
  readonly zone: string;
  readonly startSeconds: EpochSeconds;
  readonly durationSeconds: number;
  readonly gramsPerKwh: number;
  /** Marginal values are for scheduling only; no footprint is ever computed with one. */
  readonly kind: 'average' | 'marginal';
  readonly factorType: FactorType;
  /** True where the publisher itself says that it is an estimate. */
  readonly isEstimated: boolean;
  readonly isForecast: boolean;
  /** Who published it, for example `electricity-maps`. */
  readonly source: string;
}
