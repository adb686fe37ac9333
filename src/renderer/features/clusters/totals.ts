import type { Summary } from '../../../contract/schemas/metrics.ts';

import type { Month } from './use-month.ts';

export interface Totals {
  readonly grams: number;
  readonly low: number;
  readonly high: number;
  /** Null where one cluster has nothing to compare with. */
  readonly gramsBefore: number | null;
  readonly joules: number;
  /** Null where currencies differ: they are not added. */
  readonly cost: number | null;
  readonly currency: string | null;
}

/** Sums over clusters. Bounds are added as they are, which assumes that clusters err the same way: never too narrow. */
export function totalsOf(summaries: readonly Summary[]): Totals {
  const sum = (pick: (summary: Summary) => number) => summaries.reduce((total, summary) => total + pick(summary), 0);
  const currencies = new Set(summaries.map((summary) => summary.currency));
  const [currency] = currencies;
  const before = summaries.map((summary) => summary.previous?.total_co2e_all_scopes ?? null);
  return {
    grams: sum((summary) => summary.total_co2e_all_scopes),
    low: sum((summary) => summary.total_co2e_all_scopes_low),
    high: sum((summary) => summary.total_co2e_all_scopes_high),
    gramsBefore: before.some((value) => value === null)
      ? null
      : before.reduce<number>((total, value) => total + (value ?? 0), 0),
    joules: sum((summary) => summary.total_facility_energy_joules),
    cost: currencies.size === 1 ? sum((summary) => summary.total_cost) : null,
    currency: currencies.size === 1 && currency !== undefined ? currency : null,
  };
}

/** Sums of the month over these clusters; null where one of them is not known. */
export function monthTotals(
  clusters: readonly { readonly id: string }[],
  { figures }: Pick<Month, 'figures'>,
): { readonly grams: number | null; readonly cost: number | null; readonly mostGrams: number } {
  const known = clusters.flatMap(({ id }) => figures?.get(id) ?? []);
  const isWhole = known.length === clusters.length;
  return {
    grams: isWhole ? known.reduce((sum, { grams }) => sum + grams, 0) : null,
    cost: isWhole ? known.reduce((sum, { cost }) => sum + cost, 0) : null,
    mostGrams: Math.max(0, ...known.map(({ grams }) => grams)),
  };
}
