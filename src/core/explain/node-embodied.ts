import { CLOUD_LIFESPAN_HOURS, OWN_METAL_LIFESPAN_HOURS } from '../coefficients/embodied.ts';
import type { BreakdownItem } from '../ports/results-store.ts';
import { GRAMS_PER_KILOGRAM } from '../units.ts';
import type { LargestNode } from './aggregate-facts.ts';
import { EMBODIED_FORMULA, lifespanTerm } from './embodied.ts';
import { embodiedWords } from './source-words.ts';
import { type ExplainStep, stepOf, term } from './step.ts';

/** Own metal, and the clouds whose table says so, live five years. */
const LONG_LIVED: ReadonlySet<string> = new Set(['onprem', 'unknown', 'ovh', 'scaleway']);

/** One node of the sum; null where nothing is known of making it. */
export function nodeEmbodiedStep(item: BreakdownItem, largest: LargestNode): ExplainStep | null {
  const { embodiedKilograms: kilograms, wholeEmbodiedGrams: whole, window, provider } = largest;
  if (kilograms === null || kilograms <= 0 || whole <= 0 || window === null) return null;
  const lifespan = LONG_LIVED.has(provider) ? OWN_METAL_LIFESPAN_HOURS : CLOUD_LIFESPAN_HOURS;
  const stored = { source: 'Results store: sums of rows', known: 'modelled' } as const;
  return stepOf({
    id: 'embodied-node',
    title: `Embodied of ${item.group.key}`,
    value: item.embodiedCo2eGrams,
    low: item.embodiedLowGrams,
    high: item.embodiedHighGrams,
    unit: 'g',
    formula: EMBODIED_FORMULA,
    terms: [
      term('kilograms', `Making ${largest.instanceType ?? item.group.key}, whole life`, kilograms, 'kg', {
        ...embodiedWords(window.sources.embodied),
      }),
      term(
        'hours',
        'Hours of its life in the range',
        (whole * lifespan) / (kilograms * GRAMS_PER_KILOGRAM),
        'h',
        stored,
      ),
      lifespanTerm(lifespan),
      term('share', 'Share of the node that is reserved here', item.embodiedCo2eGrams / whole, '', stored),
    ],
  });
}
