import { reproduces } from './formula.ts';
import type { SourceWords } from './source-words.ts';
import { type ExplainStep, type ExplainTerm, stepOf, term, termOfStep } from './step.ts';

type From = SourceWords & { readonly atSeconds?: number | null };

/** Carbon is operational and embodied together. */
export function sumStep(operational: ExplainStep, embodied: ExplainStep): ExplainStep {
  return stepOf({
    id: 'carbon',
    title: 'Carbon',
    value: operational.value + embodied.value,
    low: (operational.low ?? operational.value) + (embodied.low ?? embodied.value),
    high: (operational.high ?? operational.value) + (embodied.high ?? embodied.value),
    unit: 'g',
    formula: 'operational + embodied',
    terms: [termOfStep(operational, 'operational'), termOfStep(embodied, 'embodied')],
  });
}

export interface OperationalInput {
  readonly grams: number;
  readonly low: number;
  readonly high: number;
  readonly facility: ExplainStep;
  /** As it is known; replaced by the mean weighted by facility energy where energy × this is not the grams. */
  readonly gramsPerKwh: number;
  readonly zone: string | null;
  readonly from: From;
}

/** Energy at the meter × grid intensity. */
export function operationalStep(input: OperationalInput): ExplainStep {
  const { grams, low, high, facility, zone, from } = input;
  const name = zone === null ? 'Grid intensity' : `Grid intensity of ${zone}`;
  const termsWith = (value: number, words: string): ExplainTerm[] => [
    termOfStep(facility, 'energy'),
    term('intensity', words, value, 'g/kWh', from),
  ];
  const formula = 'energy × intensity';
  const base = { id: 'operational', title: 'Operational', value: grams, low, high, unit: 'g', formula } as const;
  const asKnown = termsWith(input.gramsPerKwh, name);
  if (reproduces(formula, asKnown, grams)) return stepOf({ ...base, terms: asKnown });
  const mean = facility.value > 0 ? grams / facility.value : 0;
  return stepOf({
    ...base,
    terms: termsWith(mean, `${name}, mean weighted by energy`),
    note: 'Window by window: energy × the intensity of its own time. The intensity shown is the mean that gives the same grams.',
  });
}

export interface FacilityInput {
  readonly kwh: number;
  readonly itEnergy: ExplainStep;
  readonly pue: number;
  readonly from: From;
  readonly isMean?: boolean;
}

/** Energy at the meter of the building. Its range is that of IT energy. */
export function facilityStep({ kwh, itEnergy, pue, from, isMean = false }: FacilityInput): ExplainStep {
  const ratio = itEnergy.value > 0 ? kwh / itEnergy.value : 0;
  return stepOf({
    id: 'facility-energy',
    title: 'Energy at the meter',
    value: kwh,
    low: (itEnergy.low ?? itEnergy.value) * ratio,
    high: (itEnergy.high ?? itEnergy.value) * ratio,
    unit: 'kWh',
    formula: 'it_energy × pue',
    terms: [
      termOfStep(itEnergy, 'it_energy'),
      term('pue', isMean ? 'PUE, mean weighted by energy' : 'PUE', pue, '', from),
    ],
  });
}
