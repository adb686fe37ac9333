import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainAggregate, ROLLED_UP } from '../../../../src/core/explain/aggregate.ts';
import type { AggregateFacts } from '../../../../src/core/explain/aggregate-facts.ts';
import type { RowFacts } from '../../../../src/core/explain/row-facts.ts';
import { METRICS } from '../../../../src/core/explain/step.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import { coefficientsOf, factsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';
import { anyCluster } from '../window/any-cluster.ts';
import { checkByHand, near } from './by-hand.ts';
import { storedRows } from './stored.ts';
import { itemsByNode, totalsOf } from './sums.ts';

/** Two nodes in two zones: means over them are weighted by energy. */
function twoNodes(): RowFacts[] {
  const [small, large] = ['small', 'large'].map((name, index) =>
    nodeFactsOf({
      node: nodeOf({ name, cpuCapacityMillicores: 4000 * (index + 1) }),
      cpuSeconds: 7200,
      pods: [podFactsOf({ name: `pod-${name}` })],
    }),
  );
  if (small === undefined || large === undefined) throw new Error('two nodes');
  const base = coefficientsOf();
  const clean = coefficientsOf({
    intensity: { ...base.intensity, gramsPerKwh: 20 },
    pue: { ...base.pue, pue: 1.1 },
    embodied: { ...base.embodied, kilograms: 100 },
    curve: { ...base.curve, watts: [50, 60, 90, 120] },
  });
  const of = ({ name }: { name: string }): NodeCoefficients => (name === 'large' ? clean : base);
  return storedRows(
    computeWindow({ clusterId: 'c', facts: factsOf([small, large]), coefficientsOf: of, zoneOf: () => 'FR' }),
  );
}

function aggregateOf(rows: readonly RowFacts[], changes: Partial<AggregateFacts> = {}): AggregateFacts {
  const nodes = itemsByNode(rows);
  const [top] = nodes;
  const ofTop = rows.find(({ row }) => row.node === top?.group.key);
  return {
    totals: totalsOf(rows),
    nodes,
    nodeCount: nodes.length,
    largest:
      ofTop === undefined
        ? null
        : {
            window: ofTop.nodeWindow,
            provider: ofTop.row.provider,
            zone: ofTop.row.emapsZone,
            instanceType: ofTop.row.nodeInstanceType,
            embodiedKilograms: ofTop.embodiedKilograms,
            wholeEmbodiedGrams: top?.embodiedCo2eGrams ?? 0,
          },
    currency: 'USD',
    areRowsGone: false,
    ...changes,
  };
}

describe('a sum over two nodes', () => {
  const rows = twoNodes();
  const facts = aggregateOf(rows);
  const totals = facts.totals;

  test.each(METRICS)('%s by hand', (metric) => {
    const chain = explainAggregate(facts, metric);
    checkByHand(chain);
    const value = {
      carbon: totals.co2eGrams + totals.embodiedCo2eGrams,
      energy: totals.pueJoules / 3.6e6,
      cost: totals.totalCost,
    }[metric];
    near(chain.value, value);
  });

  test('intensity and PUE are the means that give the same grams, not the means of the values', () => {
    const { steps } = explainAggregate(facts, 'carbon');
    const [operational, facility] = ['operational', 'facility-energy'].map((id) =>
      steps.find((step) => step.id === id),
    );
    const intensity = operational?.terms[1]?.value ?? 0;
    const pue = facility?.terms[1]?.value ?? 0;
    expect(intensity).toBeGreaterThan(20);
    expect(intensity).toBeLessThan(60);
    expect(pue).toBeGreaterThan(1.1);
    expect(pue).toBeLessThan(1.15);
    expect(operational?.note).toContain('the intensity of its own time');
    near((facility?.value ?? 0) * intensity, totals.co2eGrams);
  });

  test('shows the largest node: its power, and making it', () => {
    const { steps } = explainAggregate(facts, 'carbon');
    expect(steps.map(({ id }) => id)).toEqual([
      'carbon',
      'operational',
      'facility-energy',
      'it-energy',
      'node-power',
      'utilisation',
      'embodied',
      'embodied-node',
    ]);
    const made = steps.find(({ id }) => id === 'embodied-node');
    expect(made?.terms.map(({ symbol, value }) => [symbol, Number(value.toFixed(9))])).toEqual([
      ['kilograms', 100],
      ['hours', 1],
      ['lifespan', 35_040],
      ['share', 1],
    ]);
    expect(steps.find(({ id }) => id === 'node-power')?.title).toBe('Power of large');
  });

  test('the range is that of the sums', () => {
    const chain = explainAggregate(facts, 'carbon');
    near(chain.low, totals.co2eLowGrams + totals.embodiedLowGrams);
    near(chain.high, totals.co2eHighGrams + totals.embodiedHighGrams);
  });

  test('of the pods of one of the nodes, the share of that node is shown', () => {
    const pods = rows.filter(({ row }) => row.podName === 'pod-large');
    const whole = itemsByNode(rows).find(({ group }) => group.key === 'large')?.embodiedCo2eGrams ?? 0;
    const part = aggregateOf(pods);
    const chain = explainAggregate(
      { ...part, largest: part.largest && { ...part.largest, wholeEmbodiedGrams: whole } },
      'carbon',
    );
    checkByHand(chain);
    const share = chain.steps.find(({ id }) => id === 'embodied-node')?.terms.find(({ symbol }) => symbol === 'share');
    expect(share?.value).toBeGreaterThan(0);
    expect(share?.value).toBeLessThan(0.5);
  });
});

test('GPUs that pods hold and volumes are parts of their own', () => {
  const rows = twoNodes();
  const totals = totalsOf(rows);
  const more = { ...totals, joules: totals.joules + 700, joulesGpu: 500, joulesStorage: 200 };
  const { steps } = explainAggregate(
    aggregateOf(rows, { totals: { ...more, pueJoules: more.joules * 1.2 } }),
    'energy',
  );
  const parts = steps.find(({ id }) => id === 'it-energy')?.terms ?? [];
  expect(parts.map(({ symbol }) => symbol)).toEqual(['work', 'reserved', 'system', 'spare', 'gpu', 'storage']);
  near(parts.find(({ symbol }) => symbol === 'gpu')?.value ?? 0, 500 / 3.6e6, 1e-6);
  near(parts.find(({ symbol }) => symbol === 'storage')?.value ?? 0, 200 / 3.6e6);
});

test('nodes beyond the named ones are one term', () => {
  const nodes = Array.from({ length: 12 }, (_, index) =>
    nodeFactsOf({ node: nodeOf({ name: `node-${index}` }), pods: [podFactsOf({ name: `pod-${index}` })] }),
  );
  const rows = storedRows(
    computeWindow({
      clusterId: 'c',
      facts: factsOf(nodes),
      coefficientsOf: () => coefficientsOf(),
      zoneOf: () => 'FR',
    }),
  );
  const chain = explainAggregate(aggregateOf(rows), 'cost');
  checkByHand(chain);
  expect(chain.steps[0]?.terms).toHaveLength(9);
  expect(chain.steps[0]?.terms.at(-1)).toMatchObject({ symbol: 'others', name: '4 other nodes' });
});

test('rows that were rolled up are said to be, and sums explain them', () => {
  const facts = aggregateOf(twoNodes(), { largest: null, areRowsGone: true });
  for (const metric of METRICS) {
    const chain = explainAggregate(facts, metric);
    checkByHand(chain);
    expect(chain.steps[0]?.note).toContain(ROLLED_UP);
  }
});

test('nothing at all adds up to nothing', () => {
  const facts = aggregateOf([]);
  for (const metric of METRICS) {
    const chain = explainAggregate(facts, metric);
    checkByHand(chain);
    expect(chain.value).toBe(0);
  }
});

test('the sum of any cluster can be computed by hand', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyCluster, ({ nodes, volumes, volumeCoefficient, costs }) => {
      const byName = new Map(nodes.map(({ facts, coefficients }) => [facts.node.name, coefficients]));
      const rows = storedRows(
        computeWindow({
          clusterId: 'c',
          facts: { ...factsOf(nodes.map(({ facts }) => facts)), volumes },
          coefficientsOf: ({ name }) => byName.get(name) ?? coefficientsOf(),
          zoneOf: () => 'FR',
          volumeOf: () => volumeCoefficient,
          costs,
        }),
      );
      for (const metric of METRICS) checkByHand(explainAggregate(aggregateOf(rows), metric));
    }),
    { numRuns: 40 },
  );
});
