import { withDecimals } from '../format/digits.ts';
import type { Unit } from '../format/units.ts';

/** A scale from zero; `ticks` and `max` are in base units. */
export interface ValueScale {
  readonly max: number;
  readonly ticks: readonly number[];
  readonly unit: Unit;
  /** Decimals that every tick of the scale has. */
  readonly decimals: number;
}

const STEPS = [1, 2, 2.5, 5, 10];
/** Room above the highest mark, so that it doesn't touch the frame. */
const HEADROOM = 1.04;

/** At most `most` round ticks from zero up to `highest` (base unit), steps round in `unit`. */
export function valueScale(highest: number, unit: Unit, most = 6): ValueScale {
  const inUnit = highest / unit.size;
  if (!(inUnit > 0)) return { max: unit.size, ticks: [0], unit, decimals: 0 };
  const rough = inUnit / Math.max(1, most - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = (STEPS.find((each) => each * power >= rough * 0.999999) ?? 10) * power;
  const max = inUnit * HEADROOM;
  const ticks: number[] = [];
  for (let index = 0; index * step <= max + 1e-9 * step && ticks.length < most; index += 1)
    ticks.push(index * step * unit.size);
  const decimals = decimalsOf(step);
  // Parts of a currency are written in hundredths: €1.50.
  return {
    max: max * unit.size,
    ticks,
    unit,
    decimals: unit.kind === 'money' && decimals > 0 ? Math.max(2, decimals) : decimals,
  };
}

function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 6; decimals += 1)
    if (Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-6) return decimals;
  return 6;
}

/** Text of a tick; the unit stands once, at the top one. Zero is plain. */
export function tickText(scale: ValueScale, tick: number): string {
  const text = tick === 0 ? '0' : withDecimals(tick / scale.unit.size, scale.decimals);
  if (tick !== scale.ticks.at(-1) || tick === 0) return text;
  return scale.unit.kind === 'money' ? `${scale.unit.symbol}${text}` : `${text} ${scale.unit.symbol}`;
}
