import * as z from 'zod';
import { Instant, Name, Period } from './primitives.ts';

export const BudgetScope = z.enum(['cluster', 'namespace', 'team', 'cost-center']);
export type BudgetScope = z.infer<typeof BudgetScope>;
export const BudgetUnit = z.enum(['carbon', 'cost']);
export type BudgetUnit = z.infer<typeof BudgetUnit>;

export const Month = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'month takes a year and a month, for example 2026-03')
  .describe('Calendar month, UTC');
const Limit = z.number().positive().max(1e15).describe('kg CO2e (operational and embodied), or money');
const Title = z.string().trim().min(1).max(100);

/** Where a budget stands in a month. `low` and `high`: the range that holds the month's end about 9 times of 10. */
export const BudgetStanding = z.object({
  month: Month,
  used: z.number().nonnegative(),
  expected: z.number().nonnegative(),
  low: z.number().nonnegative(),
  high: z.number().nonnegative(),
  /** First day on which the limit is, or was, reached. */
  passed_on: z.string().nullable(),
  /** Days of the month with data, of those that have begun. */
  days_with_data: z.int().nonnegative(),
  days_gone: z.int().nonnegative(),
  days_in_month: z.int(),
  /** Days that the forecast is taken from; with less than 7 it alarms nobody. */
  history_days: z.int().nonnegative(),
});
export type BudgetStanding = z.infer<typeof BudgetStanding>;

export const BudgetItem = z.object({
  id: z.string(),
  name: z.string(),
  scope: BudgetScope,
  cluster: z.string().nullable(),
  key: z.string().nullable(),
  unit: BudgetUnit,
  limit: z.number(),
  /** Of a budget of money. */
  currency: z.string().nullable(),
  /** Null where it can't be told; `problem` says why. */
  standing: BudgetStanding.nullable(),
  problem: z.string().nullable(),
  created_at: Instant,
  updated_at: Instant,
});
export type BudgetItem = z.infer<typeof BudgetItem>;

export const BudgetsInput = z.object({ month: Month.optional(), cluster: Name.optional() });
export const Budgets = z.object({ month: Month, budgets: z.array(BudgetItem) });

export const BudgetInput = z.object({
  name: Title,
  scope: BudgetScope,
  cluster: Name.nullable().default(null).describe('All clusters where left out (teams and cost centers only)'),
  key: Name.nullable().default(null).describe('Name of the namespace, team or cost center'),
  unit: BudgetUnit,
  limit: Limit,
});
export type BudgetInput = z.input<typeof BudgetInput>;
export const BudgetIdInput = z.object({ id: z.string().min(1).max(64) });
export const BudgetChangeInput = BudgetIdInput.extend({
  name: Title.optional(),
  scope: BudgetScope.optional(),
  cluster: Name.nullable().optional(),
  key: Name.nullable().optional(),
  unit: BudgetUnit.optional(),
  limit: Limit.optional(),
});

export const BudgetAlertItem = z.object({
  id: z.string(),
  budget: z.string(),
  budget_name: z.string(),
  unit: BudgetUnit,
  month: Month,
  kind: z.enum(['50', '80', '100', 'forecast']),
  at: Instant,
  used: z.number(),
  expected: z.number(),
  limit: z.number(),
  seen_at: Instant.nullable(),
});
export type BudgetAlertItem = z.infer<typeof BudgetAlertItem>;
export const BudgetAlertsInput = z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) });
export const BudgetAlerts = z.object({ alerts: z.array(BudgetAlertItem), unseen: z.int().nonnegative() });

/** What a namespace, team or cost center cost and emitted; and the lines that belong to nobody. */
export const CostLine = z.object({
  /** `none`: namespaces without a team or cost center; `idle`: what nobody held. */
  line: z.enum(['namespace', 'team', 'cost-center', 'none', 'idle', 'system', 'storage']),
  key: z.string().nullable(),
  cluster: z.string().nullable(),
  team: z.string().nullable(),
  cost_center: z.string().nullable(),
  total_cost: z.number(),
  cpu_cost: z.number(),
  memory_cost: z.number(),
  gpu_cost: z.number(),
  storage_cost: z.number(),
  network_cost: z.number(),
  cpu_core_hours: z.number(),
  memory_gb_hours: z.number(),
  storage_gb_hours: z.number(),
  network_gb: z.number(),
  co2e_grams: z.number(),
  embodied_co2e_grams: z.number(),
});
export type CostLine = z.infer<typeof CostLine>;

export const CostLines = z.object({
  month: Month,
  period: Period,
  /** ISO 4217; XXX where clusters count in different ones. */
  currency: z.string(),
  lines: z.array(CostLine),
  total_cost: z.number(),
  co2e_grams: z.number(),
  embodied_co2e_grams: z.number(),
  /** Collected share of the part of the month that has gone by, 0 to 1. */
  coverage: z.number(),
  /** In the results of the month and not among these lines yet: they follow within a minute. 0 most of the time. */
  pending_cost: z.number(),
});
export type CostLines = z.infer<typeof CostLines>;
export const CostsInput = z.object({ month: Month.optional(), cluster: Name.optional() });
export const TeamsInput = CostsInput.extend({ by: z.enum(['team', 'cost-center']).default('team') });
