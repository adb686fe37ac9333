import { describe, expect, test } from 'vitest';
import { explainRow } from '../../../../src/core/explain/row.ts';
import type { RowFacts } from '../../../../src/core/explain/row-facts.ts';
import { type ExplainMetric, type ExplainStep, METRICS } from '../../../../src/core/explain/step.ts';
import type { NodeMeter } from '../../../../src/model/energy.ts';
import type { VolumeFacts } from '../../../../src/model/facts.ts';
import { coefficientsOf, FIVE_MINUTES, factsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';
import { checkByHand, near } from './by-hand.ts';
import { factsOfKind, windowOf } from './stored.ts';
import { written } from './written.ts';

const base = coefficientsOf();
const METER: NodeMeter = {
  ...{ exporter: 'kepler', zone: 'package', isModelled: false },
  ...{ activeJoules: 90_000, idleJoules: 180_000 },
};
const CARDS = {
  ...{ model: 'A100', tdpWatts: 400, isKnown: true },
  factors: {
    measured: { low: 0.9, high: 1.15 },
    utilisation: { low: 0.5, high: 1.6 },
    assumed: { low: 0.4, high: 2 },
  },
};
const VOLUME: VolumeFacts = {
  ...{ namespace: 'shop', claim: 'scratch', storageClass: 'local-path', provisioner: 'rancher.io/local-path' },
  ...{ diskType: null, requestedBytes: 100e9, usedBytes: 1e9, aliveSeconds: 3600, node: 'node-a', team: null },
  place: nodeOf(),
};

function chainOf(facts: RowFacts, metric: ExplainMetric) {
  const chain = explainRow(facts, metric);
  checkByHand(chain);
  return chain;
}
const stepOf = (facts: RowFacts, metric: ExplainMetric, id: string): ExplainStep => {
  const step = chainOf(facts, metric).steps.find((each) => each.id === id);
  if (step === undefined) throw new Error(`no step ${id}`);
  return step;
};
const termOf = ({ terms }: ExplainStep, symbol: string) => terms.find((each) => each.symbol === symbol);

describe('a row that is nothing', () => {
  const dark = windowOf(nodeFactsOf({ cpuSeconds: 0, pods: [podFactsOf({ cpuSeconds: 0 })] }), {
    curve: { ...base.curve, watts: [0, 0, 0, 0] },
    embodied: { ...base.embodied, kilograms: 0 },
    prices: { ...base.prices, cpuCoreHour: 0, memoryGbHour: 0 },
  });

  test.each(METRICS)('has a %s of 0 by a formula that says so', (metric) => {
    for (const facts of dark) {
      const { value, low, high, steps } = chainOf(facts, metric);
      expect([value, low, high]).toEqual([0, 0, 0]);
      expect(steps.length).toBeGreaterThan(0);
    }
    const cost = written(chainOf(factsOfKind(dark, 'pod'), 'cost'));
    expect(cost).toEqual(['cost: 0 USD = 0']);
  });

  test('the share of a node without idle power follows from what it was made of', () => {
    const heavy = windowOf(nodeFactsOf(), { curve: { ...base.curve, watts: [0, 10, 20, 30] } });
    const embodied = stepOf(factsOfKind(heavy, 'pod'), 'carbon', 'embodied');
    expect(termOf(embodied, 'share')?.value).toBeCloseTo(0.25, 12);
    expect(embodied.value).toBeCloseTo(0.25, 12);
  });
});

describe('one pod that has the whole node', () => {
  const whole = podFactsOf({ cpuRequestMillicores: 4000, memoryRequestBytes: 16e9, cpuSeconds: 14_400 });
  const rows = windowOf(nodeFactsOf({ cpuSeconds: 14_400, pods: [whole] }));

  test('is charged all of it: 40 W for an hour, at a PUE of 1.2 and 100 g', () => {
    expect(rows.map(({ row }) => row.rowKind)).toEqual(['pod']);
    const pod = factsOfKind(rows, 'pod');
    expect(chainOf(pod, 'energy').value).toBeCloseTo(0.048, 12);
    expect(stepOf(pod, 'carbon', 'operational').value).toBeCloseTo(4.8, 12);
    expect(stepOf(pod, 'carbon', 'embodied').value).toBeCloseTo(1, 12);
    expect(stepOf(pod, 'energy', 'reservation').value).toBe(1);
    expect(termOf(stepOf(pod, 'energy', 'node-power'), 'u_to')?.value).toBe(1);
  });

  test('of two that ask for twice the node each has half, and the formula divides by all shares', () => {
    const two = windowOf(nodeFactsOf({ cpuSeconds: 14_400, pods: [whole, { ...whole, name: 'other', uid: 'b' }] }));
    for (const facts of two.filter(({ row }) => row.rowKind === 'pod')) {
      const share = stepOf(facts, 'carbon', 'reservation');
      expect(share.value).toBeCloseTo(0.5, 12);
      expect(termOf(share, 'all_shares')?.value).toBeCloseTo(2, 12);
    }
  });
});

describe('a node without pods', () => {
  const rows = windowOf(nodeFactsOf({ pods: [] }));

  test('its system has the work, its spare capacity the idle power', () => {
    const [system, spare] = [factsOfKind(rows, 'system'), factsOfKind(rows, 'unallocated')];
    expect(chainOf(system, 'energy').value).toBeCloseTo(0.01125 * 1.2, 12);
    expect(chainOf(spare, 'energy').value).toBeCloseTo(0.012, 12);
    expect(termOf(stepOf(spare, 'carbon', 'reservation'), 'reserved')?.name).toBe('Shares of 0 pods together');
    expect(stepOf(spare, 'carbon', 'embodied').value).toBeCloseTo(1, 12);
  });

  test('its system is made of nothing and costs nothing, and it says why', () => {
    const system = factsOfKind(rows, 'system');
    expect(stepOf(system, 'carbon', 'embodied')).toMatchObject({
      value: 0,
      note: 'The system reserves nothing of the node.',
    });
    expect(stepOf(system, 'cost', 'cost').note).toContain('pods and spare capacity pay for the node');
  });
});

describe('a meter that tells of no pods', () => {
  const rows = windowOf(nodeFactsOf({ meter: METER }));

  test('its active joules go by CPU use, and the explanation shows that', () => {
    const pod = factsOfKind(rows, 'pod');
    const work = stepOf(pod, 'energy', 'dynamic');
    expect(work.formula).toBe('node_dynamic × cpu ÷ cpu_all');
    expect([termOf(work, 'cpu')?.value, termOf(work, 'cpu_all')?.value]).toEqual([1800, 3600]);
    near(work.value, (90_000 * 1.3 * 0.5) / 3.6e6);
    const active = termOf(stepOf(pod, 'energy', 'node-dynamic'), 'meter_active');
    near(active?.value ?? 0, 90_000 / 3.6e6);
    expect(active?.known).toBe('measured');
  });

  test('of the system the same, and not that the meter gave it to no pod', () => {
    const work = stepOf(factsOfKind(rows, 'system'), 'energy', 'dynamic');
    near(work.value, (90_000 * 1.3 * 0.5) / 3.6e6);
    expect(work.note).toBeNull();
  });

  test('one that does tell shows the joules of each', () => {
    const told = windowOf(nodeFactsOf({ meter: METER, pods: [podFactsOf({ activeJoules: 30_000 })] }));
    expect(stepOf(factsOfKind(told, 'pod'), 'energy', 'dynamic')).toMatchObject({
      formula: 'meter_active × to_plug',
      note: 'The meter tells pods apart.',
    });
    expect(stepOf(factsOfKind(told, 'system'), 'energy', 'dynamic').note).toBe('What the meter gives to no pod.');
  });
});

describe('cards', () => {
  const node = nodeOf({ gpuCount: 2 });

  test('of which one is measured and one assumed: the mean power of both, since no number of cards gives it', () => {
    const gpus = [
      { card: 'gpu-0', model: 'A100', joules: 900_000, utilisation: 0.9, pod: { namespace: 'shop', name: 'cart-1' } },
    ];
    const facts = nodeFactsOf({ node, gpus, pods: [podFactsOf({ gpuRequest: 2 })] });
    const pod = factsOfKind(windowOf(facts, { gpu: { ...CARDS, cardCount: 2 } }), 'pod');
    const half = 400 * (0.116 + 0.904 * 0.5) * 3600;
    near(pod.row.joulesGpu, 900_000 + half);
    expect(pod.row.sources.gpu).toBe('assumed');
    near(stepOf(pod, 'energy', 'gpu').value, (900_000 + half) / 3.6e6);
  });

  test('that nothing tells of are taken as half busy: 400 W × 0.568 for an hour each', () => {
    const facts = nodeFactsOf({ node, pods: [podFactsOf({ gpuRequest: 1 })] });
    const rows = windowOf(facts, { gpu: CARDS });
    for (const kind of ['pod', 'unallocated'] as const) {
      const gpu = stepOf(factsOfKind(rows, kind), 'energy', 'gpu');
      expect(gpu.value).toBeCloseTo(0.2272, 12);
      expect([termOf(gpu, 'cards')?.value, termOf(gpu, 'in_use')?.value]).toEqual([1, 0.5]);
      expect(termOf(gpu, 'in_use')?.known).toBe('default');
      expect(gpu.note).toContain('half is assumed');
    }
  });
});

describe('volumes', () => {
  const volumeOf = (wattHours: number) => () => ({
    ...{ medium: 'ssd' as const, wattHoursPerTerabyteHour: wattHours, replication: 1 },
    ...{ factor: { low: 0.5, high: 2 }, flags: [] },
  });
  const explained = (wattHours: number, volume = VOLUME) => {
    const facts = { ...factsOf([nodeFactsOf()]), volumes: [volume] };
    return factsOfKind(windowOf(nodeFactsOf(), {}, { facts, volumeOf: volumeOf(wattHours) }), 'volume');
  };

  test('on a disk of the node draw nothing of their own: the disk is in the power of the node', () => {
    const volume = explained(0);
    expect(chainOf(volume, 'energy')).toMatchObject({ value: 0, low: 0, high: 0 });
    expect(stepOf(volume, 'energy', 'it-energy').formula).toBe('0');
    expect(stepOf(volume, 'carbon', 'embodied').note).toBe('No embodied emissions are known for volumes.');
    expect(chainOf(volume, 'cost').value).toBeCloseTo(100 * 0.0001, 12);
  });

  test('of another medium than the known ones show the rate that gives their energy', () => {
    const rate = termOf(stepOf(explained(7), 'energy', 'volume'), 'per_tb_hour');
    expect(rate?.value).toBeCloseTo(7, 9);
    expect(termOf(stepOf(explained(0.65), 'energy', 'volume'), 'per_tb_hour')?.name).toContain('HDD');
  });

  test('that nobody asked a size for are as recorded', () => {
    const none = explained(1.2, { ...VOLUME, requestedBytes: 0 });
    expect(chainOf(none, 'energy').value).toBe(0);
    expect(chainOf(none, 'cost').steps).toHaveLength(1);
    const odd = { ...none, row: { ...none.row, joules: 36, joulesStorage: 36, joulesLow: 36, joulesHigh: 36 } };
    expect(stepOf(odd, 'energy', 'volume')).toMatchObject({ formula: 'recorded', value: 1e-5 });
  });
});

describe('parts of a window', () => {
  test('a pod of one minute on a node of two, in five: means of the window, hours of the node', () => {
    const pod = podFactsOf({ aliveSeconds: 60, cpuSeconds: 30 });
    const node = nodeFactsOf({ existedSeconds: 120, cpuSeconds: 120, pods: [pod] });
    const facts = factsOfKind(windowOf(node, {}, {}, FIVE_MINUTES), 'pod');
    const share = stepOf(facts, 'carbon', 'reservation');
    // Half of the node's life × a quarter of the node.
    expect(share.value).toBeCloseTo(0.125, 12);
    expect([termOf(share, 'window')?.value, termOf(share, 'existed')?.value]).toEqual([300, 120]);
    expect(termOf(share, 'cpu_request')?.value).toBe(200);
    expect(termOf(stepOf(facts, 'carbon', 'embodied'), 'hours')?.value).toBeCloseTo(120 / 3600, 12);
    expect(stepOf(facts, 'carbon', 'embodied').value).toBeCloseTo((1 / 30) * 0.125, 12);
  });

  test('facts of the node that are gone leave the figures as recorded, each under its own name', () => {
    for (const facts of windowOf(nodeFactsOf())) {
      const left: RowFacts = { ...facts, nodeWindow: null, embodiedKilograms: null };
      for (const metric of METRICS) near(chainOf(left, metric).value, chainOf(facts, metric).value);
      const words = written(chainOf(left, 'carbon')).join('\n');
      if (facts.row.joules > 0) expect(words).toContain('Results store: facts of the node are gone');
      expect(words).not.toContain('Step "Power of node-a"');
    }
  });
});
