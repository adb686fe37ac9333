import { decimalsFor, exactNumber, formatCount, threeDigits, withDecimals } from './digits.ts';
import { isMissing, NO_DATA, type Parts } from './parts.ts';
import { chooseUnit, currencySymbol, type Kind, type Unit } from './units.ts';

type Amount = number | null | undefined;

/** A value (base unit) in a given unit, without its symbol: for columns whose header holds the unit. */
export function formatIn(unit: Unit, value: Amount): string {
  return isMissing(value) ? NO_DATA.value : threeDigits(value / unit.size);
}

/** A value (base unit) in the unit that suits it. */
export function formatQuantity(kind: Exclude<Kind, 'money'>, value: Amount): Parts {
  if (isMissing(value)) return NO_DATA;
  const unit = chooseUnit(kind, value);
  return { value: threeDigits(value / unit.size), unit: unit.symbol };
}

/** Grams of CO2e as g, kg or t. */
export const formatCarbon = (grams: Amount): Parts => formatQuantity('carbon', grams);
/** As `formatCarbon`, with `kg CO₂e` as the unit: for headlines. */
export function formatCarbonLong(grams: Amount): Parts {
  return isMissing(grams) ? NO_DATA : { value: formatCarbon(grams).value, unit: chooseUnit('carbon', grams).label };
}
/** Joules as Wh, kWh or MWh. */
export const formatEnergy = (joules: Amount): Parts => formatQuantity('energy', joules);
/** Watts as W, kW or MW. */
export const formatPower = (watts: Amount): Parts => formatQuantity('power', watts);
/** Grams of CO2e per kWh. */
export const formatIntensity = (gramsPerKwh: Amount): Parts => formatQuantity('intensity', gramsPerKwh);
/** Millicores as cores. */
export const formatCpu = (millicores: Amount): Parts => formatQuantity('cpu', millicores);
/** Bytes as MiB, GiB or TiB. */
export const formatMemory = (bytes: Amount): Parts => formatQuantity('memory', bytes);
/** Bytes on a disk, from B to TiB. */
export const formatDisk = (bytes: Amount): Parts =>
  isMissing(bytes) || bytes >= 1000 ? formatQuantity('disk', bytes) : { value: formatCount(bytes), unit: 'B' };
/** A share of 1 as percent. */
export const formatShare = (share: Amount): Parts => formatQuantity('share', share);

/** Money with its symbol in front: whole from 100 up, cents below. */
export function formatMoney(value: Amount, currency: string): Parts {
  if (isMissing(value)) return NO_DATA;
  const size = Math.abs(value);
  const text = size > 0 && size < 0.005 ? '<0.01' : withDecimals(size, size >= 99.995 ? 0 : 2);
  return { value: `${value < 0 ? '−' : ''}${currencySymbol(currency)}${text}`, unit: '' };
}

const COUNT_STEPS: readonly (readonly [number, string])[] = [
  [1e9, 'billion'],
  [1e6, 'million'],
];

/** Counts of things in a headline: `9,412`, `984,000`, `10.5 million`; the exact count belongs beside it, on hover. */
export function formatAmountOf(count: Amount): Parts {
  if (isMissing(count)) return NO_DATA;
  const [size, unit] = COUNT_STEPS.find(([step]) => count >= step * 0.9995) ?? [1, ''];
  return { value: size === 1 ? formatCount(count) : threeDigits(count / size), unit };
}

/** `29.0–42.6` in `unit`, with the decimals of the figure it belongs to; the bounds alone choose them where it is left out. */
export function formatRange(low: Amount, high: Amount, unit: Unit, figure?: number): string {
  if (isMissing(low) || isMissing(high)) return NO_DATA.value;
  const decimals = decimalsFor((figure ?? high) / unit.size);
  return `${withDecimals(low / unit.size, decimals)}–${withDecimals(high / unit.size, decimals)}`;
}

/** `35,208.7 g CO₂e`: every digit, in the base unit a person knows; for tooltips. */
export function exactQuantity(kind: Kind, value: Amount, currency = 'EUR'): string {
  if (isMissing(value)) return NO_DATA.value;
  switch (kind) {
    case 'carbon':
      return `${exactNumber(value)} g CO₂e`;
    case 'energy':
      return `${exactNumber(value / 3600)} Wh (${exactNumber(value)} J)`;
    case 'power':
      return `${exactNumber(value)} W`;
    case 'intensity':
      return `${exactNumber(value)} g CO₂e/kWh`;
    case 'money':
      return `${exactNumber(value)} ${currency}`;
    case 'cpu':
      return `${exactNumber(value / 1000)} cores`;
    case 'memory':
    case 'disk':
      return `${exactNumber(value)} bytes`;
    case 'share':
      return `${exactNumber(value * 100)} %`;
  }
}
