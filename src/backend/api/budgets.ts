import type * as z from 'zod';
import type {
  BudgetAlertItem,
  BudgetAlerts,
  BudgetChangeInput,
  BudgetInput,
  BudgetItem,
  BudgetStanding,
  Budgets,
  BudgetsInput,
} from '../../contract/schemas/budgets.ts';
import type { Outlook } from '../../core/budgets/forecast.ts';
import { DAY_SECONDS, monthOf, rangeOfMonth } from '../../core/cost-attribution/calendar.ts';
import type { Budget, BudgetAlert } from '../../model/kubernetes/budget.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { BudgetDesk, BudgetDraft, BudgetState } from '../budgets/budget-desk.ts';
import { toIso } from '../ranges/instants.ts';

export interface BudgetApiDeps {
  readonly budgets: BudgetDesk;
  readonly clock: { nowSeconds(): EpochSeconds };
}

export async function listBudgets(
  input: z.output<typeof BudgetsInput>,
  { budgets, clock }: BudgetApiDeps,
): Promise<z.infer<typeof Budgets>> {
  const now = clock.nowSeconds();
  const month = input.month ?? monthOf(now);
  const states = await budgets.list(month, input.cluster ?? null);
  return { month, budgets: states.map((state) => itemOf(state, now)) };
}

export async function createBudget(
  { cluster, ...input }: z.output<typeof BudgetInput>,
  { budgets, clock }: BudgetApiDeps,
): Promise<BudgetItem> {
  return itemOf(await budgets.create({ ...input, clusterId: cluster }), clock.nowSeconds());
}

export async function updateBudget(
  { id, cluster, name, scope, key, unit, limit }: z.output<typeof BudgetChangeInput>,
  { budgets, clock }: BudgetApiDeps,
): Promise<BudgetItem> {
  const change: Partial<BudgetDraft> = {
    ...(name === undefined ? {} : { name }),
    ...(scope === undefined ? {} : { scope }),
    ...(cluster === undefined ? {} : { clusterId: cluster }),
    ...(key === undefined ? {} : { key }),
    ...(unit === undefined ? {} : { unit }),
    ...(limit === undefined ? {} : { limit }),
  };
  return itemOf(await budgets.update(id, change), clock.nowSeconds());
}

export async function budgetAlerts(
  { limit }: { readonly limit: number },
  { budgets }: BudgetApiDeps,
): Promise<z.infer<typeof BudgetAlerts>> {
  const alerts = (await budgets.alerts(limit)).map(({ alert, budget }) => alertItemOf(alert, budget));
  return { alerts, unseen: alerts.filter((alert) => alert.seen_at === null).length };
}

function itemOf({ budget, currency, outlook, problem }: BudgetState, now: EpochSeconds): BudgetItem {
  const { id, name, scope, clusterId, key, unit, limit } = budget;
  return {
    id,
    name,
    scope,
    cluster: clusterId,
    key,
    unit,
    limit,
    currency,
    standing: outlook === null ? null : standingOf(outlook, now),
    problem,
    created_at: toIso(budget.createdAtSeconds),
    updated_at: toIso(budget.updatedAtSeconds),
  };
}

function standingOf(outlook: Outlook, now: EpochSeconds): BudgetStanding {
  const { startSeconds, endSeconds } = rangeOfMonth(outlook.month);
  const gone = Math.ceil((Math.min(now, endSeconds) - startSeconds) / DAY_SECONDS);
  return {
    month: outlook.month,
    used: outlook.used,
    expected: outlook.expected,
    low: outlook.low,
    high: outlook.high,
    passed_on: outlook.passedOn,
    days_with_data: outlook.daysWithData,
    days_gone: Math.max(0, gone),
    days_in_month: (endSeconds - startSeconds) / DAY_SECONDS,
    history_days: outlook.historyDays,
  };
}

function alertItemOf(alert: BudgetAlert, { name, unit }: Budget): BudgetAlertItem {
  const { id, budgetId, month, kind, atSeconds, used, expected, limit, seenAtSeconds } = alert;
  const seen_at = seenAtSeconds === null ? null : toIso(seenAtSeconds);
  return {
    id,
    budget: budgetId,
    budget_name: name,
    unit,
    month,
    kind,
    at: toIso(atSeconds),
    used,
    expected,
    limit,
    seen_at,
  };
}
