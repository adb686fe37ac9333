import type { BudgetAlertItem, BudgetItem, BudgetStanding } from '../../../contract/schemas/budgets.ts';
import { formatPercent } from '../../format/change.ts';
import { withDecimals } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { formatCarbon, formatMoney, formatRange } from '../../format/quantity.ts';
import { formatDate } from '../../format/time.ts';
import { chooseUnit, currencySymbol } from '../../format/units.ts';

type Unit = Pick<BudgetItem, 'unit' | 'currency'>;

const GRAMS = 1000;
/** Money is written whole from here on. */
const WHOLE_FROM = 99.995;

/** Kilograms as g, kg or t; money with its symbol. */
export function amountWords(amount: number, { unit, currency }: Unit): string {
  return joinParts(unit === 'carbon' ? formatCarbon(amount * GRAMS) : formatMoney(amount, currency ?? 'EUR'));
}

/** `390–470 kg`, `€390–470`: one unit for both ends. */
export function rangeWords({ low, high }: BudgetStanding, { unit, currency }: Unit): string {
  if (unit === 'carbon') {
    const chosen = chooseUnit('carbon', high * GRAMS);
    return `${formatRange(low * GRAMS, high * GRAMS, chosen)} ${chosen.symbol}`;
  }
  const decimals = high >= WHOLE_FROM ? 0 : 2;
  const symbol = currencySymbol(currency ?? 'EUR');
  return `${symbol}${withDecimals(low, decimals)}–${withDecimals(high, decimals)}`;
}

export function scopeWords(budget: Pick<BudgetItem, 'scope' | 'key'>, cluster: string | null): string {
  const where = cluster === null ? 'all clusters' : cluster;
  switch (budget.scope) {
    case 'cluster':
      return `Cluster ${where}`;
    case 'namespace':
      return `Namespace ${budget.key ?? ''} in ${where}`;
    case 'team':
      return `Team ${budget.key ?? ''}, ${where}`;
    case 'cost-center':
      return `Cost center ${budget.key ?? ''}, ${where}`;
  }
}

export type Standing = 'over' | 'expected-over' | 'near' | 'within' | 'unknown';

/** Nothing of that name was ever in the figures. */
const isUnseen = ({ used, history_days }: BudgetStanding): boolean => used === 0 && history_days === 0;

/** Which of the states a budget is in; words and a shape say it, colour only helps. */
export function standingOf({ limit, standing }: Pick<BudgetItem, 'limit' | 'standing'>): Standing {
  if (standing === null || standing.days_with_data === 0 || isUnseen(standing)) return 'unknown';
  if (standing.used >= limit) return 'over';
  if (standing.expected >= limit) return 'expected-over';
  return standing.high >= limit || standing.used >= 0.8 * limit ? 'near' : 'within';
}

/** One line on what becomes of it. */
export function outcomeWords(budget: BudgetItem): string {
  const { standing } = budget;
  if (standing === null) return budget.problem ?? 'Not known';
  if (standing.days_with_data === 0) return 'No data in this month yet';
  if (isUnseen(standing)) return budget.key === null ? 'Nothing used yet' : `Nothing is known of ${budget.key}`;
  const isOver = standing.days_gone >= standing.days_in_month && standing.expected === standing.used;
  const on = standing.passed_on === null ? null : formatDate(`${standing.passed_on}T00:00:00Z`, 'UTC');
  switch (standingOf(budget)) {
    case 'over':
      return `Passed on ${on ?? 'an earlier day'}`;
    case 'expected-over':
      return `Will be passed on ${on ?? 'the last day'}, as it goes on now`;
    case 'near':
      return standing.high >= budget.limit ? 'May be passed: the range reaches the limit' : 'Near its limit';
    case 'within':
      return isOver ? 'Stayed within its limit' : 'Stays within its limit, as it goes on now';
    case 'unknown':
      return 'Not known';
  }
}

export function usedWords(budget: BudgetItem): string {
  const { standing, limit } = budget;
  if (standing === null) return amountWords(limit, budget);
  const share = formatPercent(standing.used / limit);
  return `${amountWords(standing.used, budget)} of ${amountWords(limit, budget)} (${share})`;
}

/** What the forecast is taken from; says so where that is little. */
export function basisWords(standing: BudgetStanding): string {
  const days = standing.history_days === 1 ? '1 day' : `${standing.history_days} days`;
  const missing = standing.days_gone - standing.days_with_data;
  const gaps = missing > 0 ? `; ${missing} of ${standing.days_gone} days of the month missing` : '';
  return `From ${days}${standing.history_days < 7 ? ', too few for an alert' : ''}${gaps}`;
}

const KINDS: Record<BudgetAlertItem['kind'], string> = {
  '50': 'has used half of its limit',
  '80': 'has used 80 % of its limit',
  '100': 'has passed its limit',
  forecast: 'is expected to pass its limit',
};
export const alertWords = (alert: Pick<BudgetAlertItem, 'kind'>): string => KINDS[alert.kind];
