import { describe, expect, test } from 'vitest';
import { explainAggregate } from '../../../../src/core/explain/aggregate.ts';
import type { AggregateFacts } from '../../../../src/core/explain/aggregate-facts.ts';
import { evaluate } from '../../../../src/core/explain/formula.ts';
import { nodeSumStep } from '../../../../src/core/explain/node-sum.ts';
import type { BreakdownItem, Totals } from '../../../../src/core/ports/results-store.ts';
import { ZERO_TOTALS } from '../../../fakes/backend/zero-sums.ts';
import { nodeFactsOf } from '../builders.ts';
import { factsOfKind, windowOf } from './stored.ts';

const item = (key: string, totalCost: number, more: Partial<Totals> = {}): BreakdownItem => ({
  ...ZERO_TOTALS,
  totalCost,
  ...more,
  group: { key, clusterId: 'c', namespace: null, ownerKind: null, ownerName: null, node: key },
});
const nodes = (count: number, cost = (index: number) => 100 - index) =>
  Array.from({ length: count }, (_, index) => item(`n${index + 1}`, cost(index)));

function factsOf(items: readonly BreakdownItem[], more: Partial<AggregateFacts> = {}): AggregateFacts {
  const totalCost = items.reduce((sum, each) => sum + each.totalCost, 0);
  return {
    totals: { ...ZERO_TOTALS, totalCost, costLow: totalCost / 2, costHigh: totalCost * 2 },
    nodes: items,
    nodeCount: items.filter(({ group }) => group.key !== '').length,
    largest: null,
    currency: 'EUR',
    areRowsGone: false,
    ...more,
  };
}

function sumOf(facts: AggregateFacts) {
  const base = { id: 'cost', title: 'Cost', value: facts.totals.totalCost, low: null, high: null, unit: 'EUR' };
  const step = nodeSumStep({ ...base, note: null }, facts, ({ totalCost }) => totalCost);
  expect(evaluate(step.formula, step.terms)).toBeCloseTo(step.value, 9);
  return step.terms.map(({ name, value }) => [name, value]);
}

describe('a sum over nodes', () => {
  test('names each, the dearest first, whatever order they come in', () => {
    expect(sumOf(factsOf([item('small', 1), item('large', 5), item('middle', 3)]))).toEqual([
      ['large', 5],
      ['middle', 3],
      ['small', 1],
    ]);
  });

  test('leaves out those that are nothing', () => {
    expect(sumOf(factsOf([item('a', 2), item('b', 0)]))).toEqual([['a', 2]]);
    expect(sumOf(factsOf([item('a', 0)]))).toEqual([]);
    expect(sumOf(factsOf([]))).toEqual([]);
  });

  test('volumes have a name of their own and are no node', () => {
    const facts = factsOf([item('a', 2), item('', 3), item('b', 1)]);
    expect(facts.nodeCount).toBe(2);
    expect(sumOf(facts)).toEqual([
      ['Persistent volumes', 3],
      ['a', 2],
      ['b', 1],
    ]);
  });

  test('beyond eight the others are counted: volumes among the named are not taken off the nodes', () => {
    const named = sumOf(factsOf([item('', 1000), ...nodes(9)]));
    expect(named).toHaveLength(9);
    expect(named[0]).toEqual(['Persistent volumes', 1000]);
    expect(named.at(-1)).toEqual(['2 other nodes', 93 + 92]);
  });

  test('volumes among the others are told beside their number', () => {
    expect(sumOf(factsOf([...nodes(10), item('', 1)])).at(-1)).toEqual(['2 other nodes and volumes', 92 + 91 + 1]);
    expect(sumOf(factsOf([...nodes(9), item('', 1)])).at(-1)).toEqual(['1 other node and volumes', 92 + 1]);
    expect(sumOf(factsOf([...nodes(8), item('', 1)])).at(-1)).toEqual(['volumes', 1]);
  });

  test('of more nodes than were looked at, the number is that of all of them', () => {
    const looked = factsOf(nodes(50));
    const all = { ...looked, nodeCount: 400, totals: { ...looked.totals, totalCost: 50_000 } };
    expect(sumOf(all).at(-1)?.[0]).toBe('392 other nodes');
  });
});

describe('a sum with volumes', () => {
  const storage = { joules: 7.2e6, joulesStorage: 7.2e6, joulesLow: 3.6e6, joulesHigh: 14.4e6 };
  const figures = { pueJoules: 7.2e6 * 1.5, co2eGrams: 300, co2eLowGrams: 100, co2eHighGrams: 900 };
  const volumes = item('', 4, { ...storage, ...figures, intensityJoules: 7.2e6 * 100, joulesDefault: 7.2e6 });

  test('of volumes alone is explained without a node', () => {
    const facts = factsOf([volumes], { totals: { ...volumes, costLow: 2, costHigh: 8 } });
    const { value, steps } = explainAggregate(facts, 'carbon');
    expect(value).toBe(300);
    expect(steps.map(({ id }) => id)).toEqual(['carbon', 'operational', 'facility-energy', 'it-energy', 'embodied']);
    const energy = steps.find(({ id }) => id === 'it-energy');
    expect(energy?.terms).toMatchObject([{ name: 'Persistent volumes', value: 2, known: 'default' }]);
    expect(energy?.note).toBe('Before PUE. Measured 0 %, modelled 0 %, by defaults 100 %.');
  });

  test('the embodied step is that of a node, though volumes took more energy', () => {
    const node = item('n1', 1, { joules: 3.6e6, joulesDynamic: 3.6e6, pueJoules: 3.6e6, embodiedCo2eGrams: 10 });
    const totals = { ...ZERO_TOTALS, ...storage, joules: 10.8e6, joulesDynamic: 3.6e6, embodiedCo2eGrams: 10 };
    const facts = factsOf([volumes, node], {
      totals: { ...totals, pueJoules: 14.4e6, co2eGrams: 400, intensityJoules: 10.8e6 * 100 },
    });
    const { nodeWindow: window } = factsOfKind(windowOf(nodeFactsOf()), 'pod');
    const type = { provider: 'aws', zone: 'FR', instanceType: 'm5.xlarge', embodiedKilograms: 35.04 };
    const largest = { ...type, window, wholeEmbodiedGrams: 40 };
    const { steps } = explainAggregate({ ...facts, largest }, 'carbon');
    const embodied = steps.find(({ id }) => id === 'embodied');
    expect(embodied?.terms.map(({ name }) => name)).toEqual(['n1']);
    const below = steps.find(({ id }) => id === 'embodied-node');
    expect(below).toMatchObject({ title: 'Embodied of n1', value: 10 });
    // 40 g are 40 hours of a machine of 35.04 kg that lives 35,040; a quarter of it is here.
    expect(below?.terms.map(({ value }) => value)).toEqual([35.04, expect.closeTo(40, 9), 35_040, 0.25]);
  });

  test('PUE and intensity are the means that give the same grams: 300 g of 3 kWh at the meter, of 2 kWh of IT energy', () => {
    const facts = factsOf([volumes], { totals: volumes });
    const { steps } = explainAggregate(facts, 'carbon');
    const figureOf = (id: string, symbol: string) =>
      steps.find((step) => step.id === id)?.terms.find((term) => term.symbol === symbol)?.value;
    expect(figureOf('operational', 'energy')).toBeCloseTo(3, 12);
    expect(figureOf('operational', 'intensity')).toBeCloseTo(100, 9);
    expect(figureOf('facility-energy', 'pue')).toBeCloseTo(1.5, 12);
  });

  test('nothing has no intensity, no PUE and no part', () => {
    for (const metric of ['carbon', 'energy', 'cost'] as const) {
      const { value, low, high, steps } = explainAggregate(factsOf([]), metric);
      expect([value, low, high]).toEqual([0, 0, 0]);
      for (const step of steps) expect(evaluate(step.formula, step.terms)).toBe(0);
    }
  });
});
