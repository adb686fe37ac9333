import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import type { NodeFacts } from '../../../../src/model/facts.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { coefficientsOf, factsOf, nodeFactsOf, nodeOf, podFactsOf } from '../builders.ts';

const positive = (max: number) => fc.double({ min: 0, max, noNaN: true });

const anyPod = fc
  .record({
    cpuRequestMillicores: positive(4000),
    memoryRequestBytes: positive(16e9),
    cpuSeconds: positive(20_000),
    memoryBytes: positive(16e9),
    aliveSeconds: fc.integer({ min: 1, max: 3600 }),
    usageSource: fc.constantFrom('cadvisor' as const, 'single-sample' as const, 'requests' as const),
  })
  .map(podFactsOf);

const anyNode: fc.Arbitrary<NodeFacts> = fc
  .record({
    cores: fc.integer({ min: 1, max: 128 }),
    memoryBytes: fc.integer({ min: 1e8, max: 512e9 }),
    cpuSeconds: fc.option(positive(200_000)),
    existedSeconds: fc.integer({ min: 1, max: 3600 }),
    pods: fc.array(anyPod, { maxLength: 15 }),
    cpuSource: fc.constantFrom('node-exporter' as const, 'pod-sum' as const),
  })
  .map(({ cores, memoryBytes, cpuSeconds, existedSeconds, pods, cpuSource }) =>
    nodeFactsOf({
      node: nodeOf({
        cpuCapacityMillicores: cores * 1000,
        cpuAllocatableMillicores: cores * 980,
        memoryCapacityBytes: memoryBytes,
        memoryAllocatableBytes: memoryBytes * 0.9,
      }),
      cpuSeconds,
      cpuSource: cpuSeconds === null ? 'no-samples' : cpuSource,
      existedSeconds,
      pods,
    }),
  );

const anyFactor = fc.record({
  low: fc.double({ min: 0.1, max: 1, noNaN: true }),
  high: fc.double({ min: 1, max: 4, noNaN: true }),
});

const anyCoefficients: fc.Arbitrary<NodeCoefficients> = fc
  .record({
    idle: positive(300),
    steps: fc.tuple(positive(100), positive(200), positive(300)),
    pue: fc.double({ min: 1, max: 2, noNaN: true }),
    gramsPerKwh: positive(900),
    kilograms: positive(5000),
    factors: fc.tuple(anyFactor, anyFactor, anyFactor, anyFactor, anyFactor),
  })
  .map(({ idle, steps: [a, b, c], pue, gramsPerKwh, kilograms, factors }) => {
    const base = coefficientsOf();
    return coefficientsOf({
      curve: { ...base.curve, watts: [idle, idle + a, idle + a + b, idle + a + b + c], factor: factors[0] },
      pue: { ...base.pue, pue, factor: factors[1] },
      intensity: { ...base.intensity, gramsPerKwh, factor: factors[2] },
      embodied: { ...base.embodied, kilograms, factor: factors[3] },
      prices: { ...base.prices, factor: factors[4] },
    });
  });

const anyCluster = fc.array(fc.tuple(anyNode, anyCoefficients), { minLength: 1, maxLength: 5 }).map((pairs) =>
  pairs.map(([facts, coefficients], index) => ({
    facts: { ...facts, node: { ...facts.node, name: `node-${index}` } },
    coefficients,
  })),
);
type Cluster = typeof anyCluster extends fc.Arbitrary<infer C> ? C : never;

function compute(cluster: Cluster) {
  const byName = new Map(cluster.map(({ facts, coefficients }) => [facts.node.name, coefficients]));
  return computeWindow({
    clusterId: 'c',
    facts: factsOf(cluster.map(({ facts }) => facts)),
    coefficientsOf: (node) => byName.get(node.name) ?? coefficientsOf(),
    zoneOf: () => 'FR',
  });
}

function sum(rows: readonly ResultRow[], value: (row: ResultRow) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}

function close(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-12);
}

describe('over random clusters', () => {
  test("a node's energy is its pods + system + unallocated", () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const { rows, nodeWindows } = compute(cluster);
        for (const node of nodeWindows) {
          const own = rows.filter((row) => row.node === node.node);
          close(
            sum(own, (row) => row.joules),
            node.joulesTotal,
          );
          const parts = node.joulesDynamic + node.joulesIdleReserved + node.joulesSystem + node.joulesUnallocated;
          close(parts, node.joulesTotal);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('the making of a node is shared without rest', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const { rows } = compute(cluster);
        for (const { facts, coefficients } of cluster) {
          const { kilograms, lifespanHours } = coefficients.embodied;
          const whole = ((kilograms * 1000) / lifespanHours) * (facts.existedSeconds / 3600);
          close(
            sum(
              rows.filter((row) => row.node === facts.node.name),
              (row) => row.embodiedCo2eGrams,
            ),
            whole,
          );
        }
      }),
    );
  });

  test('a row is the sum of its parts, of energy and of cost', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        for (const row of compute(cluster).rows) {
          close(row.joulesDynamic + row.joulesIdle + row.joulesGpu + row.joulesStorage, row.joules);
          close(row.costCpu + row.costMemory + row.costGpu + row.costStorage + row.costNetwork, row.totalCost);
        }
      }),
    );
  });

  test('bounds are in order round every figure', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        for (const row of compute(cluster).rows) {
          const triples = [
            [row.joulesLow, row.joules, row.joulesHigh],
            [row.co2eLowGrams, row.co2eGrams, row.co2eHighGrams],
            [row.embodiedLowGrams, row.embodiedCo2eGrams, row.embodiedHighGrams],
            [row.costLow, row.totalCost, row.costHigh],
          ] as const;
          for (const [low, central, high] of triples) {
            expect(low).toBeGreaterThanOrEqual(0);
            expect(low).toBeLessThanOrEqual(central);
            expect(high).toBeGreaterThanOrEqual(central);
          }
        }
      }),
    );
  });

  test('no figure is negative or not a number', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        for (const row of compute(cluster).rows) {
          for (const value of Object.values(row)) {
            if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  test('each pod has one row and each node at most one of its own kinds', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const { rows } = compute(cluster);
        const pods = cluster.reduce((count, { facts }) => count + facts.pods.length, 0);
        expect(rows.filter((row) => row.rowKind === 'pod')).toHaveLength(pods);
        for (const kind of ['system', 'unallocated'] as const) {
          const names = rows.filter((row) => row.rowKind === kind).map((row) => row.podName);
          expect(new Set(names).size).toBe(names.length);
        }
      }),
    );
  });
});
