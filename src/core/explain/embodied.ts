import { CLOUD_LIFESPAN_HOURS, OWN_METAL_LIFESPAN_HOURS } from '../coefficients/embodied.ts';
import { GRAMS_PER_KILOGRAM, SECONDS_PER_HOUR } from '../units.ts';
import { isSame } from './formula.ts';
import { reservationStep } from './reservation.ts';
import type { RowFacts } from './row-facts.ts';
import { embodiedWords } from './source-words.ts';
import { type ExplainStep, stepOf, term, termOfStep } from './step.ts';

export const EMBODIED_FORMULA = `kilograms × ${GRAMS_PER_KILOGRAM} × hours ÷ lifespan × share`;

/** A row's part of making its node; the reservation it goes by is the step after it where it is not shown before. */
export function embodiedStep(facts: RowFacts): ExplainStep {
  const { row, nodeWindow, embodiedKilograms: kilograms } = facts;
  const base = {
    id: 'embodied',
    title: 'Embodied',
    value: row.embodiedCo2eGrams,
    low: row.embodiedLowGrams,
    high: row.embodiedHighGrams,
    unit: 'g',
  };
  const words = embodiedWords(row.sources.embodied);
  if (row.embodiedCo2eGrams === 0) return stepOf({ ...base, formula: '0', terms: [], note: noteOfNothing(facts) });
  if (nodeWindow === null || kilograms === null) {
    const recorded = term('recorded', 'As recorded', row.embodiedCo2eGrams, 'g', words);
    return stepOf({ ...base, formula: 'recorded', terms: [recorded] });
  }
  const share = reservationStep(facts, nodeWindow);
  const hours = nodeWindow.existedSeconds / SECONDS_PER_HOUR;
  const lifespan = lifespanOf(kilograms * hours * share.value, row.embodiedCo2eGrams);
  return stepOf({
    ...base,
    formula: EMBODIED_FORMULA,
    terms: [
      term('kilograms', `Making ${row.nodeInstanceType ?? row.node}, whole life`, kilograms, 'kg', words),
      term('hours', 'Hours that the node existed', hours, 'h', { source: 'Window', known: 'measured' }),
      lifespanTerm(lifespan),
      termOfStep(share, 'share', 'measured'),
    ],
  });
}

export function lifespanTerm(hours: number) {
  const isKnown = hours === CLOUD_LIFESPAN_HOURS || hours === OWN_METAL_LIFESPAN_HOURS;
  return term('lifespan', 'Hours that a machine lives', hours, 'h', {
    source: isKnown ? 'Methodology 1.10' : 'Source of the embodied emissions',
    known: 'default',
  });
}

/** The life that gives the grams: one of the two known ones where it is that. */
export function lifespanOf(kilogramHours: number, grams: number): number {
  const hours = (kilogramHours * GRAMS_PER_KILOGRAM) / grams;
  return [CLOUD_LIFESPAN_HOURS, OWN_METAL_LIFESPAN_HOURS].find((known) => isSame(known, hours)) ?? hours;
}

function noteOfNothing({ row }: RowFacts): string | null {
  switch (row.rowKind) {
    case 'system':
      return 'The system reserves nothing of the node.';
    case 'volume':
      return 'No embodied emissions are known for volumes.';
    case 'pod':
    case 'unallocated':
      return 'Nothing of the node is held.';
  }
}
