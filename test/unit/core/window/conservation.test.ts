import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { coefficientsOf, factsOf } from '../builders.ts';
import { anyCluster, type Cluster } from './any-cluster.ts';

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
