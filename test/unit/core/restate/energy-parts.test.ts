import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineFactors } from '../../../../src/core/bounds/combine.ts';
import { energyParts, hostFactor } from '../../../../src/core/restate/energy-parts.ts';
import { BY_USE_REASON, UNMETERED_REASON } from '../../../../src/core/window/reasons.ts';
import type { GpuCoefficients } from '../../../../src/model/coefficients.ts';
import type { NodeWindowRow, ResultRow } from '../../../../src/model/results.ts';
import type { RowSources } from '../../../../src/model/sources.ts';
import { nodeFactsOf } from '../builders.ts';
import { factsOfKind, windowOf } from '../explain/stored.ts';

const pod = factsOfKind(windowOf(nodeFactsOf()), 'pod');
if (pod.nodeWindow === null) throw new Error('a window of the node');
const window: NodeWindowRow = { ...pod.nodeWindow, curveLowFactor: 0.8, curveHighFactor: 1.25 };

const rowOf = (changes: Partial<ResultRow>, sources: Partial<RowSources> = {}): ResultRow => ({
  ...pod.row,
  ...changes,
  sources: { ...pod.row.sources, ...sources },
});

/** 600 J of the host at 0.8 to 1.25, and 400 J of cards: 100 measured, 200 by use, 100 assumed. */
const mixed = rowOf(
  {
    joules: 1000,
    joulesGpu: 400,
    joulesLow: 600 * 0.8 + 100 * 0.9 + 200 * 0.5 + 100 * 0.4,
    joulesHigh: 600 * 1.25 + 100 * 1.15 + 200 * 1.6 + 100 * 2,
  },
  { gpu: 'assumed' },
);
const joulesOf = (parts: ReturnType<typeof energyParts>) =>
  parts.map(({ joules }) => Math.abs(Number(joules.toFixed(6))));

describe('the joules of a row by source', () => {
  test('host, measured, by use and assumed: all that is stored is their sum, its low and its high', () => {
    const parts = energyParts(mixed, window, undefined);
    expect(joulesOf(parts)).toEqual([600, 100, 200, 100]);
    expect(parts.map(({ factor }) => factor.high)).toEqual([expect.closeTo(1.25, 12), 1.15, 1.6, 2]);
  });

  test('cards alone, as in the row of cards that nobody holds', () => {
    const cards = rowOf(
      { joules: 300, joulesGpu: 300, joulesLow: 200 * 0.9 + 50, joulesHigh: 200 * 1.15 + 160 },
      { gpu: 'utilisation' },
    );
    expect(joulesOf(energyParts(cards, window, undefined)).slice(0, 3)).toEqual([0, 200, 100]);
  });

  test('ranges of the coefficients are taken where they have some', () => {
    const gpu: GpuCoefficients = {
      ...{ model: 'T4', tdpWatts: 70, isKnown: true },
      factors: {
        measured: { low: 0.95, high: 1.05 },
        utilisation: { low: 0.6, high: 1.5 },
        assumed: { low: 0.3, high: 3 },
      },
    };
    const row = rowOf(
      { joules: 400, joulesGpu: 300, joulesLow: 80 + 180, joulesHigh: 125 + 450 },
      { gpu: 'utilisation' },
    );
    expect(joulesOf(energyParts(row, window, gpu)).slice(0, 3)).toEqual([100, 0, 300]);
  });

  test("without the window of the node the cards count as one, of the row's rung", () => {
    const row = rowOf(
      { joules: 1000, joulesGpu: 400, joulesLow: 480 + 200, joulesHigh: 750 + 640 },
      { gpu: 'utilisation' },
    );
    const [host, cards] = energyParts(row, null, undefined);
    expect(host?.joules).toBe(600);
    expect(host?.factor.low).toBeCloseTo(0.8, 12);
    expect(host?.factor.high).toBeCloseTo(1.25, 12);
    expect(cards).toEqual({ joules: 400, factor: { low: 0.5, high: 1.6 } });
  });

  test('a range that comes from no such parts stays one range', () => {
    const odd = rowOf({ joules: 1000, joulesGpu: 400, joulesLow: 990, joulesHigh: 1010 }, { gpu: 'measured' });
    const whole = [{ joules: 1000, factor: { low: 0.99, high: 1.01 } }];
    expect(energyParts(odd, window, undefined)).toEqual(whole);
    expect(energyParts(odd, null, undefined)).toEqual(whole);
    expect(energyParts({ ...odd, joulesGpu: 1000 }, null, undefined)).toEqual(whole);
  });

  test('a row without cards is one part, one without energy none', () => {
    const plain = rowOf({ joules: 50, joulesGpu: 0, joulesLow: 40, joulesHigh: 80 });
    expect(energyParts(plain, window, undefined)).toEqual([{ joules: 50, factor: { low: 0.8, high: 1.6 } }]);
    expect(energyParts(rowOf({ joules: 0, joulesLow: 0, joulesHigh: 0 }), window, undefined)).toEqual([]);
  });

  test('any mix comes back', () => {
    const joules = fc.double({ min: 1, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(joules, joules, joules, joules, (host, measured, byUse, assumed) => {
        const row = rowOf(
          {
            joules: host + measured + byUse + assumed,
            joulesGpu: measured + byUse + assumed,
            joulesLow: host * 0.8 + measured * 0.9 + byUse * 0.5 + assumed * 0.4,
            joulesHigh: host * 1.25 + measured * 1.15 + byUse * 1.6 + assumed * 2,
          },
          { gpu: 'assumed' },
        );
        const parts = energyParts(row, window, undefined);
        for (const [index, is] of [host, measured, byUse, assumed].entries()) {
          expect(Math.abs((parts[index]?.joules ?? Number.NaN) - is)).toBeLessThanOrEqual(1e-9 * row.joules);
        }
      }),
    );
  });
});

describe('the range of the host', () => {
  const power = { low: 0.8, high: 1.25 };
  const requests = { low: 0.5, high: 2 };
  const kubelet = { low: 0.97, high: 1.03 };
  const metered: NodeWindowRow = { ...window, meter: 'kepler package', cpuSource: 'kubelet' };

  test.each<[string, Partial<ResultRow>, Partial<RowSources>, NodeWindowRow, (typeof power)[]]>([
    ['a pod that was seen', {}, {}, window, [power]],
    ['a pod by its requests', {}, { usage: 'requests' }, window, [power, requests]],
    ['a pod on a node read by its kubelet', {}, {}, { ...window, cpuSource: 'kubelet' }, [power, kubelet]],
    ['the system of that node', { rowKind: 'system' }, {}, { ...window, cpuSource: 'kubelet' }, [power, kubelet]],
    ['spare capacity of it', { rowKind: 'unallocated' }, {}, { ...window, cpuSource: 'kubelet' }, [power]],
    [
      'spare capacity of a dark node',
      { rowKind: 'unallocated' },
      {},
      { ...window, cpuSource: 'no-samples' },
      [power, { low: 0.9, high: 2 }],
    ],
    ['a metered pod', {}, { usage: 'requests' }, metered, [power]],
    ['one that the meter does not know', { estimationReasons: [UNMETERED_REASON] }, {}, metered, [power, requests]],
    ['one whose meter knows no pods', { estimationReasons: [BY_USE_REASON] }, {}, metered, [power, kubelet]],
    [
      'spare capacity of a metered dark node',
      { rowKind: 'unallocated' },
      {},
      { ...metered, cpuSource: 'no-samples' },
      [power],
    ],
  ])('%s', (_name, changes, sources, of, factors) => {
    const { low, high } = hostFactor(rowOf({ rowKind: 'pod', ...changes }, sources), of);
    const expected = combineFactors(factors);
    expect(low).toBeCloseTo(expected.low, 12);
    expect(high).toBeCloseTo(expected.high, 12);
  });
});
