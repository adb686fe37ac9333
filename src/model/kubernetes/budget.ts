import type { EpochSeconds } from '../time.ts';

export const BUDGET_SCOPES = ['cluster', 'namespace', 'team', 'cost-center'] as const;
export type BudgetScope = (typeof BUDGET_SCOPES)[number];
export const BUDGET_UNITS = ['carbon', 'cost'] as const;
/** `carbon` in kg CO2e (operational + embodied), `cost` in the cluster's currency. */
export type BudgetUnit = (typeof BUDGET_UNITS)[number];

/** What a scope may emit or cost in one calendar month (UTC). */
export interface Budget {
  readonly id: string;
  readonly name: string;
  readonly scope: BudgetScope;
  /** Null: all clusters (teams and cost centers only). */
  readonly clusterId: string | null;
  /** Name of the namespace, team or cost center; null for a cluster. */
  readonly key: string | null;
  readonly unit: BudgetUnit;
  readonly limit: number;
  readonly createdAtSeconds: EpochSeconds;
  readonly updatedAtSeconds: EpochSeconds;
}

/** Where a budget stands: used so far, and the forecast to the end of its month with a range. */
export interface BudgetForecast {
  /** `YYYY-MM`. */
  readonly month: string;
  readonly used: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** First day (`YYYY-MM-DD`) on which the limit is (or was) passed; null where it isn't. */
  readonly passedOn: string | null;
  /** Days of the month that have data, of those that have gone by. */
  readonly daysWithData: number;
}

export const ALERT_KINDS = ['50', '80', '100', 'forecast'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Once a budget, month and kind. */
export interface BudgetAlert {
  readonly id: string;
  readonly budgetId: string;
  readonly month: string;
  readonly kind: AlertKind;
  readonly atSeconds: EpochSeconds;
  readonly used: number;
  readonly expected: number;
  readonly limit: number;
  readonly seenAtSeconds: EpochSeconds | null;
}
