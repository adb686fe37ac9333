/** One locale for all numbers and dates, so that a page never mixes two ways of writing. */
export const LOCALE = 'en-GB';

const TRUE_MINUS = '−';
const SMALLEST_SHOWN = 0.001;

const byDecimals = new Map<number, Intl.NumberFormat>();

function fixed(value: number, decimals: number): string {
  let format = byDecimals.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    byDecimals.set(decimals, format);
  }
  return format.format(value).replace('-', TRUE_MINUS);
}

/** Decimals that give three significant digits, with two at most from 0.1 up; the whole part is always kept. */
export function decimalsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 99.95) return 0;
  if (size >= 9.995) return 1;
  if (size >= 0.1 || size === 0) return 2;
  return 3;
}

/** Three significant digits: 35.2, 1.41, 1,008, 0.86, 0.043; below 0.001 `<0.001`; zero is `0`. */
export function threeDigits(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) < SMALLEST_SHOWN) return `<${value < 0 ? TRUE_MINUS : ''}0.001`;
  return fixed(value, decimalsFor(value));
}

/** A fixed number of decimals with a true minus. */
export function withDecimals(value: number, decimals: number): string {
  const rounded = Number(value.toFixed(decimals));
  return fixed(rounded === 0 ? 0 : rounded, decimals);
}

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** `1,204`: counts of things. */
export function formatCount(count: number): string {
  return whole.format(count).replace('-', TRUE_MINUS);
}

const exactFormat = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 15 });

/** Full precision with grouping, for tooltips. */
export function exactNumber(value: number): string {
  return exactFormat.format(value).replace('-', TRUE_MINUS);
}
