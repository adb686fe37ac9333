import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { CostParts } from '../../../../src/model/costs.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { coefficientsOf, factsOf } from '../builders.ts';
import { anyCluster, type Cluster } from './any-cluster.ts';

function compute(cluster: Cluster) {
  const byName = new Map(cluster.nodes.map(({ facts, coefficients }) => [facts.node.name, coefficients]));
  return computeWindow({
    clusterId: 'c',
    facts: { ...factsOf(cluster.nodes.map(({ facts }) => facts)), volumes: cluster.volumes },
    coefficientsOf: (node) => byName.get(node.name) ?? coefficientsOf(),
    zoneOf: () => 'FR',
    volumeOf: () => cluster.volumeCoefficient,
    costs: cluster.costs,
  });
}

function sum(rows: readonly ResultRow[], value: (row: ResultRow) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}

function close(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-12);
}

const costOf = (parts: CostParts) => parts.cpu + parts.memory + parts.gpu + parts.storage + parts.network;

describe('over random clusters of mixed rungs', () => {
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
          close(
            sum(own, (row) => row.joulesGpu),
            node.joulesGpu,
          );
          const host = node.joulesDynamic + node.joulesIdleReserved + node.joulesSystem + node.joulesUnallocated;
          close(host + node.joulesGpu, node.joulesTotal);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a metered node has what its meter counted, at the plug', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        for (const node of compute(cluster).nodeWindows) {
          if (node.measuredJoules === null) continue;
          close(node.joulesTotal, node.measuredJoules * (node.meterFactor ?? Number.NaN) + node.joulesGpu);
        }
      }),
    );
  });

  test("the cluster's energy is that of its nodes and volumes", () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const { rows, nodeWindows } = compute(cluster);
        const volumes = rows.filter((row) => row.rowKind === 'volume');
        expect(volumes).toHaveLength(cluster.volumes.length);
        const ofNodes = nodeWindows.reduce((total, node) => total + node.joulesTotal, 0);
        close(
          sum(rows, (row) => row.joules),
          ofNodes + sum(volumes, (row) => row.joulesStorage),
        );
      }),
    );
  });

  test('costs of the cluster are shared without rest; pods that it does not know come on top', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const { costs } = cluster;
        if (costs === null) return;
        const { rows } = compute(cluster);
        const shared = rows.filter((row) => row.sources.cost === 'opencost');
        const all = costs.pods.reduce((total, pod) => total + costOf(pod), costOf(costs.idle));
        close(
          sum(shared, (row) => row.totalCost),
          all,
        );
      }),
    );
  });

  test('the making of a node is shared without rest', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const { rows } = compute(cluster);
        for (const { facts, coefficients } of cluster.nodes) {
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

  test('only what was measured and live is no estimate', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        for (const row of compute(cluster).rows) {
          if (row.isEstimated) continue;
          expect(row.sources).toMatchObject({ power: 'measured', intensity: 'live' });
          expect(['none', 'measured']).toContain(row.sources.gpu);
        }
      }),
    );
  });

  test('each pod has one row and each node at most one of its own kinds; no key comes twice', () => {
    fc.assert(
      fc.property(anyCluster, (cluster) => {
        const { rows } = compute(cluster);
        const pods = cluster.nodes.reduce((count, { facts }) => count + facts.pods.length, 0);
        expect(rows.filter((row) => row.rowKind === 'pod')).toHaveLength(pods);
        const keys = rows.map((row) => `${row.node} ${row.namespace} ${row.podName}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
