import { describe, expect, test } from 'vitest';
import { combineFactors } from '../../../../src/core/bounds/combine.ts';
import { CALCULATION_VERSION } from '../../../../src/core/version.ts';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import type { NodeFacts } from '../../../../src/model/facts.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import type { Window } from '../../../../src/model/time.ts';
import { coefficientsOf, FIVE_MINUTES, factsOf, HOUR, NOON, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';

function computed(
  nodes: readonly NodeFacts[],
  coefficients: NodeCoefficients = coefficientsOf(),
  window: Window = HOUR,
) {
  return computeWindow({
    clusterId: 'cluster-1',
    facts: factsOf(nodes, window),
    coefficientsOf: () => coefficients,
    zoneOf: () => 'FR',
  });
}

function rowOf(rows: readonly ResultRow[], kind: ResultRow['rowKind']): ResultRow {
  const found = rows.filter((row) => row.rowKind === kind);
  expect(found).toHaveLength(1);
  const [row] = found;
  if (row === undefined) throw new Error(`no ${kind} row`);
  return row;
}

// A node of 4 vCPU and 16 GB uses one core for an hour: u = 0.25, 21.25 W on the curve 10/16/30/40, of them 11.25 W
// dynamic. Its pod uses half a core and requests one core and 4 GB: a quarter of the node.
describe('an hour of one node with one pod', () => {
  const { rows, nodeWindows, nodeSnapshots } = computed([nodeFactsOf()]);
  const pod = rowOf(rows, 'pod');
  const system = rowOf(rows, 'system');
  const unallocated = rowOf(rows, 'unallocated');

  test('gives the pod its dynamic energy by use and its idle energy by reservation', () => {
    expect(pod.joulesDynamic).toBeCloseTo(20_250, 6);
    expect(pod.joulesIdle).toBeCloseTo(9000, 6);
    expect(pod.joules).toBeCloseTo(29_250, 6);
    expect(pod.joulesGpu).toBe(0);
    expect(pod.joulesStorage).toBe(0);
  });

  test("gives the system what is no pod's, dynamic only", () => {
    expect(system).toMatchObject({ namespace: '__system__', podName: 'node/node-a', joulesIdle: 0, totalCost: 0 });
    expect(system.joulesDynamic).toBeCloseTo(20_250, 6);
    expect(system.embodiedCo2eGrams).toBe(0);
    expect(system.cpuUsageMillicores).toBeCloseTo(500, 9);
  });

  test('leaves unallocated what nothing reserves', () => {
    expect(unallocated).toMatchObject({ namespace: '__unallocated__', podName: 'node/node-a', joulesDynamic: 0 });
    expect(unallocated.joulesIdle).toBeCloseTo(27_000, 6);
  });

  test('turns energy into grams with the PUE and the intensity', () => {
    expect(pod.co2eGrams).toBeCloseTo((29_250 / 3.6e6) * 1.2 * 100, 9);
    expect(pod).toMatchObject({ pue: 1.2, gridIntensity: 100, gridIntensityAtSeconds: Date.UTC(2025, 0, 1) / 1000 });
  });

  test('shares the making of the node by reservation', () => {
    expect(pod.embodiedCo2eGrams).toBeCloseTo(0.25, 12);
    expect(unallocated.embodiedCo2eGrams).toBeCloseTo(0.75, 12);
  });

  test('costs the larger of request and use; the rest is unallocated', () => {
    expect(pod.costCpu).toBeCloseTo(0.04, 12);
    expect(pod.costMemory).toBeCloseTo(0.02, 12);
    expect(pod.totalCost).toBeCloseTo(0.06, 12);
    expect(unallocated.costCpu).toBeCloseTo(0.12, 12);
    expect(unallocated.costMemory).toBeCloseTo(0.06, 12);
    expect(pod).toMatchObject({ costGpu: 0, costStorage: 0, costNetwork: 0 });
  });

  test('has bounds from the factors of each figure', () => {
    const carbon = combineFactors([
      { low: 0.6, high: 1.4 },
      { low: 0.9, high: 1.25 },
      { low: 0.6, high: 1.5 },
    ]);
    expect(pod.joulesLow).toBeCloseTo(pod.joules * 0.6, 6);
    expect(pod.joulesHigh).toBeCloseTo(pod.joules * 1.4, 6);
    expect(pod.co2eLowGrams).toBeCloseTo(pod.co2eGrams * carbon.low, 12);
    expect(pod.co2eHighGrams).toBeCloseTo(pod.co2eGrams * carbon.high, 12);
    expect(pod.embodiedLowGrams).toBeCloseTo(0.125, 12);
    expect(pod.embodiedHighGrams).toBeCloseTo(0.5, 12);
    expect(pod.costLow).toBeCloseTo(0.03, 12);
    expect(pod.costHigh).toBeCloseTo(0.096, 12);
  });

  test('names what the row is about', () => {
    expect(pod).toMatchObject({
      clusterId: 'cluster-1',
      namespace: 'shop',
      podName: 'cart-1',
      podUid: 'uid-cart-1',
      node: 'node-a',
      nodeInstanceType: 'm5.xlarge',
      nodeZone: 'eu-west-3a',
      provider: 'aws',
      emapsZone: 'FR',
      ownerKind: 'Deployment',
      ownerName: 'cart',
      calculationVersion: CALCULATION_VERSION,
    });
  });

  test('carries usage and requests of the window', () => {
    expect(pod).toMatchObject({
      cpuRequestMillicores: 1000,
      cpuUsageMillicores: 500,
      memoryRequestBytes: 4e9,
      memoryUsageBytes: 2e9,
      networkReceiveBytes: 10,
      networkTransmitBytes: 20,
      diskReadBytes: 30,
      diskWriteBytes: 40,
      ephemeralStorageUsageBytes: 50,
    });
  });

  test('says how each ingredient is known', () => {
    expect(pod.sources).toEqual({
      cpu: 'node-exporter',
      usage: 'cadvisor',
      power: 'teads',
      intensity: 'zone-year',
      pue: 'provider',
      embodied: 'table',
      cost: 'default-prices',
      gpu: 'none',
    });
    expect(pod.isEstimated).toBe(true);
  });

  test("tells memory's part of the idle energy, inside it", () => {
    expect(pod.joulesMemory).toBeCloseTo(9000 * 0.2, 9);
    expect(system.joulesMemory).toBe(0);
  });

  test('keeps the facts of the node', () => {
    expect(nodeWindows).toHaveLength(1);
    const [kept] = nodeWindows;
    expect(kept).toMatchObject({
      clusterId: 'cluster-1',
      node: 'node-a',
      cpuSeconds: 3600,
      systemCpuSeconds: 1800,
      cpuSource: 'node-exporter',
      utilisation: 0.25,
      existedSeconds: 3600,
      measuredJoules: null,
      cpuCapacityMillicores: 4000,
      curveId: 'aws/m5.xlarge/teads',
      curveWatts: [10, 16, 30, 40],
      curveLowFactor: 0.6,
      curveHighFactor: 1.4,
      idleWatts: 10,
    });
    expect(kept?.joulesDynamic).toBeCloseTo(20_250, 6);
    expect(kept?.joulesIdleReserved).toBeCloseTo(9000, 6);
    expect(kept?.joulesSystem).toBeCloseTo(20_250, 6);
    expect(kept?.joulesUnallocated).toBeCloseTo(27_000, 6);
    expect(kept?.joulesTotal).toBeCloseTo(76_500, 6);
  });

  test('and what the node was', () => {
    expect(nodeSnapshots).toEqual([
      {
        clusterId: 'cluster-1',
        snapshotAtSeconds: NOON,
        name: 'node-a',
        instanceType: 'm5.xlarge',
        provider: 'aws',
        region: 'eu-west-3',
        zone: 'eu-west-3a',
        emapsZone: 'FR',
        cpuCapacityMillicores: 4000,
        memoryCapacityBytes: 16e9,
        architecture: 'amd64',
        os: 'linux',
        embodiedKilograms: 35.04,
      },
    ]);
  });
});

describe('a pod that lived a part of the window', () => {
  const half = podFactsOf({ aliveSeconds: 1800, cpuSeconds: 900 });
  const { rows } = computed([nodeFactsOf({ pods: [half] })]);
  const pod = rowOf(rows, 'pod');

  test('holds its reservation for that part', () => {
    expect(pod.joulesIdle).toBeCloseTo(4500, 6);
    expect(pod.embodiedCo2eGrams).toBeCloseTo(0.125, 12);
    expect(pod.totalCost).toBeCloseTo(0.03, 12);
  });

  test('shows means over the whole window', () => {
    expect(pod).toMatchObject({ cpuRequestMillicores: 500, cpuUsageMillicores: 250, memoryUsageBytes: 1e9 });
  });

  test('is compared with its request by the rate while it lived', () => {
    const busy = podFactsOf({ aliveSeconds: 900, cpuSeconds: 1800, memoryRequestBytes: 0, memoryBytes: 0 });
    const row = rowOf(computed([nodeFactsOf({ pods: [busy] })]).rows, 'pod');
    // Two cores for a quarter of the hour: half of the node's CPU, a quarter of the node, for a quarter of the time.
    expect(row.joulesIdle).toBeCloseTo(36_000 * 0.25 * 0.25, 6);
    expect(row.costCpu).toBeCloseTo(0.5 * 0.04, 12);
  });
});

describe('a node that existed for a part of the window', () => {
  const facts = nodeFactsOf({
    existedSeconds: 900,
    cpuSeconds: 900,
    pods: [podFactsOf({ aliveSeconds: 900, cpuSeconds: 450 })],
  });
  const { rows, nodeWindows } = computed([facts]);

  test('has a quarter of the energy at the same utilisation', () => {
    expect(nodeWindows[0]).toMatchObject({ utilisation: 0.25 });
    expect(nodeWindows[0]?.joulesTotal).toBeCloseTo(76_500 / 4, 6);
  });

  test('is reserved by a pod that lived as long as it', () => {
    expect(rowOf(rows, 'pod').joulesIdle).toBeCloseTo(9000 / 4, 6);
    expect(rowOf(rows, 'unallocated').embodiedCo2eGrams).toBeCloseTo(0.75 / 4, 12);
  });
});

describe('a node without samples', () => {
  const silent = nodeFactsOf({
    cpuSeconds: null,
    cpuSource: 'no-samples',
    pods: [podFactsOf({ cpuSeconds: 0, memoryBytes: 0, usageSource: 'requests' })],
  });
  const { rows } = computed([silent]);

  test('counts at idle power, by reservation', () => {
    expect(rowOf(rows, 'pod')).toMatchObject({ joulesDynamic: 0, joulesIdle: 9000 });
    expect(rowOf(rows, 'unallocated').joules).toBeCloseTo(27_000, 6);
    expect(rows.filter((row) => row.rowKind === 'system')).toEqual([]);
  });

  test('says so in its rows', () => {
    expect(rowOf(rows, 'pod').estimationReasons).toEqual([
      'No usage of the pod was seen; it is shown with its requests.',
      'Power comes from the published curve of the instance type, not from a meter.',
      'The node sent no samples; it counts at idle power.',
      'Grid intensity is the yearly mean of FR.',
    ]);
    expect(rowOf(rows, 'unallocated').sources.usage).toBe('requests');
  });
});

describe('rows that are exactly zero', () => {
  test('of the system are left out', () => {
    const { rows } = computed([nodeFactsOf({ cpuSeconds: 1800 })]);
    expect(rows.map((row) => row.rowKind)).toEqual(['pod', 'unallocated']);
  });

  test('of what is unallocated are left out', () => {
    const whole = podFactsOf({ cpuRequestMillicores: 4000, memoryRequestBytes: 16e9 });
    const { rows } = computed([nodeFactsOf({ pods: [whole] })]);
    expect(rows.map((row) => row.rowKind)).toEqual(['pod', 'system']);
  });

  test('an unallocated row stays for its price alone', () => {
    const odd = podFactsOf({ cpuRequestMillicores: 0, cpuSeconds: 0, memoryRequestBytes: 32e9 });
    const { rows } = computed([nodeFactsOf({ cpuSeconds: 0, pods: [odd] })]);
    const row = rowOf(rows, 'unallocated');
    expect(row).toMatchObject({ joules: 0, costMemory: 0 });
    expect(row.costCpu).toBeCloseTo(0.16, 12);
  });
});

test('a node whose CPU is only the sum of its pods has no system row', () => {
  const { rows } = computed([nodeFactsOf({ cpuSeconds: 1800, cpuSource: 'pod-sum' })]);
  expect(rows.some((row) => row.rowKind === 'system')).toBe(false);
});

test('twelve five-minute windows are the hour that they lie in', () => {
  const hour = computed([nodeFactsOf()]);
  const piece = computed(
    [nodeFactsOf({ cpuSeconds: 300, existedSeconds: 300, pods: [podFactsOf({ cpuSeconds: 150, aliveSeconds: 300 })] })],
    coefficientsOf(),
    FIVE_MINUTES,
  );
  for (const kind of ['pod', 'system', 'unallocated'] as const) {
    const [small, large] = [rowOf(piece.rows, kind), rowOf(hour.rows, kind)];
    expect(small.joules * 12).toBeCloseTo(large.joules, 6);
    expect(small.co2eGrams * 12).toBeCloseTo(large.co2eGrams, 9);
    expect(small.embodiedCo2eGrams * 12).toBeCloseTo(large.embodiedCo2eGrams, 9);
    expect(small.totalCost * 12).toBeCloseTo(large.totalCost, 9);
    expect(small.cpuUsageMillicores).toBeCloseTo(large.cpuUsageMillicores, 9);
  }
});

test('each node has its own coefficients and zone', () => {
  const swedish = nodeFactsOf({ node: nodeOf({ name: 'node-b', provider: 'onprem' }) });
  const { rows } = computeWindow({
    clusterId: 'c',
    facts: factsOf([nodeFactsOf(), swedish]),
    coefficientsOf: (node) =>
      node.name === 'node-b'
        ? coefficientsOf({ pue: { pue: 1.6, source: 'on-prem', factor: { low: 1, high: 1 } } })
        : coefficientsOf(),
    zoneOf: (node) => (node.name === 'node-b' ? 'SE-SE3' : 'FR'),
  });
  expect(new Set(rows.filter((row) => row.node === 'node-a').map((row) => `${row.emapsZone} ${row.pue}`))).toEqual(
    new Set(['FR 1.2']),
  );
  expect(new Set(rows.filter((row) => row.node === 'node-b').map((row) => `${row.emapsZone} ${row.pue}`))).toEqual(
    new Set(['SE-SE3 1.6']),
  );
});

test('a window without nodes has no rows', () => {
  expect(computed([])).toEqual({ rows: [], nodeWindows: [], nodeSnapshots: [] });
});
