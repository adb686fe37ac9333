import { describe, expect, test } from 'vitest';
import { gpuWatts } from '../../../../src/core/power/gpu.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { GpuCoefficients } from '../../../../src/model/coefficients.ts';
import type { GpuUsage } from '../../../../src/model/energy.ts';
import type { NodeFacts } from '../../../../src/model/facts.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { coefficientsOf, factsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';

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
const CART = { namespace: 'shop', name: 'cart-1' };
const usage = (changes: Partial<GpuUsage>): GpuUsage => ({
  card: 'gpu-0',
  model: null,
  joules: null,
  utilisation: null,
  pod: null,
  ...changes,
});

function computed(changes: Partial<NodeFacts>, gpu: GpuCoefficients | null = CARD, gpuCount = 2) {
  return computeWindow({
    clusterId: 'c',
    facts: factsOf([nodeFactsOf({ node: nodeOf({ gpuCount }), ...changes })]),
    coefficientsOf: () => coefficientsOf(gpu === null ? {} : { gpu }),
    zoneOf: () => 'FR',
  });
}

function rowOf(rows: readonly ResultRow[], kind: ResultRow['rowKind']): ResultRow {
  const row = rows.find((each) => each.rowKind === kind);
  if (row === undefined) throw new Error(`no ${kind} row`);
  return row;
}

describe('cards that were measured', () => {
  const { rows, nodeWindows } = computed({
    gpus: [
      usage({ card: 'a', joules: 720_000, utilisation: 0.5, pod: CART }),
      usage({ card: 'b', joules: 180_000, utilisation: 0 }),
    ],
  });
  const [pod, free, system] = [rowOf(rows, 'pod'), rowOf(rows, 'unallocated'), rowOf(rows, 'system')];

  test('go to the pod that holds them, free ones to nobody', () => {
    expect(pod).toMatchObject({ joulesGpu: 720_000, gpuUsageMillicores: 500, sources: { gpu: 'measured' } });
    expect(free).toMatchObject({ joulesGpu: 180_000, gpuUsageMillicores: 0, sources: { gpu: 'measured' } });
    expect(system).toMatchObject({ joulesGpu: 0, gpuUsageMillicores: null, sources: { gpu: 'none' } });
  });

  test('are part of the row beside its host energy', () => {
    expect(pod.joules).toBeCloseTo(29_250 + 720_000, 6);
    expect(pod.co2eGrams).toBeCloseTo(((29_250 + 720_000) / 3.6e6) * 1.2 * 100, 9);
  });

  test('have their own range, added to that of the host', () => {
    expect(pod.joulesLow).toBeCloseTo(29_250 * 0.6 + 720_000 * 0.9, 4);
    expect(pod.joulesHigh).toBeCloseTo(29_250 * 1.4 + 720_000 * 1.15, 4);
    const plain = rowOf(computed({}).rows, 'pod');
    expect(pod.co2eHighGrams / pod.co2eGrams).toBeLessThan(plain.co2eHighGrams / plain.co2eGrams);
  });

  test('cost by the hour, held or free', () => {
    expect([pod.costGpu, free.costGpu, system.costGpu]).toEqual([1, 1, 0]);
    expect(pod.totalCost).toBeCloseTo(1.06, 9);
  });

  test('are told by the node apart from its own energy', () => {
    expect(nodeWindows[0]).toMatchObject({
      joulesGpu: 900_000,
      gpuCount: 2,
      gpuModel: 'A100 SXM4 40GB',
      gpuTdpWatts: 400,
      sources: { gpu: 'measured' },
    });
    expect(nodeWindows[0]?.joulesTotal).toBeCloseTo(76_500 + 900_000, 6);
  });
});

test('a card whose use is known draws its TDP at that use', () => {
  const { rows } = computed({ gpus: [usage({ utilisation: 0.6, pod: CART })] }, CARD, 1);
  const pod = rowOf(rows, 'pod');
  expect(pod.joulesGpu).toBeCloseTo(gpuWatts(400, 1, 0.6) * 3600, 6);
  expect(pod.joulesGpu).toBeCloseTo(263.36 * 3600, 6);
  expect(pod).toMatchObject({ gpuUsageMillicores: 600, sources: { gpu: 'utilisation' } });
  expect(pod.joulesHigh).toBeCloseTo(29_250 * 1.4 + pod.joulesGpu * 1.6, 4);
  expect(pod.estimationReasons[0]).toContain('400 W of A100 SXM4 40GB');
});

describe('cards that nothing tells of', () => {
  const assumed = gpuWatts(400, 1, 0.5) * 3600;

  test('are half busy, and nobody’s', () => {
    const { rows } = computed({});
    expect(rowOf(rows, 'pod')).toMatchObject({ joulesGpu: 0, gpuUsageMillicores: null, sources: { gpu: 'none' } });
    const free = rowOf(rows, 'unallocated');
    expect(free.joulesGpu).toBeCloseTo(2 * assumed, 6);
    expect(free.costGpu).toBe(2);
    expect(free).toMatchObject({ gpuUsageMillicores: null, sources: { gpu: 'assumed' } });
    expect(free.estimationReasons[0]).toContain('half busy');
  });

  test('belong to the pods that ask for them, as long as they lived', () => {
    const { rows } = computed({ pods: [podFactsOf({ gpuRequest: 1, aliveSeconds: 1800 })] });
    const [pod, free] = [rowOf(rows, 'pod'), rowOf(rows, 'unallocated')];
    expect(pod.joulesGpu).toBeCloseTo(assumed / 2, 6);
    expect(pod.costGpu).toBeCloseTo(0.5, 12);
    expect(free.joulesGpu).toBeCloseTo(assumed * 1.5, 6);
    expect(pod.joulesHigh - 14_625).toBeGreaterThan(assumed / 2);
  });

  test('are shared where pods ask for more than there are', () => {
    const pods = [podFactsOf({ gpuRequest: 3 }), podFactsOf({ name: 'other', gpuRequest: 1 })];
    const { rows } = computed({ pods });
    const [first, second] = rows.filter((row) => row.rowKind === 'pod');
    expect(first?.joulesGpu).toBeCloseTo(assumed * 1.5, 6);
    expect(second?.joulesGpu).toBeCloseTo(assumed * 0.5, 6);
    expect(rowOf(rows, 'unallocated').joulesGpu).toBe(0);
  });

  test('are as many as the type has, however the node counts them', () => {
    const shared = { ...CARD, cardCount: 1 };
    const { nodeWindows } = computed({}, shared, 8);
    expect(nodeWindows[0]).toMatchObject({ gpuCount: 1 });
    expect(nodeWindows[0]?.joulesGpu).toBeCloseTo(assumed, 6);
  });

  test('are none without coefficients: the curve holds them then', () => {
    const { nodeWindows, rows } = computed({}, null);
    expect(nodeWindows[0]).toMatchObject({ joulesGpu: 0, gpuModel: null, gpuTdpWatts: null });
    expect(rowOf(rows, 'unallocated').sources.gpu).toBe('none');
  });
});

test('seen cards that nothing says whose they are go to the pods that ask, the busiest first', () => {
  const pods = [podFactsOf({ gpuRequest: 1 })];
  const gpus = [usage({ card: 'a', joules: 100_000 }), usage({ card: 'b', joules: 900_000 })];
  const { rows } = computed({ pods, gpus });
  expect(rowOf(rows, 'pod').joulesGpu).toBe(900_000);
  expect(rowOf(rows, 'unallocated').joulesGpu).toBe(100_000);
});

test('a pod that was seen with its card gets no second one', () => {
  const pods = [podFactsOf({ gpuRequest: 1 })];
  const gpus = [usage({ card: 'a', joules: 500, pod: CART }), usage({ card: 'b', joules: 900 })];
  const { rows } = computed({ pods, gpus });
  expect(rowOf(rows, 'pod').joulesGpu).toBe(500);
});

test('a row with cards of several sources is known as its worst, each with its own range', () => {
  const gpus = [usage({ card: 'a', joules: 1_000_000, pod: CART }), usage({ card: 'b', utilisation: 1, pod: CART })];
  const pod = rowOf(computed({ gpus }).rows, 'pod');
  const modelled = 408 * 3600;
  expect(pod.sources.gpu).toBe('utilisation');
  expect(pod.joulesHigh).toBeCloseTo(29_250 * 1.4 + 1_150_000 + modelled * 1.6, 3);
  expect(pod.gpuUsageMillicores).toBe(1000);
});

test('a card that two pods shared is counted once', () => {
  const other = podFactsOf({ name: 'other' });
  const gpus = [
    usage({ utilisation: 1, pod: CART }),
    usage({ utilisation: 1, pod: { namespace: 'shop', name: 'other' } }),
  ];
  const { rows, nodeWindows } = computed({ pods: [podFactsOf(), other], gpus }, CARD, 1);
  expect(nodeWindows[0]).toMatchObject({ gpuCount: 1 });
  expect(nodeWindows[0]?.joulesGpu).toBeCloseTo(408 * 3600, 4);
  for (const row of rows.filter((each) => each.rowKind === 'pod')) expect(row.joulesGpu).toBeCloseTo(204 * 3600, 4);
});

test('a card of a pod that is on no list is nobody’s', () => {
  const gpus = [usage({ joules: 700, pod: { namespace: 'gone', name: 'pod' } })];
  expect(rowOf(computed({ gpus }, CARD, 1).rows, 'unallocated').joulesGpu).toBe(700);
});

test('a node that is wholly reserved has an unallocated row for its free cards alone', () => {
  const whole = podFactsOf({ cpuRequestMillicores: 4000, memoryRequestBytes: 16e9 });
  const free = rowOf(computed({ pods: [whole] }).rows, 'unallocated');
  expect(free.joulesIdle).toBe(0);
  expect(free.joules).toBeGreaterThan(0);
});

test('a measured host with a modelled card is an estimate', () => {
  const meter = { exporter: 'kepler', zone: 'package', activeJoules: 1, idleJoules: 1, isModelled: false } as const;
  const live = { ...coefficientsOf().intensity, source: 'live' } as const;
  const { rows } = computeWindow({
    clusterId: 'c',
    facts: factsOf([
      nodeFactsOf({ node: nodeOf({ gpuCount: 1 }), meter, gpus: [usage({ utilisation: 1, pod: CART })] }),
    ]),
    coefficientsOf: () => coefficientsOf({ gpu: CARD, intensity: live }),
    zoneOf: () => 'FR',
  });
  expect(rowOf(rows, 'pod').isEstimated).toBe(true);
  expect(rowOf(rows, 'unallocated').isEstimated).toBe(false);
});
