import { withDecimals } from './digits.ts';
import type { Unit } from './units.ts';

/** Length of time that a saving is written for. */
export type Per = 'day' | 'month' | 'year';
export const PER_DAYS: Readonly<Record<Per, number>> = { day: 1, month: 365 / 12, year: 365 };

/** A saving of a day, in a base unit (g CO2e, currency). */
export interface DayRange {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

const SMALLEST = 0.0005;

/** A promise is no finer than two digits: whole from 10 up. The steps are taken where rounding takes them. */
function decimalsOf(value: number): number {
  const size = Math.abs(value);
  if (size >= 9.95) return 0;
  if (size >= 0.095) return 1;
  return size >= 0.0095 ? 2 : 3;
}

function part(value: number, decimals: number): string {
  if (value === 0) return '0';
  return Math.abs(value) < SMALLEST ? '<0.001' : withDecimals(value, decimals);
}

/**
 * `0–31`, `14–38`, `64`, `−1.2 to 3.4`: what a day saves, over `per`, in `unit`. Low end first; one figure where both
 * ends read the same.
 */
export function savingText(range: Pick<DayRange, 'low' | 'high'>, per: Per, unit: Unit): string {
  const scale = PER_DAYS[per] / unit.size;
  const low = range.low * scale;
  const high = range.high * scale;
  const decimals = decimalsOf(Math.max(Math.abs(low), Math.abs(high)));
  const from = part(low, decimals);
  const to = part(high, decimals);
  if (from === to) return to;
  return low < 0 || high < 0 ? `${from} to ${to}` : `${from}–${to}`;
}

/** `−6.1`: what was found to be less (more: `+1.2`), over `per`, in `unit`. */
export function foundText(savedPerDay: number, per: Per, unit: Unit): string {
  const value = (-savedPerDay * PER_DAYS[per]) / unit.size;
  if (value === 0) return '0';
  const decimals = decimalsOf(value);
  const text = withDecimals(value, decimals);
  return Number(value.toFixed(decimals)) > 0 ? `+${text}` : text;
}
