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

test('a worked sum: two nodes of different zones, step by step', () => {
  const { steps } = explainAggregate(aggregateOf(twoNodes()), 'carbon');
  const figure = (value: number) => Number(value.toPrecision(9));
  const lines = steps.map(({ id, value, unit, formula, terms }) => ({
    step: `${id}: ${figure(value)} ${unit} = ${formula}`,
    terms: Object.fromEntries(terms.map((term) => [term.symbol, [figure(term.value), term.known, term.source]])),
  }));
  expect(lines).toMatchInlineSnapshot(`
    [
      {
        "step": "carbon: 9.02138128 g = operational + embodied",
        "terms": {
          "embodied": [
            3.85388128,
            "modelled",
            "Step "Embodied"",
          ],
          "operational": [
            5.1675,
            "modelled",
            "Step "Operational"",
          ],
        },
      },
      {
        "step": "operational: 5.1675 g = energy × intensity",
        "terms": {
          "energy": [
            0.114375,
            "modelled",
            "Step "Energy at the meter"",
          ],
          "intensity": [
            45.1803279,
            "modelled",
            "Mean of 2 nodes by energy; of the largest: electricity_maps_yearly_ODbL.csv (Electricity Maps, ODbL 1.0, 2021–2025): FR",
          ],
        },
      },
      {
        "step": "facility-energy: 0.114375 kWh = it_energy × pue",
        "terms": {
          "it_energy": [
            0.10125,
            "modelled",
            "Step "IT energy"",
          ],
          "pue": [
            1.12962963,
            "modelled",
            "Mean of 2 nodes by energy; of the largest: pue.csv (2021–2024): mean of aws",
          ],
        },
      },
      {
        "step": "it-energy: 0.10125 kWh = work + reserved + system + spare",
        "terms": {
          "reserved": [
            0.015,
            "modelled",
            "Results store: sums of rows",
          ],
          "spare": [
            0.045,
            "modelled",
            "Results store: sums of rows",
          ],
          "system": [
            0.0309375,
            "modelled",
            "Results store: sums of rows",
          ],
          "work": [
            0.0103125,
            "modelled",
            "Results store: sums of rows",
          ],
        },
      },
      {
        "step": "node-power: 71.25 W = p_from + (p_to − p_from) × (u − u_from) ÷ (u_to − u_from)",
        "terms": {
          "p_from": [
            60,
            "modelled",
            "instance_types.csv (CCF 2026-04): Teads curve of the type",
          ],
          "p_to": [
            90,
            "modelled",
            "instance_types.csv (CCF 2026-04): Teads curve of the type",
          ],
          "u": [
            0.25,
            "measured",
            "Step "CPU use of large"",
          ],
          "u_from": [
            0.1,
            "modelled",
            "aws/m5.xlarge/teads",
          ],
          "u_to": [
            0.5,
            "modelled",
            "aws/m5.xlarge/teads",
          ],
        },
      },
      {
        "step": "utilisation: 0.25  = min(1, cpu_seconds ÷ (vcpu × existed))",
        "terms": {
          "cpu_seconds": [
            7200,
            "measured",
            "Prometheus: node_exporter",
          ],
          "existed": [
            3600,
            "measured",
            "Kubernetes: life of the node in the window",
          ],
          "vcpu": [
            8,
            "measured",
            "Kubernetes: capacity",
          ],
        },
      },
      {
        "step": "embodied: 3.85388128 g = n1 + n2",
        "terms": {
          "n1": [
            2.85388128,
            "modelled",
            "Results store: sums of rows",
          ],
          "n2": [
            1,
            "modelled",
            "Results store: sums of rows",
          ],
        },
      },
      {
        "step": "embodied-node: 2.85388128 g = kilograms × 1000 × hours ÷ lifespan × share",
        "terms": {
          "hours": [
            1,
            "modelled",
            "Results store: sums of rows",
          ],
          "kilograms": [
            100,
            "modelled",
            "instance_types.csv (CCF 2026-04): embodied of the type",
          ],
          "lifespan": [
            35040,
            "default",
            "Methodology 1.10",
          ],
          "share": [
            1,
            "modelled",
            "Results store: sums of rows",
          ],
        },
      },
    ]
  `);
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
