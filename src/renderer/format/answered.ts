import { exactNumber, threeDigits } from './digits.ts';
import { isMissing, NO_DATA, type Parts } from './parts.ts';
import { formatMoney, formatQuantity, formatRange } from './quantity.ts';
import { chooseUnit, type Kind } from './units.ts';

type Amount = number | null | undefined;

/** What one of an answered unit is in the base unit of its kind. */
type Known = readonly [kind: Exclude<Kind, 'money'>, size: number];

const KNOWN: Readonly<Record<string, Known>> = {
  g: ['carbon', 1],
  kg: ['carbon', 1e3],
  t: ['carbon', 1e6],
  J: ['energy', 1],
  kJ: ['energy', 1e3],
  MJ: ['energy', 1e6],
  Wh: ['energy', 3600],
  kWh: ['energy', 3.6e6],
  MWh: ['energy', 3.6e9],
  W: ['power', 1],
  kW: ['power', 1e3],
  'g/kWh': ['intensity', 1],
  '%': ['share', 0.01],
};
/** Units that say nothing: a ratio, a factor. */
const PLAIN = new Set(['', '1', 'ratio', 'factor', 'share']);
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** `g CO2e/kWh` → `g/kWh`: what the gram is of is said by the name of the figure. */
const withoutGas = (unit: string): string => unit.replace(/\s*CO(?:2|₂)-?e(?:q)?/u, '').trim();
/** A unit as people write it: `g CO₂e`. */
const written = (unit: string): string => (PLAIN.has(unit) ? '' : unit.replace(/CO2/gu, 'CO₂'));

/** A value in the unit that an answer gives for it, in the unit that suits it: `35.2 kg` of 35,208.7 and `g CO2e`. */
export function formatAnswered(value: Amount, unit: string): Parts {
  if (isMissing(value)) return NO_DATA;
  if (CURRENCIES.has(unit)) return formatMoney(value, unit);
  const known = KNOWN[withoutGas(unit)];
  if (known !== undefined && (value === 0 || Math.abs(value * known[1]) >= 0.001)) {
    return formatQuantity(known[0], value * known[1]);
  }
  return { value: factorDigits(value), unit: written(unit) };
}

/** As `formatAnswered`, with `kg CO₂e` for carbon: for headlines. */
export function formatAnsweredLong(value: Amount, unit: string): Parts {
  const parts = formatAnswered(value, unit);
  const known = KNOWN[withoutGas(unit)];
  if (isMissing(value) || known?.[0] !== 'carbon') return parts;
  return { value: parts.value, unit: chooseUnit('carbon', value * known[1]).label };
}

/** `29.0–42.6` beside the figure it belongs to, in the unit that the figure is written in. */
export function formatAnsweredRange(low: Amount, high: Amount, unit: string, figure: number): string {
  if (isMissing(low) || isMissing(high)) return '';
  if (CURRENCIES.has(unit)) return formatRange(low, high, chooseUnit('money', figure, unit), figure);
  const known = KNOWN[withoutGas(unit)];
  if (known === undefined) return `${factorDigits(low)}–${factorDigits(high)}`;
  const [kind, size] = known;
  return formatRange(low * size, high * size, chooseUnit(kind, figure * size), figure * size);
}

/** Three digits in the unit of the answer, where a formula counts on that unit. */
export function roundedAnswered(value: Amount, unit: string): Parts {
  return isMissing(value) ? NO_DATA : { value: factorDigits(value), unit: written(unit) };
}

/** Every digit, in the unit of the answer: what a calculator takes. */
export function exactAnswered(value: Amount, unit: string): Parts {
  return isMissing(value) ? NO_DATA : { value: exactFactor(value), unit: written(unit) };
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Three digits also for small factors: `2.78 × 10⁻⁷`, never `<0.001`. */
function factorDigits(value: number): string {
  return value === 0 || Math.abs(value) >= 0.001 ? threeDigits(value) : powerOfTen(value.toExponential(2));
}

function exactFactor(value: number): string {
  return value === 0 || Math.abs(value) >= 1e-6 ? exactNumber(value) : powerOfTen(value.toExponential());
}

function powerOfTen(text: string): string {
  const [digits = '', exponent = ''] = text.split('e');
  const raised = exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/gu, (digit) => SUPERSCRIPTS[Number(digit)] ?? '');
  return `${digits.replace('-', '−')} × 10${raised}`;
}
