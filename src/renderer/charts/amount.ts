import { formatIn, formatRange } from '../format/quantity.ts';
import type { Unit } from '../format/units.ts';

/** `554 g`, `€12.40`: an amount (base unit) in a given unit, money with its symbol in front. */
export function amountText(value: number | null, unit: Unit): string {
  const text = formatIn(unit, value);
  if (value === null) return text;
  return unit.kind === 'money' ? `${unit.symbol}${text}` : `${text} ${unit.symbol}`;
}

/** `460–665 g`: a range with its unit once. */
export function rangeText(low: number, high: number, unit: Unit, figure: number): string {
  const text = formatRange(low, high, unit, figure);
  return unit.kind === 'money' ? `${unit.symbol}${text}` : `${text} ${unit.symbol}`;
}
