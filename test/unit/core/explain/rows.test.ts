import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainRow } from '../../../../src/core/explain/row.ts';
import type { RowFacts } from '../../../../src/core/explain/row-facts.ts';
import { METRICS } from '../../../../src/core/explain/step.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { GpuCoefficients, NodeCoefficients } from '../../../../src/model/coefficients.ts';
import type { NodeDescription } from '../../../../src/model/inventory.ts';
import { POWER_SOURCES, type PowerSource } from '../../../../src/model/sources.ts';
import { coefficientsOf, FIVE_MINUTES, factsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';
import { anyCluster } from '../window/any-cluster.ts';
import { checkByHand, near } from './by-hand.ts';
import { factsOfKind, storedRows, windowOf } from './stored.ts';

const CARD: GpuCoefficients = {
  model: 'A100 SXM4 40GB',
  tdpWatts: 400,
  isKnown: true,
  factors: {
    measured: { low: 0.9, high: 1.15 },
    utilisation: { low: 0.5, high: 1.6 },
    assumed: { low: 0.4, high: 2 },
  },
};
const VOLUME = {
  namespace: 'shop',
  claim: 'data',
  storageClass: 'gp3',
  provisioner: 'ebs.csi.aws.com',
  diskType: 'gp3',
  requestedBytes: 500e9,
  usedBytes: 100e9,
  aliveSeconds: 3600,
  node: 'node-a',
  team: null,
  place: nodeOf(),
};
const METER = {
  exporter: 'kepler',
  zone: 'package',
  activeJoules: 60_000,
  idleJoules: 90_000,
  isModelled: false,
} as const;

function explained(facts: RowFacts) {
  const [carbon, energy, cost] = METRICS.map((metric) => explainRow(facts, metric));
  if (carbon === undefined || energy === undefined || cost === undefined) throw new Error('three metrics');
  for (const chain of [carbon, energy, cost]) checkByHand(chain);
  const { row } = facts;
  near(carbon.value, row.co2eGrams + row.embodiedCo2eGrams);
  near(energy.value, (row.joules * row.pue) / 3.6e6);
  near(cost.value, row.totalCost);
  return { carbon, energy, cost };
}

const stepIn = ({ carbon }: ReturnType<typeof explained>, id: string) => carbon.steps.find((step) => step.id === id);

describe('power by each rung', () => {
  test.each(POWER_SOURCES.filter((source) => source !== 'measured' && source !== 'meter-model'))(
    '%s: pod, system and spare capacity by hand',
    (source: PowerSource) => {
      const curve = { ...coefficientsOf().curve, source };
      const all = windowOf(nodeFactsOf(), { curve });
      expect(new Set(all.map(({ row }) => row.rowKind))).toEqual(new Set(['pod', 'system', 'unallocated']));
      for (const facts of all) {
        const power = stepIn(explained(facts), 'node-power');
        if (facts.row.joulesDynamic > 0) expect(power?.terms.map(({ symbol }) => symbol)).toContain('p_from');
      }
    },
  );

  test.each([0, 0.05, 0.1, 0.3, 0.5, 0.75, 1, 1.3])('at %d of its CPU, between the two points of the curve', (u) => {
    const facts = windowOf(nodeFactsOf({ cpuSeconds: u * 4 * 3600, pods: [podFactsOf({ cpuSeconds: u * 7200 })] }));
    const all = explained(factsOfKind(facts, 'pod'));
    const power = stepIn(all, 'node-power');
    if (u === 0) return expect(power).toBeDefined();
    const [from, to] = [
      power?.terms.find(({ symbol }) => symbol === 'u_from'),
      power?.terms.find(({ symbol }) => symbol === 'u_to'),
    ];
    expect(from?.value).toBeLessThanOrEqual(Math.min(1, u));
    expect(to?.value).toBeGreaterThanOrEqual(Math.min(1, u));
    expect(power?.low).toBeCloseTo((power?.value ?? 0) * 0.6, 9);
  });

  test('a metered node: joules of the meter, and the way to the plug', () => {
    const pods = [podFactsOf({ activeJoules: 40_000 }), podFactsOf({ name: 'silent' })];
    for (const facts of windowOf(nodeFactsOf({ meter: METER, pods }))) {
      const all = explained(facts);
      expect(stepIn(all, 'node-power')?.terms.map(({ symbol }) => symbol)).toEqual(['meter', 'to_plug', 'existed']);
      expect(stepIn(all, 'utilisation')).toBeUndefined();
    }
    const pod = factsOfKind(windowOf(nodeFactsOf({ meter: METER, pods })), 'pod');
    const active = stepIn(explained(pod), 'dynamic')?.terms.find(({ symbol }) => symbol === 'meter_active');
    near(active?.value ?? 0, 40_000 / 3.6e6);
    expect(active?.known).toBe('measured');
  });

  test('a node without samples, one that is over-committed, one that was there for a part, pods that were too', () => {
    const pod = podFactsOf({ aliveSeconds: 600, cpuSeconds: 100 });
    const hungry = podFactsOf({ name: 'hungry', cpuRequestMillicores: 9000, memoryRequestBytes: 40e9 });
    for (const facts of [
      ...windowOf(nodeFactsOf({ cpuSeconds: null, cpuSource: 'no-samples' })),
      ...windowOf(nodeFactsOf({ pods: [podFactsOf(), hungry] })),
      ...windowOf(nodeFactsOf({ existedSeconds: 1200, pods: [pod] })),
      ...windowOf(
        nodeFactsOf({ existedSeconds: 300, pods: [podFactsOf({ aliveSeconds: 100 })] }),
        {},
        {},
        FIVE_MINUTES,
      ),
    ]) {
      const share = stepIn(explained(facts), 'reservation');
      if (share !== undefined) expect(share.terms.map(({ symbol }) => symbol)).not.toContain('recorded');
    }
  });
});

describe('cards', () => {
  const holder = { namespace: 'shop', name: 'cart-1' };
  const gpus = (joules: number | null, utilisation: number | null) => [
    { card: 'a', model: null, joules, utilisation, pod: holder },
    { card: 'b', model: null, joules, utilisation, pod: null },
  ];
  const node = (used: ReturnType<typeof gpus> | undefined, pod = podFactsOf({ gpuRequest: 1 })) =>
    nodeFactsOf({ node: nodeOf({ gpuCount: 2 }), pods: [pod], ...(used === undefined ? {} : { gpus: used }) });

  test.each([
    ['measured', gpus(720_000, 0.5), ['watts', 'hours']],
    ['by use', gpus(null, 0.6), ['tdp', 'cards', 'in_use', 'hours']],
    ['assumed', undefined, ['tdp', 'cards', 'in_use', 'hours']],
  ] as const)('%s', (_name, used, symbols) => {
    const all = windowOf(node(used === undefined ? undefined : [...used]), { gpu: CARD });
    for (const facts of all) explained(facts);
    for (const kind of ['pod', 'unallocated'] as const) {
      const step = stepIn(explained(factsOfKind(all, kind)), 'gpu');
      expect(step?.terms.map(({ symbol }) => symbol)).toEqual(symbols);
      if (symbols.length === 4) expect(step?.terms.find(({ symbol }) => symbol === 'cards')?.value).toBe(1);
    }
  });

  test('are paid for by the hour', () => {
    const { cost } = explained(factsOfKind(windowOf(node(gpus(null, 0.6)), { gpu: CARD }), 'pod'));
    const step = cost.steps.find(({ id }) => id === 'cost-gpu');
    expect(step?.terms.map(({ symbol, value }) => [symbol, value])).toEqual([
      ['price', 1],
      ['card_hours', 1],
    ]);
  });
});

describe('volumes', () => {
  const volumeRow = (wattHours: number, replication: number) => {
    const volume = {
      medium: 'ssd',
      wattHoursPerTerabyteHour: wattHours,
      replication,
      factor: { low: 0.5, high: 2 },
      flags: [],
    } as const;
    const computed = computeWindow({
      clusterId: 'c',
      facts: { ...factsOf([nodeFactsOf()]), volumes: [VOLUME] },
      coefficientsOf: () => coefficientsOf(),
      zoneOf: () => 'FR',
      volumeOf: () => volume,
    });
    return factsOfKind(storedRows(computed), 'volume');
  };

  test('by requested size, medium and copies', () => {
    const all = explained(volumeRow(1.2, 2));
    const step = stepIn(all, 'volume');
    expect(step?.formula).toBe('terabytes × hours × per_tb_hour × copies ÷ 1000');
    expect(step?.terms.map(({ value }) => value)).toEqual([0.5, 1, 1.2, 2]);
    near(all.cost.value, 500 * 0.0001);
    expect(stepIn(all, 'embodied')).toMatchObject({ value: 0, formula: '0' });
  });

  test('by a rate that is none of the known ones', () => {
    expect(stepIn(explained(volumeRow(1.7, 1)), 'volume')?.terms.map(({ symbol }) => symbol)).toEqual([
      'terabytes',
      'hours',
      'per_tb_hour',
    ]);
  });
});

test('what OpenCost gave is shown as it is', () => {
  const parts = { cpu: 2, memory: 1, gpu: 0, storage: 0.5, network: 0.25 };
  const costs = {
    currency: 'USD',
    pods: [{ namespace: 'shop', pod: 'cart-1', ...parts }],
    idle: { cpu: 1, memory: 0, gpu: 0, storage: 0, network: 0 },
  };
  const { cost } = explained(factsOfKind(windowOf(nodeFactsOf(), {}, { costs }), 'pod'));
  near(cost.value, 3.75);
  expect(cost.steps.map(({ id }) => id)).toEqual(['cost', 'cost-cpu', 'cost-memory', 'cost-storage', 'cost-network']);
  expect(cost.steps[1]?.terms[0]).toMatchObject({ symbol: 'recorded', value: 2, known: 'measured' });
});

test('each value says where it comes from, how it is known, and of what time it is', () => {
  const { carbon } = explained(factsOfKind(windowOf(nodeFactsOf()), 'pod'));
  const [, operational] = carbon.steps;
  expect(operational?.terms[1]).toMatchObject({
    name: 'Grid intensity of FR',
    value: 100,
    unit: 'g/kWh',
    known: 'modelled',
    atSeconds: Date.UTC(2025, 0, 1) / 1000,
  });
  expect(operational?.terms[1]?.source).toContain('electricity_maps_yearly_ODbL.csv');
  expect(carbon.steps.find(({ id }) => id === 'facility-energy')?.terms[1]?.source).toContain('pue.csv');
  const made = carbon.steps.find(({ id }) => id === 'embodied')?.terms;
  expect(made?.map(({ symbol, value }) => [symbol, value]).slice(0, 3)).toEqual([
    ['kilograms', 35.04],
    ['hours', 1],
    ['lifespan', 35_040],
  ]);
  for (const { terms } of carbon.steps) for (const { source, name } of terms) expect([source, name]).not.toContain('');
});

test('rows whose node facts are gone are explained from what is left', () => {
  for (const facts of windowOf(nodeFactsOf())) {
    const all = explained({ ...facts, nodeWindow: null, nodeRows: [facts.row], embodiedKilograms: null });
    expect(stepIn(all, 'node-power')).toBeUndefined();
  }
});

test('every row of any cluster, of mixed rungs, can be computed by hand', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyCluster, ({ nodes, volumes, volumeCoefficient, costs }) => {
      const byName = new Map(nodes.map(({ facts, coefficients }) => [facts.node.name, coefficients]));
      const coefficientsAt = ({ name }: NodeDescription): NodeCoefficients => byName.get(name) ?? coefficientsOf();
      const computed = computeWindow({
        clusterId: 'c',
        facts: { ...factsOf(nodes.map(({ facts }) => facts)), volumes },
        coefficientsOf: coefficientsAt,
        zoneOf: () => 'FR',
        volumeOf: () => volumeCoefficient,
        costs,
      });
      for (const facts of storedRows(computed)) explained(facts);
    }),
    { numRuns: 40 },
  );
});
