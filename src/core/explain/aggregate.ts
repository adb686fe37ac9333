import { kwhOfJoules } from '../carbon/operational.ts';
import type { Sums } from '../ports/results-store.ts';
import type { AggregateFacts, LargestNode } from './aggregate-facts.ts';
import { facilityStep, operationalStep, sumStep } from './carbon.ts';
import { isSame } from './formula.ts';
import { nodeEmbodiedStep } from './node-embodied.ts';
import { nodeSteps } from './node-power.ts';
import { nodeSumStep } from './node-sum.ts';
import { intensityWords, pueWords, type SourceWords } from './source-words.ts';
import { type Chain, type ExplainMetric, type ExplainStep, type ExplainTerm, stepOf, term } from './step.ts';

export const ROLLED_UP =
  'The windows of this time were rolled up or removed by retention: this is explained from the sums by hour and day.';

/** How a sum came about. Means are weighted so that each step's value is its formula over its terms (1e-9). */
export function explainAggregate(facts: AggregateFacts, metric: ExplainMetric): Chain {
  const [first, ...rest] = stepsOf(facts, metric);
  if (first === undefined) throw new RangeError('an explanation has a first step');
  const note = facts.areRowsGone ? [first.note, ROLLED_UP].filter((each) => each !== null).join(' ') : first.note;
  const { value, low, high, unit } = first;
  return { value, low: low ?? value, high: high ?? value, unit, steps: [{ ...first, note }, ...rest] };
}

function stepsOf(facts: AggregateFacts, metric: ExplainMetric): ExplainStep[] {
  switch (metric) {
    case 'cost':
      return costSteps(facts);
    case 'energy':
      return energySteps(facts);
    case 'carbon':
      return carbonSteps(facts);
  }
}

function carbonSteps(facts: AggregateFacts): ExplainStep[] {
  const { totals, largest } = facts;
  const energy = energySteps(facts);
  const [facility] = energy;
  if (facility === undefined) return [];
  const operational = operationalStep({
    grams: totals.co2eGrams,
    low: totals.co2eLowGrams,
    high: totals.co2eHighGrams,
    facility,
    gramsPerKwh: totals.joules > 0 ? totals.intensityJoules / totals.joules : 0,
    zone: null,
    from: weighted(facts, intensityOf(largest)),
  });
  const embodied = nodeSumStep(
    {
      id: 'embodied',
      title: 'Embodied',
      value: totals.embodiedCo2eGrams,
      low: totals.embodiedLowGrams,
      high: totals.embodiedHighGrams,
      unit: 'g',
      note: 'Σ nodes: grams of making each node for the time it existed × the share that is reserved.',
    },
    facts,
    (item) => item.embodiedCo2eGrams,
  );
  const item = facts.nodes.find(({ group }) => group.key !== '');
  const below = largest === null || item === undefined ? null : nodeEmbodiedStep(item, largest);
  return [sumStep(operational, embodied), operational, ...energy, embodied, ...(below === null ? [] : [below])];
}

function energySteps(facts: AggregateFacts): ExplainStep[] {
  const { totals, largest } = facts;
  const itEnergy = itEnergyStep(totals);
  const pue = totals.joules > 0 ? totals.pueJoules / totals.joules : 0;
  const facility = facilityStep({
    kwh: kwhOfJoules(totals.pueJoules),
    itEnergy,
    pue,
    from: weighted(facts, pueOf(largest)),
    isMean: true,
  });
  const window = largest?.window ?? null;
  return [facility, itEnergy, ...(window === null ? [] : nodeSteps(window).below.map(asLargest))];
}

function asLargest(step: ExplainStep): ExplainStep {
  const words = 'The node that took most of this energy, in its newest window of the range.';
  return { ...step, note: step.note === null ? words : `${words} ${step.note}` };
}

/** The parts of IT energy; what the other parts leave is of cards that pods hold. */
function itEnergyStep(totals: Sums): ExplainStep {
  const host = totals.joulesDynamic + totals.joulesIdle + totals.joulesSystem + totals.joulesUnallocated;
  const rest = totals.joules - host - totals.joulesStorage;
  const known = knownOf(totals);
  const parts: ExplainTerm[] = [
    ['work', 'Work of pods', totals.joulesDynamic] as const,
    ['reserved', 'Idle power that pods reserve', totals.joulesIdle] as const,
    ['system', 'System of the nodes', totals.joulesSystem] as const,
    ['spare', 'Spare capacity', totals.joulesUnallocated] as const,
    ['gpu', 'GPUs that pods hold', isSame(totals.joules, totals.joules - rest) ? 0 : rest] as const,
    ['storage', 'Persistent volumes', totals.joulesStorage] as const,
  ].flatMap(([symbol, name, joules]) => (joules === 0 ? [] : [term(symbol, name, kwhOfJoules(joules), 'kWh', known)]));
  return stepOf({
    id: 'it-energy',
    title: 'IT energy',
    value: kwhOfJoules(totals.joules),
    low: kwhOfJoules(totals.joulesLow),
    high: kwhOfJoules(totals.joulesHigh),
    unit: 'kWh',
    formula: parts.length === 0 ? '0' : parts.map(({ symbol }) => symbol).join(' + '),
    terms: parts,
    note: energyNote(totals),
  });
}

function knownOf({ joules, joulesMeasured, joulesDefault }: Sums): SourceWords {
  const source = 'Results store: sums of rows';
  if (isSame(joules, joulesMeasured)) return { source, known: 'measured' };
  return { source, known: isSame(joules, joulesDefault) ? 'default' : 'modelled' };
}

function energyNote({ joules, joulesMeasured, joulesDefault }: Sums): string {
  const share = (part: number) => `${joules > 0 ? Math.round((part / joules) * 1000) / 10 : 0} %`;
  const modelled = Math.max(0, joules - joulesMeasured - joulesDefault);
  return `Before PUE. Measured ${share(joulesMeasured)}, modelled ${share(modelled)}, by defaults ${share(joulesDefault)}.`;
}

function costSteps(facts: AggregateFacts): ExplainStep[] {
  const { totals, currency } = facts;
  const base = { id: 'cost', title: 'Cost', value: totals.totalCost, low: totals.costLow, high: totals.costHigh };
  const note = 'Σ nodes. Of each row: price × max(request, use) × hours, or what OpenCost gives for it.';
  return [nodeSumStep({ ...base, unit: currency, note }, facts, (item) => item.totalCost)];
}

function intensityOf(largest: LargestNode | null): SourceWords | null {
  return largest?.window ? intensityWords(largest.window.sources.intensity, largest.zone) : null;
}

function pueOf(largest: LargestNode | null): SourceWords | null {
  return largest?.window ? pueWords(largest.window.sources.pue, largest.provider) : null;
}

/** Words of a mean: where the largest part of it comes from. */
function weighted({ nodeCount }: AggregateFacts, of: SourceWords | null): SourceWords {
  if (of === null) return { source: 'Results store: sums by hour and day', known: 'modelled' };
  if (nodeCount <= 1) return of;
  return { source: `Mean of ${nodeCount} nodes by energy; of the largest: ${of.source}`, known: of.known };
}
