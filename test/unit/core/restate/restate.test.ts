import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addTotals, isUnchanged, NO_TOTALS } from '../../../../src/core/restate/compare.ts';
import type { PlaceCoefficients, RestatedPlace } from '../../../../src/core/restate/new-coefficients.ts';
import { restateWindow } from '../../../../src/core/restate/restate-window.ts';
import { CALCULATION_VERSION } from '../../../../src/core/version.ts';
import { type ComputedWindow, computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import type { ResultRow, WindowResult } from '../../../../src/model/results.ts';
import { coefficientsOf, factsOf, HOUR, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';
import { anyCluster, type Cluster } from '../window/any-cluster.ts';

const NUMBERS = [
  'co2eGrams',
  'co2eLowGrams',
  'co2eHighGrams',
  'co2eMarketGrams',
  'embodiedCo2eGrams',
  'embodiedLowGrams',
  'embodiedHighGrams',
  'gridIntensity',
  'pue',
  'costCpu',
  'costMemory',
  'costStorage',
  'totalCost',
  'costLow',
  'costHigh',
] as const satisfies readonly (keyof ResultRow)[];

function resultOf(computed: ComputedWindow): WindowResult {
  const entry = {
    clusterId: 'c',
    window: HOUR,
    state: 'whole',
    coveredSeconds: 3600,
    reason: null,
    notices: [],
    rowCount: computed.rows.length,
    closedAtSeconds: 0,
  } as const;
  return { entry, ...computed };
}

function near(a: number, b: number, tolerance: number) {
  if (Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b), 1e-300)) return;
  expect({ a, b }).toEqual('the same');
}

/** One node with one pod, and what its coefficients become. */
function restated(changes: Partial<NodeCoefficients>, emapsZone = 'FR') {
  const facts = factsOf([nodeFactsOf({ pods: [podFactsOf({ aliveSeconds: 1800 })] })]);
  const compute = (coefficients: NodeCoefficients, zone: string) =>
    resultOf(computeWindow({ clusterId: 'c', facts, coefficientsOf: () => coefficients, zoneOf: () => zone }));
  const before = compute(coefficientsOf(), 'FR');
  const coefficients = coefficientsOf(changes);
  return {
    before,
    after: restateWindow(before, () => ({ coefficients, emapsZone })),
    fresh: compute(coefficients, emapsZone),
  };
}

describe('restating gives what computing with the new coefficients gives', () => {
  const base = coefficientsOf();
  test.each<[string, Partial<NodeCoefficients>]>([
    ['PUE', { pue: { pue: 1.6, source: 'person', factor: { low: 0.97, high: 1.03 } } }],
    ['intensity', { intensity: { ...base.intensity, gramsPerKwh: 31, source: 'live', atSeconds: HOUR.startSeconds } }],
    ['default PUE', { pue: { pue: 1.58, source: 'on-prem', factor: { low: 0.8, high: 1.3 } } }],
    [
      'embodied',
      { embodied: { kilograms: 80, lifespanHours: 43_800, source: 'boavizta', factor: { low: 0.6, high: 1.7 } } },
    ],
    [
      'prices',
      {
        prices: { ...base.prices, cpuCoreHour: 0.1, memoryGbHour: 0.02, source: 'person', factor: { low: 1, high: 1 } },
      },
    ],
    ['contract', { market: { share: 0.6, contractGramsPerKwh: 0, residualGramsPerKwh: null, source: 'person' } }],
    ['direct factors', { direct: { ...base.intensity, gramsPerKwh: 60, factorType: 'direct' } }],
  ])('%s', (_name, changes) => {
    const { before, after, fresh } = restated(changes);
    expect(isUnchanged(before, after)).toBe(false);
    expect(isUnchanged(fresh, after)).toBe(true);
    after.rows.forEach((row, index) => {
      expect(row.joules).toBe(before.rows[index]?.joules);
      expect(row.estimationReasons).toEqual(fresh.rows[index]?.estimationReasons);
      expect(row.isEstimated).toBe(fresh.rows[index]?.isEstimated);
      expect(row.sources).toEqual(fresh.rows[index]?.sources);
      expect(row.calculationVersion).toBe(CALCULATION_VERSION);
    });
    expect(after.nodeWindows).toEqual(fresh.nodeWindows);
    expect(after.nodeSnapshots).toEqual(fresh.nodeSnapshots);
  });

  test('a grid zone: rows and snapshots move, sentences about the old one go', () => {
    const intensity = { ...base.intensity, zone: 'WORLD', source: 'world', gramsPerKwh: 475 } as const;
    const { after, fresh } = restated({ intensity }, 'WORLD');
    expect(after.rows).toEqual(fresh.rows);
    expect(after.nodeSnapshots[0]?.emapsZone).toBe('WORLD');
  });
});

test('a worked window: PUE 1.2 to 1.5, 100 to 50 g/kWh, the life of the machine twice as long, vCPU-hours twice as dear', () => {
  const changes = {
    pue: { pue: 1.5, source: 'person', factor: { low: 1, high: 1 } },
    intensity: { ...coefficientsOf().intensity, gramsPerKwh: 50, factor: { low: 1, high: 1 } },
    embodied: { ...coefficientsOf().embodied, lifespanHours: 70_080 },
    prices: { ...coefficientsOf().prices, cpuCoreHour: 0.08, source: 'person', factor: { low: 1, high: 1 } },
  } as const;
  const { before, after } = restated(changes);
  const shown = ({ rows }: WindowResult) =>
    rows.map((row) => ({
      row: row.podName,
      joules: row.joules,
      pue: row.pue,
      intensity: row.gridIntensity,
      grams: [row.co2eLowGrams, row.co2eGrams, row.co2eHighGrams].map((each) => Number(each.toPrecision(6))),
      embodied: Number(row.embodiedCo2eGrams.toPrecision(6)),
      cost: [row.costCpu, row.costMemory, row.totalCost].map((each) => Number(each.toPrecision(6))),
      reasons: row.estimationReasons,
      sources: Object.values(row.sources).join(' '),
    }));
  expect(shown(before)).toMatchInlineSnapshot(`
    [
      {
        "cost": [
          0.02,
          0.01,
          0.03,
        ],
        "embodied": 0.125,
        "grams": [
          0.397551,
          0.825,
          1.46203,
        ],
        "intensity": 100,
        "joules": 24750,
        "pue": 1.2,
        "reasons": [
          "Power comes from the published curve of the instance type, not from a meter.",
          "Grid intensity is the yearly mean of FR.",
        ],
        "row": "cart-1",
        "sources": "none node-exporter cadvisor teads zone-year provider table default-prices",
      },
      {
        "cost": [
          0,
          0,
          0,
        ],
        "embodied": 0,
        "grams": [
          0.325269,
          0.675,
          1.1962,
        ],
        "intensity": 100,
        "joules": 20250,
        "pue": 1.2,
        "reasons": [
          "Power comes from the published curve of the instance type, not from a meter.",
          "Grid intensity is the yearly mean of FR.",
        ],
        "row": "node/node-a",
        "sources": "none node-exporter cadvisor teads zone-year provider table default-prices",
      },
      {
        "cost": [
          0.14,
          0.07,
          0.21,
        ],
        "embodied": 0.875,
        "grams": [
          0.505974,
          1.05,
          1.86076,
        ],
        "intensity": 100,
        "joules": 31500,
        "pue": 1.2,
        "reasons": [
          "Power comes from the published curve of the instance type, not from a meter.",
          "Grid intensity is the yearly mean of FR.",
        ],
        "row": "node/node-a",
        "sources": "none node-exporter cadvisor teads zone-year provider table default-prices",
      },
    ]
  `);
  expect(shown(after)).toMatchInlineSnapshot(`
    [
      {
        "cost": [
          0.04,
          0.01,
          0.05,
        ],
        "embodied": 0.0625,
        "grams": [
          0.309375,
          0.515625,
          0.721875,
        ],
        "intensity": 50,
        "joules": 24750,
        "pue": 1.5,
        "reasons": [
          "Power comes from the published curve of the instance type, not from a meter.",
          "Grid intensity is the yearly mean of FR.",
        ],
        "row": "cart-1",
        "sources": "none node-exporter cadvisor teads zone-year person table person",
      },
      {
        "cost": [
          0,
          0,
          0,
        ],
        "embodied": 0,
        "grams": [
          0.253125,
          0.421875,
          0.590625,
        ],
        "intensity": 50,
        "joules": 20250,
        "pue": 1.5,
        "reasons": [
          "Power comes from the published curve of the instance type, not from a meter.",
          "Grid intensity is the yearly mean of FR.",
        ],
        "row": "node/node-a",
        "sources": "none node-exporter cadvisor teads zone-year person table person",
      },
      {
        "cost": [
          0.28,
          0.07,
          0.35,
        ],
        "embodied": 0.4375,
        "grams": [
          0.39375,
          0.65625,
          0.91875,
        ],
        "intensity": 50,
        "joules": 31500,
        "pue": 1.5,
        "reasons": [
          "Power comes from the published curve of the instance type, not from a meter.",
          "Grid intensity is the yearly mean of FR.",
        ],
        "row": "node/node-a",
        "sources": "none node-exporter cadvisor teads zone-year person table person",
      },
    ]
  `);
});

test('the same coefficients change nothing', () => {
  const { before, after } = restated({});
  expect(isUnchanged(before, after)).toBe(true);
});

test('a figure, a source or a zone that differs is a change; less than rounding is none', () => {
  const { before } = restated({});
  const [first, ...rest] = before.rows;
  if (first === undefined) throw new Error('rows');
  const withFirst = (changes: Partial<ResultRow>): WindowResult => ({
    ...before,
    rows: [{ ...first, ...changes }, ...rest],
  });
  expect(isUnchanged(before, withFirst({ co2eGrams: first.co2eGrams * (1 + 1e-14) }))).toBe(true);
  expect(isUnchanged(before, withFirst({ co2eGrams: first.co2eGrams * (1 + 1e-9) }))).toBe(false);
  expect(isUnchanged(before, withFirst({ totalCost: first.totalCost + 1 }))).toBe(false);
  expect(isUnchanged(before, withFirst({ co2eDirectGrams: 0 }))).toBe(false);
  expect(isUnchanged(before, withFirst({ emapsZone: 'DE' }))).toBe(false);
  expect(isUnchanged(before, withFirst({ sources: { ...first.sources, pue: 'person' } }))).toBe(false);
  expect(isUnchanged(before, { ...before, rows: [] })).toBe(false);
});

test('rows that OpenCost priced keep their cost; what it does not know goes by the new prices', () => {
  const parts = { cpu: 2, memory: 1, gpu: 0, storage: 0, network: 0.5 };
  const computed = computeWindow({
    clusterId: 'c',
    facts: factsOf([nodeFactsOf({ pods: [podFactsOf(), podFactsOf({ name: 'unknown' })] })]),
    coefficientsOf: () => coefficientsOf(),
    zoneOf: () => 'FR',
    costs: { currency: 'USD', pods: [{ namespace: 'shop', pod: 'cart-1', ...parts }], idle: { ...parts, network: 0 } },
  });
  const before = resultOf(computed);
  const prices = { ...coefficientsOf().prices, cpuCoreHour: 4, source: 'person' } as const;
  const after = restateWindow(before, () => ({ coefficients: coefficientsOf({ prices }), emapsZone: 'FR' }));
  const costOf = ({ rows }: WindowResult, name: string) => rows.find(({ podName }) => podName === name);
  expect(costOf(after, 'cart-1')).toMatchObject({ totalCost: 3.5, costNetwork: 0.5, sources: { cost: 'opencost' } });
  expect(costOf(before, 'unknown')?.costCpu).toBeCloseTo(0.04, 9);
  expect(costOf(after, 'unknown')).toMatchObject({ costCpu: 4, sources: { cost: 'person' } });
  expect(after.nodeWindows[0]?.sources.cost).toBe('opencost');
});

test('cards that cost nothing before are paid for by the energy that they took', () => {
  const gpu = {
    model: null,
    tdpWatts: 300,
    isKnown: false,
    factors: { measured: { low: 1, high: 1 }, utilisation: { low: 0.5, high: 1.6 }, assumed: { low: 0.4, high: 2 } },
  };
  const prices = coefficientsOf().prices;
  const free = coefficientsOf({ gpu, prices: { ...prices, gpuHour: 0 } });
  const facts = factsOf([nodeFactsOf({ node: nodeOf({ gpuCount: 2 }), pods: [podFactsOf({ gpuRequest: 1 })] })]);
  const before = resultOf(computeWindow({ clusterId: 'c', facts, coefficientsOf: () => free, zoneOf: () => 'FR' }));
  const paid = coefficientsOf({ gpu, prices: { ...prices, gpuHour: 3 } });
  const after = restateWindow(before, () => ({ coefficients: paid, emapsZone: 'FR' }));
  expect(after.rows.map(({ rowKind, costGpu }) => [rowKind, costGpu])).toEqual([
    ['pod', 3],
    ['system', 0],
    ['unallocated', 3],
  ]);
});

test('host and cards of a row keep ranges of their own', () => {
  const gpu = {
    model: 'card',
    tdpWatts: 300,
    isKnown: true,
    factors: {
      measured: { low: 0.9, high: 1.15 },
      utilisation: { low: 0.5, high: 1.6 },
      assumed: { low: 0.4, high: 2 },
    },
  };
  const facts = factsOf([nodeFactsOf({ node: nodeOf({ gpuCount: 1 }), pods: [podFactsOf({ gpuRequest: 1 })] })]);
  const at = (coefficients: NodeCoefficients) =>
    resultOf(computeWindow({ clusterId: 'c', facts, coefficientsOf: () => coefficients, zoneOf: () => 'FR' }));
  const changed = coefficientsOf({ gpu, pue: { pue: 1.9, source: 'person', factor: { low: 0.97, high: 1.03 } } });
  const after = restateWindow(at(coefficientsOf({ gpu })), () => ({ coefficients: changed, emapsZone: 'FR' }));
  const pod = after.rows.find(({ rowKind }) => rowKind === 'pod');
  expect(pod?.joulesGpu).toBeGreaterThan(0);
  expect(isUnchanged(at(changed), after)).toBe(true);
});

test('a node that had no embodied grams shares the new ones by reservation', () => {
  const facts = factsOf([nodeFactsOf()]);
  const none = coefficientsOf({ embodied: { ...coefficientsOf().embodied, kilograms: 0 } });
  const before = resultOf(computeWindow({ clusterId: 'c', facts, coefficientsOf: () => none, zoneOf: () => 'FR' }));
  const after = restateWindow(before, () => ({ coefficients: coefficientsOf(), emapsZone: 'FR' }));
  const fresh = computeWindow({ clusterId: 'c', facts, coefficientsOf: () => coefficientsOf(), zoneOf: () => 'FR' });
  after.rows.forEach((row, index) => {
    near(row.embodiedCo2eGrams, fresh.rows[index]?.embodiedCo2eGrams ?? Number.NaN, 1e-12);
  });
});

test('totals of windows add up', () => {
  const { before } = restated({});
  const once = addTotals(NO_TOTALS, before);
  expect(addTotals(once, before).joules).toBeCloseTo(2 * once.joules, 6);
  expect(once.co2eGrams).toBeCloseTo(
    before.rows.reduce((sum, row) => sum + row.co2eGrams, 0),
    9,
  );
});

/** The clusters of the property tests with other coefficients: of power they keep what makes joules. */
function computedWith(
  { nodes, volumes, volumeCoefficient, costs }: Cluster,
  change: (of: NodeCoefficients) => NodeCoefficients,
) {
  const byName = new Map(nodes.map(({ facts, coefficients }) => [facts.node.name, change(coefficients)]));
  const at = (name: string): NodeCoefficients => byName.get(name) ?? change(coefficientsOf());
  const computed = computeWindow({
    clusterId: 'c',
    facts: { ...factsOf(nodes.map(({ facts }) => facts)), volumes },
    coefficientsOf: ({ name }) => at(name),
    zoneOf: () => 'FR',
    volumeOf: () => volumeCoefficient,
    costs,
  });
  return { result: resultOf(computed), at };
}

/** A pod lives no longer than its node in the window: rows hold means over the window, and the node's life is its own. */
function withinLife(node: Cluster['nodes'][number]): Cluster['nodes'][number] {
  const { existedSeconds, pods } = node.facts;
  const alive = pods.map((pod) => ({ ...pod, aliveSeconds: Math.min(pod.aliveSeconds, existedSeconds) }));
  return { ...node, facts: { ...node.facts, pods: alive } };
}

test('any cluster: joules stay, energy is conserved, and figures are those of computing anew', {
  timeout: 60_000,
}, () => {
  const anyChange = fc.record({
    pue: fc.double({ min: 1, max: 3, noNaN: true }),
    grams: fc.integer({ min: 1, max: 900 }),
  });
  fc.assert(
    fc.property(anyCluster, anyChange, (cluster, { pue, grams }) => {
      // Volumes take the place of a node; here all nodes have one place.
      const alike = { ...cluster, volumes: [], nodes: cluster.nodes.map(withinLife) };
      const change = (of: NodeCoefficients): NodeCoefficients => ({
        ...of,
        pue: { ...of.pue, pue, source: 'person' },
        intensity: { ...of.intensity, gramsPerKwh: grams },
      });
      const { result: before } = computedWith(alike, (of) => of);
      const { result: fresh, at } = computedWith(alike, change);
      const placeOf = ({ node }: RestatedPlace): PlaceCoefficients => ({ coefficients: at(node), emapsZone: 'FR' });
      const after = restateWindow(before, placeOf);
      expect(after.rows).toHaveLength(before.rows.length);
      after.rows.forEach((row, index) => {
        const [was, now] = [before.rows[index], fresh.rows[index]];
        if (was === undefined || now === undefined) throw new Error('a row is missing');
        expect([row.joules, row.joulesLow, row.joulesHigh]).toEqual([was.joules, was.joulesLow, was.joulesHigh]);
        for (const figure of NUMBERS) near(row[figure], now[figure], 1e-9);
        expect(row.co2eLowGrams).toBeLessThanOrEqual(row.co2eGrams);
        expect(row.co2eHighGrams).toBeGreaterThanOrEqual(row.co2eGrams);
      });
      expect(isUnchanged(after, restateWindow(after, placeOf))).toBe(true);
    }),
    { numRuns: 40 },
  );
});
