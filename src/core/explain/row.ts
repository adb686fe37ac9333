import { kwhOfJoules } from '../carbon/operational.ts';
import { facilityStep, operationalStep, sumStep } from './carbon.ts';
import { costSteps } from './cost.ts';
import { embodiedStep } from './embodied.ts';
import { reservationStep } from './reservation.ts';
import { energySteps } from './row-energy.ts';
import type { RowFacts } from './row-facts.ts';
import { intensityWords, pueWords } from './source-words.ts';
import type { Chain, ExplainMetric, ExplainStep } from './step.ts';

/** How a figure of one stored row came about. Every step's value is its formula over its terms (1e-9). */
export function explainRow(facts: RowFacts, metric: ExplainMetric): Chain {
  const steps = stepsOf(facts, metric);
  const [top] = steps;
  if (top === undefined) throw new RangeError('an explanation has a first step');
  return { value: top.value, low: top.low ?? top.value, high: top.high ?? top.value, unit: top.unit, steps };
}

function stepsOf(facts: RowFacts, metric: ExplainMetric): ExplainStep[] {
  switch (metric) {
    case 'cost':
      return costSteps(facts);
    case 'energy':
      return facilitySteps(facts);
    case 'carbon':
      return carbonSteps(facts);
  }
}

function carbonSteps(facts: RowFacts): ExplainStep[] {
  const { row, nodeWindow } = facts;
  const energy = facilitySteps(facts);
  const [facility] = energy;
  if (facility === undefined) return [];
  const operational = operationalStep({
    grams: row.co2eGrams,
    low: row.co2eLowGrams,
    high: row.co2eHighGrams,
    facility,
    gramsPerKwh: row.gridIntensity,
    zone: row.emapsZone,
    from: { ...intensityWords(row.sources.intensity, row.emapsZone), atSeconds: row.gridIntensityAtSeconds },
  });
  const embodied = embodiedStep(facts);
  const isShareShown = energy.some(({ id }) => id === 'reservation');
  const usesShare = embodied.terms.some(({ symbol }) => symbol === 'share');
  const share = usesShare && !isShareShown && nodeWindow !== null ? [reservationStep(facts, nodeWindow)] : [];
  return [sumStep(operational, embodied), operational, ...energy, embodied, ...share];
}

function facilitySteps(facts: RowFacts): ExplainStep[] {
  const { row } = facts;
  const energy = energySteps(facts);
  const [itEnergy] = energy;
  if (itEnergy === undefined) return [];
  const kwh = kwhOfJoules(row.joules) * row.pue;
  const from = pueWords(row.sources.pue, placeOf(facts));
  return [facilityStep({ kwh, itEnergy, pue: row.pue, from }), ...energy];
}

function placeOf({ row }: RowFacts): string {
  return row.nodeZone === null ? row.provider : `${row.provider} ${row.nodeZone}`;
}
