import { Failure } from '../../model/failure.ts';
import type { Client } from '../../server/client.ts';
import { grams, money } from '../output/amounts.ts';
import { UsageError } from '../report-failure.ts';
import type { Terminal } from '../terminal.ts';
import type { FilterQuery } from './filter-options.ts';

/** `--fail-on-co2 G` and `--fail-on-cost X`, as commander hands them over. */
export interface LimitOptions {
  failOnCo2?: string;
  failOnCost?: string;
}

export interface Limits {
  readonly co2eGrams: number | null;
  readonly cost: number | null;
}

/** @throws UsageError where a limit is no number */
export function limitsOf({ failOnCo2, failOnCost }: LimitOptions): Limits {
  return { co2eGrams: amountOf(failOnCo2, '--fail-on-co2'), cost: amountOf(failOnCost, '--fail-on-cost') };
}

/**
 * Checks the totals of a range, operational and embodied carbon together.
 * @throws Failure that says which limit was passed and by what; the command then ends with code 1
 */
export async function checkLimits(
  limits: Limits,
  query: FilterQuery,
  client: Client,
  terminal: Pick<Terminal, 'writeError' | 'stopSignal'>,
): Promise<void> {
  if (limits.co2eGrams === null && limits.cost === null) return;
  const summary = await client.metrics.summary(query, { signal: terminal.stopSignal });
  if (summary.covered_seconds === 0) {
    terminal.writeError('Nothing was collected in this range: the limits were compared with nothing.\n');
  }
  const reasons = [
    over('--fail-on-co2', summary.total_co2e_all_scopes, limits.co2eGrams, (value) => `${grams(value)} g CO2e`),
    over('--fail-on-cost', summary.total_cost, limits.cost, (value) => `${money(value)} ${summary.currency}`),
  ].filter((reason) => reason !== null);
  if (reasons.length > 0) throw new Failure('conflict', reasons.join('; '));
}

function over(option: string, value: number, limit: number | null, words: (value: number) => string): string | null {
  return limit === null || value <= limit ? null : `${words(value)} is more than the ${words(limit)} of ${option}`;
}

function amountOf(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new UsageError(`${option} takes a number, for example 1500 or 2.5`);
  return value;
}
