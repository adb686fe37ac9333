import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import type { ResultRow } from '../../../../src/model/results.ts';
import { factsOf } from '../builders.ts';
import { anyHost, type NodeOfCluster } from './any-cluster.ts';

function rowsOf({ facts, coefficients }: NodeOfCluster): readonly ResultRow[] {
  return computeWindow({
    clusterId: 'c',
    facts: factsOf([facts]),
    coefficientsOf: () => coefficients,
    zoneOf: () => 'FR',
  }).rows;
}

/** Widths of a row relative to its figure; [1, 1] where there is nothing. */
function widths(row: ResultRow) {
  const of = (end: number, central: number) => (central > 0 ? end / central : 1);
  return {
    low: of(row.joulesLow, row.joules),
    high: of(row.joulesHigh, row.joules),
    carbonLow: of(row.co2eLowGrams, row.co2eGrams),
    carbonHigh: of(row.co2eHighGrams, row.co2eGrams),
  };
}

/** Every row of the same name is at least as wide where a source is worse. */
function expectWider(better: NodeOfCluster, worse: NodeOfCluster): void {
  const before = new Map(rowsOf(better).map((row) => [`${row.rowKind} ${row.podName}`, widths(row)]));
  for (const row of rowsOf(worse)) {
    const sure = before.get(`${row.rowKind} ${row.podName}`);
    if (sure === undefined) continue;
    const wide = widths(row);
    expect(wide.low).toBeLessThanOrEqual(sure.low + 1e-9);
    expect(wide.high).toBeGreaterThanOrEqual(sure.high - 1e-9);
    expect(wide.carbonLow).toBeLessThanOrEqual(sure.carbonLow + 1e-9);
    expect(wide.carbonHigh).toBeGreaterThanOrEqual(sure.carbonHigh - 1e-9);
  }
}

const withoutMeter = ({ facts: { meter: _, ...facts }, coefficients }: NodeOfCluster): NodeOfCluster => ({
  facts,
  coefficients,
});
const withPower = (node: NodeOfCluster, curve: Partial<NodeCoefficients['curve']>): NodeOfCluster => ({
  ...node,
  coefficients: { ...node.coefficients, curve: { ...node.coefficients.curve, ...curve } },
});

/** Ranges of METHODOLOGY 1.1 (b) to (e). */
const TEADS = { source: 'teads', factor: { low: 0.6, high: 1.4 } } as const;
const MICROARCHITECTURE = { source: 'microarchitecture', factor: { low: 0.5, high: 1.6 } } as const;
const GENERIC = { source: 'generic', factor: { low: 0.5, high: 2 } } as const;

describe('bounds never shrink when a source is worse:', () => {
  test('the power of a node', () => {
    fc.assert(
      fc.property(anyHost, (node) => {
        const modelled = withoutMeter(node);
        expectWider(withPower(modelled, TEADS), withPower(modelled, MICROARCHITECTURE));
        expectWider(withPower(modelled, MICROARCHITECTURE), withPower(modelled, GENERIC));
      }),
    );
  });

  test('a model in the place of a meter', () => {
    const meter = {
      exporter: 'kepler',
      zone: 'package',
      activeJoules: 1e5,
      idleJoules: 1e5,
      isModelled: false,
    } as const;
    fc.assert(
      fc.property(anyHost, ({ facts, coefficients }) => {
        const measured = { facts: { ...facts, meter }, coefficients };
        expectWider(measured, { facts: { ...facts, meter: { ...meter, isModelled: true } }, coefficients });
      }),
    );
  });

  test("the node's CPU", () => {
    const ladder = ['node-exporter', 'cadvisor-root', 'kubelet', 'metrics-server', 'pod-sum'] as const;
    fc.assert(
      fc.property(anyHost, (node) => {
        const { facts, coefficients } = withoutMeter(node);
        const rungs = ladder.map((cpuSource) => ({ facts: { ...facts, cpuSource, cpuSeconds: 1000 }, coefficients }));
        rungs.forEach((rung, index) => {
          const next = rungs[index + 1];
          if (next !== undefined) expectWider(rung, next);
        });
      }),
      { numRuns: 30 },
    );
  });

  test("a pod's usage", () => {
    const ladder = ['cadvisor', 'kubelet', 'single-sample', 'metrics-server', 'requests'] as const;
    fc.assert(
      fc.property(anyHost, (node) => {
        const { facts, coefficients } = withoutMeter(node);
        const rungs = ladder.map((usageSource) => ({
          facts: { ...facts, pods: facts.pods.map((pod) => ({ ...pod, usageSource })) },
          coefficients,
        }));
        rungs.forEach((rung, index) => {
          const next = rungs[index + 1];
          if (next !== undefined) expectWider(rung, next);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('the intensity and the PUE', () => {
    fc.assert(
      fc.property(anyHost, (node) => {
        const wider = { low: 0.05, high: 5 };
        const { facts, coefficients } = node;
        const { intensity, pue } = coefficients;
        expectWider(node, { facts, coefficients: { ...coefficients, intensity: { ...intensity, factor: wider } } });
        expectWider(node, { facts, coefficients: { ...coefficients, pue: { ...pue, factor: wider } } });
      }),
      { numRuns: 30 },
    );
  });
});
