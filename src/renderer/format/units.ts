/** Kinds of quantity that Podwatt shows. Base units: g CO2e, joules, watts, g/kWh, currency, millicores, bytes, share of 1. */
export type Kind = 'carbon' | 'energy' | 'power' | 'intensity' | 'money' | 'cpu' | 'memory' | 'disk' | 'share';

/** A unit and the size of one of it in the base unit of its kind. */
export interface Unit {
  readonly kind: Kind;
  /** What stands beside a figure: `kg`, `kWh`, `€`. */
  readonly symbol: string;
  /** What stands in a column's header or beside a headline: `kg CO₂e`, `kWh`, `€`. */
  readonly label: string;
  readonly size: number;
}

const steps = (kind: Kind, ...units: readonly (readonly [string, number, string?])[]): readonly Unit[] =>
  units.map(([symbol, size, label]) => ({ kind, symbol, size, label: label ?? symbol }));

const JOULES_PER_WATT_HOUR = 3600;
const LADDERS: Record<Exclude<Kind, 'money'>, readonly Unit[]> = {
  carbon: steps('carbon', ['g', 1, 'g CO₂e'], ['kg', 1e3, 'kg CO₂e'], ['t', 1e6, 't CO₂e']),
  energy: steps(
    'energy',
    ['Wh', JOULES_PER_WATT_HOUR],
    ['kWh', JOULES_PER_WATT_HOUR * 1e3],
    ['MWh', JOULES_PER_WATT_HOUR * 1e6],
  ),
  power: steps('power', ['W', 1], ['kW', 1e3], ['MW', 1e6]),
  intensity: steps('intensity', ['g/kWh', 1]),
  cpu: steps('cpu', ['cores', 1e3]),
  memory: steps('memory', ['MiB', 2 ** 20], ['GiB', 2 ** 30], ['TiB', 2 ** 40]),
  disk: steps('disk', ['B', 1], ['KiB', 2 ** 10], ['MiB', 2 ** 20], ['GiB', 2 ** 30], ['TiB', 2 ** 40]),
  share: steps('share', ['%', 0.01]),
};

/**
 * The unit that shows `maxValue` (base unit) with a whole part; take the largest value of a column, so that the
 * column keeps one unit. Money takes the symbol of `currency` (ISO 4217).
 */
export function chooseUnit(kind: Kind, maxValue: number | null | undefined, currency = 'EUR'): Unit {
  if (kind === 'money') {
    const symbol = currencySymbol(currency);
    return { kind, symbol, label: symbol, size: 1 };
  }
  const ladder = LADDERS[kind];
  const size = Math.abs(maxValue ?? 0);
  let chosen = ladder[0] ?? { kind, symbol: '', label: '', size: 1 };
  // 999.6 g would be written 1,000 g: the step is taken where rounding takes it.
  for (const unit of ladder) if (size >= unit.size * 0.9995) chosen = unit;
  return chosen;
}

/** `€`, `$`, or the code where a currency has no symbol. */
export function currencySymbol(currency: string): string {
  try {
    const parts = new Intl.NumberFormat('en-GB', {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    }).formatToParts(0);
    return parts.find((part) => part.type === 'currency')?.value ?? currency;
  } catch {
    return currency;
  }
}
