import type { EpochSeconds } from '../../model/time.ts';

/** How a value is known. `person`: somebody set it. */
export type HowKnown = 'measured' | 'modelled' | 'default' | 'person';

/** One value of a formula; `symbol` stands in the formula. */
export interface ExplainTerm {
  readonly symbol: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Table, service, meter or setting, with its version or year; `Step …` where another step gives it. */
  readonly source: string;
  readonly known: HowKnown;
  /** What time the value is of; null where that means nothing. */
  readonly atSeconds: EpochSeconds | null;
}

/** `value` = `formula` over `terms`, in `unit`. */
export interface ExplainStep {
  readonly id: string;
  readonly title: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
  readonly formula: string;
  readonly terms: readonly ExplainTerm[];
  readonly note: string | null;
}

export const METRICS = ['carbon', 'energy', 'cost'] as const;
export type ExplainMetric = (typeof METRICS)[number];

/** What stands behind one figure, from the figure down to what was read. */
export interface Chain {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly steps: readonly ExplainStep[];
}

/** A step without a range and a note of its own. */
export function stepOf(
  step: Pick<ExplainStep, 'id' | 'title' | 'value' | 'unit' | 'formula' | 'terms'> & Partial<ExplainStep>,
): ExplainStep {
  return { low: null, high: null, note: null, ...step };
}

/** The result of a step as a term of the step above it. */
export function termOfStep(step: ExplainStep, symbol: string, known: HowKnown = 'modelled'): ExplainTerm {
  const { title, value, unit } = step;
  return { symbol, name: title, value, unit, source: `Step "${title}"`, known, atSeconds: null };
}

export function term(
  symbol: string,
  name: string,
  value: number,
  unit: string,
  from: { readonly source: string; readonly known: HowKnown; readonly atSeconds?: EpochSeconds | null },
): ExplainTerm {
  return { symbol, name, value, unit, source: from.source, known: from.known, atSeconds: from.atSeconds ?? null };
}
