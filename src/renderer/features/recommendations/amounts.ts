import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { joinParts } from '../../format/parts.ts';
import { formatCarbon } from '../../format/quantity.ts';
import { type DayRange, PER_DAYS, type Per, savingText } from '../../format/savings.ts';
import { chooseUnit, type Unit } from '../../format/units.ts';

export const carbonOf = (item: RecommendationItem): DayRange => item.estimated_savings.co2e_grams_per_day_range;
export const moneyOf = (item: RecommendationItem): DayRange => item.estimated_savings.cost_per_day_range;

/** One unit for a whole column: that of its largest value. */
export function carbonUnit(ranges: readonly DayRange[], per: Per): Unit {
  return chooseUnit('carbon', Math.max(0, ...ranges.map((range) => Math.abs(range.high))) * PER_DAYS[per]);
}

/** `0–31 kg CO₂e a year, expected 12.4; manufacture, where the node goes: 0–3.1 kg` for a tooltip. */
export function carbonTitle(item: RecommendationItem, per: Per): string {
  const range = carbonOf(item);
  const embodied = item.estimated_savings.embodied_co2e_grams_per_day_range;
  const unit = carbonUnit([range], per);
  const expected = joinParts(formatCarbon(range.expected * PER_DAYS[per]));
  const made =
    embodied.high === 0
      ? ''
      : `; manufacture apart: ${savingText(embodied, per, carbonUnit([embodied], per))} ${carbonUnit([embodied], per).symbol}`;
  return `${savingText(range, per, unit)} ${unit.label} a ${per}, expected ${expected}${made}`;
}

export function moneyTitle(item: RecommendationItem, per: Per, currency: string): string {
  const range = moneyOf(item);
  const unit = chooseUnit('money', range.high, currency);
  const expected = savingText({ low: range.expected, high: range.expected }, per, unit);
  return `${unit.symbol}${savingText(range, per, unit)} a ${per}, expected ${unit.symbol}${expected}`;
}

/** Each cluster has its currency; the list's own is XXX where they differ. */
export function currencyOf(
  item: Pick<RecommendationItem, 'cluster'>,
  listCurrency: string,
  clusters: readonly { readonly id: string; readonly currency: string }[],
): string {
  if (listCurrency !== MIXED_CURRENCY) return listCurrency;
  return clusters.find((cluster) => cluster.id === item.cluster)?.currency ?? listCurrency;
}

/** What was measured to be saved by all that was verified, a day; null where nothing was. */
export function verifiedTotals(items: readonly RecommendationItem[]): { grams: number; money: number } | null {
  const measured = items.flatMap(({ verification }) =>
    verification === null || verification.outcome === 'waiting' ? [] : [verification],
  );
  if (measured.length === 0) return null;
  return {
    grams: measured.reduce((sum, each) => sum + each.co2e_saved_grams_per_day.expected, 0),
    money: measured.reduce((sum, each) => sum + each.cost_saved_per_day.expected, 0),
  };
}
