import { MIXED_CURRENCY } from '../../contract/schemas/primitives.ts';
import { LEAST_FORECAST_DAYS } from '../../core/budgets/alerts.ts';
import type { Outlook } from '../../core/budgets/forecast.ts';
import { rangeOfMonth } from '../../core/cost-attribution/calendar.ts';
import type { Budget, BudgetAlert } from '../../model/kubernetes/budget.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { toIso, toPeriod } from '../ranges/instants.ts';

/** An alert with all that is told of it. */
export interface RaisedAlert {
  readonly alert: BudgetAlert;
  readonly budget: Budget;
  /** Null for all clusters. */
  readonly clusterName: string | null;
  /** Of a budget of money. */
  readonly currency: string | null;
  readonly outlook: Outlook;
}

/** What is posted of an alert. Made once: each try sends the same text, so that its signature and its id hold. */
export function alertBody({ alert, budget, clusterName, currency, outlook }: RaisedAlert): string {
  const { expected, low, high, passedOn, historyDays } = outlook;
  const isForecast = historyDays >= LEAST_FORECAST_DAYS;
  return JSON.stringify({
    type: 'budget.alert',
    id: alert.id,
    budget: { id: budget.id, name: budget.name, scope: budget.scope, key: budget.key },
    cluster: budget.clusterId === null ? null : { id: budget.clusterId, name: clusterName },
    period: { month: alert.month, ...toPeriod(rangeOfMonth(alert.month)) },
    threshold: alert.kind,
    spent: alert.used,
    limit: alert.limit,
    unit: budget.unit === 'carbon' ? 'kg CO2e' : (currency ?? MIXED_CURRENCY),
    forecast: isForecast ? { expected, low, high, passed_on: passedOn } : null,
    at: toIso(alert.atSeconds),
  });
}

/** What a person sends by hand to see that it arrives. */
export function testBody(id: string, atSeconds: EpochSeconds): string {
  return JSON.stringify({ type: 'webhook.test', id, at: toIso(atSeconds) });
}
