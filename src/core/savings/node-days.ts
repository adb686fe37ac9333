import { EXACT, type Factor, type Interval } from '../../model/bounds.ts';
import { factorOfRange, intervalOf } from '../bounds/combine.ts';
import { EMBODIED_FACTOR } from '../coefficients/embodied.ts';
import { type AnalysisInput, hoursIn } from '../recommendations/analysis-input.ts';
import { groupUsage, HourlyUsage } from '../recommendations/usage-lines.ts';
import { idlePart } from './idle-power.ts';

/** A mean day of a node in the look-back. */
export interface NodeDay {
  /** Operational grams that stop with the node. */
  readonly idleGrams: Interval;
  /** Manufacture: avoided only where others use the hardware, so from 0. */
  readonly embodiedGrams: Interval;
  /** All that the node costs: what is moved fills room elsewhere that was paid for already. */
  readonly cost: Interval;
  readonly idleJoules: number;
  readonly usage: HourlyUsage;
}

/** How far grams and money may be off. Only what doesn't cancel in a difference; METHODOLOGY 1.13. */
export interface SavingsRanges {
  /** Power at no load × PUE × intensity of a node; null or left out: the range of all that it emitted. */
  readonly carbonOf?: (node: string) => Factor | null;
}

const HOURS_PER_DAY = 24;

/** By node name; nodes without energy in the look-back are left out. */
export function nodeDays(input: AnalysisInput, ranges: SavingsRanges = {}): ReadonlyMap<string, NodeDay> {
  const days = new Map<string, NodeDay>();
  for (const { key, lines } of groupUsage(input.nodes, ({ node }) => node ?? '')) {
    if (key.node === null || key.node === '') continue;
    const usage = new HourlyUsage(input.nodes, lines, hoursIn(input.range));
    if (usage.observed > 0) days.set(key.node, nodeDay(input, usage, ranges, key.node));
  }
  return days;
}

function nodeDay(input: AnalysisInput, usage: HourlyUsage, ranges: SavingsRanges, node: string): NodeDay {
  const perDay = HOURS_PER_DAY / usage.observed;
  const [joules, idle, unallocated, grams] = (['joules', 'joulesIdle', 'joulesUnallocated', 'co2eGrams'] as const).map(
    (name) => usage.column(name),
  );
  let stops = 0;
  grams?.forEach((value, hour) => {
    if (!(value > 0)) return;
    stops +=
      value *
      idlePart({
        joules: joules?.[hour] ?? 0,
        joulesIdle: idle?.[hour] || 0,
        joulesUnallocated: unallocated?.[hour] || 0,
      });
  });
  const factor =
    ranges.carbonOf?.(node) ??
    factorOfRange(usage.sum('co2eGrams'), usage.sum('co2eLowGrams'), usage.sum('co2eHighGrams'));
  const embodied = usage.sum('embodiedCo2eGrams') * perDay;
  return {
    idleGrams: intervalOf(stops * perDay, factor),
    embodiedGrams: { low: 0, central: embodied, high: embodied * EMBODIED_FACTOR.high },
    cost: intervalOf(usage.sum('totalCost') * perDay, input.prices.factor ?? EXACT),
    idleJoules: (usage.sum('joulesIdle') + usage.sum('joulesUnallocated')) * perDay,
    usage,
  };
}
