import type { EpochSeconds, TimeRange } from './time.ts';

export const RESTATE_CAUSES = ['pue', 'price', 'contract', 'zone', 'intensity', 'embodied', 'person'] as const;
/** What made figures of the past change. `person`: asked for by hand. */
export type RestateCause = (typeof RESTATE_CAUSES)[number];

/** Totals of the windows that were restated, before or after. */
export interface RestatedTotals {
  readonly co2eGrams: number;
  readonly embodiedCo2eGrams: number;
  readonly totalCost: number;
  readonly joules: number;
}

/** One line of `audit`: what was changed, from what to what, why and when. Never changed or removed afterwards. */
export interface AuditEntry {
  readonly id: string;
  readonly atSeconds: EpochSeconds;
  readonly clusterId: string;
  readonly cause: RestateCause;
  /** For people, with old and new value of the setting: `PUE 1.2 → 1.15`. */
  readonly reason: string;
  readonly range: TimeRange;
  /** Windows that were written anew; those that would not have changed are left alone. */
  readonly windowCount: number;
  readonly before: RestatedTotals;
  readonly after: RestatedTotals;
  readonly calculationVersion: string;
}
