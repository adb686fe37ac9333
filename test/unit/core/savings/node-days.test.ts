import { describe, expect, test } from 'vitest';
import type { AnalysisInput } from '../../../../src/core/recommendations/analysis-input.ts';
import { idleGrams, idlePart } from '../../../../src/core/savings/idle-power.ts';
import { atMost, beyond, fromZero, larger, plus, sumOf, times, ZERO } from '../../../../src/core/savings/intervals.ts';
import { clusterDay } from '../../../../src/core/savings/joint.ts';
import { nodeDays } from '../../../../src/core/savings/node-days.ts';
import { podNeeds } from '../../../../src/core/savings/pod-needs.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import { coefficientsOf } from '../builders.ts';
import { GIB, layoutPod } from '../consolidation/layouts.ts';
import { nodeKey, type UsageLine, usageOf, workloadKeyOf } from './usage-columns.ts';

function inputOf(nodes: readonly UsageLine[], workloads: readonly UsageLine[] = []): AnalysisInput {
  return {
    clusterId: 'c1',
    range: { startSeconds: 0, endSeconds: 48 * 3600 },
    nowSeconds: 48 * 3600,
    thresholds: DEFAULT_THRESHOLDS,
    nodes: usageOf(nodes),
    workloads: usageOf(workloads),
    layout: null,
    prices: coefficientsOf().prices,
    idOf: (parts) => parts.join('|'),
  };
}

describe('a day of a node', () => {
  const hour = (node: string, at: number, intensity: number): UsageLine => ({
    key: nodeKey(node),
    hour: at,
    values: {
      joules: 100,
      joulesDynamic: 20,
      joulesIdle: 30,
      joulesUnallocated: 45,
      joulesSystem: 5,
      co2eGrams: intensity,
      co2eLowGrams: intensity * 0.5,
      co2eHighGrams: intensity * 2,
      embodiedCo2eGrams: 3,
      totalCost: 0.25,
    },
  });
  const input = inputOf([hour('a', 0, 10), hour('a', 5, 30), hour('b', 0, 100)]);

  test('has of each hour the idle part at the intensity of that hour', () => {
    const a = nodeDays(input).get('a');
    // Two hours were seen: 12 such pairs are a day.
    expect(a?.idleGrams.central).toBeCloseTo((10 + 30) * 0.75 * 12, 9);
    expect(a?.idleGrams.low).toBeCloseTo(40 * 0.75 * 12 * 0.5, 9);
    expect(a?.idleGrams.high).toBeCloseTo(40 * 0.75 * 12 * 2, 9);
    expect(a?.idleJoules).toBe(75 * 24);
  });

  test('has all its money in the range of the prices, and its manufacture from 0', () => {
    const a = nodeDays(input).get('a');
    expect(a?.cost).toEqual({ low: 3, central: 6, high: expect.closeTo(9.6, 9) });
    expect(a?.embodiedGrams).toEqual({ low: 0, central: 72, high: 144 });
  });

  test('has the range that is given for its idle power in place of that of all it emitted', () => {
    const days = nodeDays(input, { carbonOf: (node) => (node === 'a' ? { low: 0.9, high: 1.1 } : null) });
    expect(days.get('a')?.idleGrams.low).toBeCloseTo(40 * 0.75 * 12 * 0.9, 9);
    expect(days.get('b')?.idleGrams.low).toBeCloseTo(100 * 0.75 * 24 * 0.5, 9);
  });

  test('is left out for volumes, which are on no node', () => {
    expect([...nodeDays(inputOf([hour('', 0, 1), hour('a', 0, 1)])).keys()]).toEqual(['a']);
    expect(nodeDays(inputOf([])).size).toBe(0);
  });

  test('of the cluster counts every row, by the hours that anything was seen', () => {
    const day = clusterDay(input);
    expect(day.co2eGrams).toEqual({ low: 70 * 12, central: 140 * 12, high: 280 * 12 });
    expect(day.cost.central).toBeCloseTo(0.75 * 12, 9);
    expect(day.embodiedGrams).toEqual({ low: 0, central: 9 * 12, high: 18 * 12 });
    expect(clusterDay(inputOf([])).co2eGrams).toEqual(ZERO);
  });
});

describe('what a pod needs', () => {
  const key = workloadKeyOf('shop', 'Deployment', 'cart');
  const hour = (at: number, cores: number, gib: number, peakGib = 0, podCount = 2): UsageLine => ({
    key,
    hour: at,
    values: {
      podCount,
      cpuUsageMillicoreSeconds: cores * 1000 * podCount * 3600,
      memoryUsageByteSeconds: gib * GIB * podCount * 3600,
      memoryPeakPodBytes: peakGib * GIB,
    },
  });

  test('is the CPU of all but 5 % of the hours, and the most memory that one ever held', () => {
    const lines = Array.from({ length: 20 }, (_, at) => hour(at, at === 7 ? 3 : 0.1 + at / 100, 1, at === 9 ? 4 : 1));
    const need = podNeeds(inputOf([], lines))(layoutPod('cart-0', 'a'));
    expect(need?.cpuMillicores).toBeCloseTo(290, 9);
    expect(need?.memoryBytes).toBe(4 * GIB);
  });

  test('is at least the mean where no peak was kept', () => {
    const need = podNeeds(inputOf([], [hour(0, 1, 2)]))(layoutPod('cart-0', 'a'));
    expect(need).toEqual({ cpuMillicores: 1000, memoryBytes: 2 * GIB });
  });

  test('is not known of others, nor of hours without pods', () => {
    const needs = podNeeds(inputOf([], [hour(0, 1, 2)]));
    expect(needs(layoutPod('mail-0', 'a'))).toBeNull();
    expect(needs(layoutPod('cart-0', 'a', { owner: null }))).toBeNull();
    expect(podNeeds(inputOf([], [hour(0, 1, 2, 0, 0)]))(layoutPod('cart-0', 'a'))).toBeNull();
  });

  test('of a bare pod goes by its name', () => {
    const line = { ...hour(0, 1, 2), key: workloadKeyOf('shop', 'Pod', 'cart-0') };
    expect(podNeeds(inputOf([], [line]))(layoutPod('cart-0', 'a', { owner: null }))).not.toBeNull();
  });
});

describe('idle power', () => {
  test('of nodes that are gone is saved, of none nothing', () => {
    const nodes = { idleWatts: 100, hours: 10, pue: 1.5, gramsPerKwh: 200 };
    expect(idleGrams({ ...nodes, count: 2 })).toBeCloseTo(600, 9);
    expect(idleGrams({ ...nodes, count: 0 })).toBe(0);
  });

  test('is a share of an hour', () => {
    expect(idlePart({ joules: 100, joulesIdle: 30, joulesUnallocated: 45 })).toBe(0.75);
    expect(idlePart({ joules: 0, joulesIdle: 0, joulesUnallocated: 0 })).toBe(0);
    expect(idlePart({ joules: 10, joulesIdle: 11, joulesUnallocated: 0 })).toBe(1);
  });
});

test('ranges add, shrink and end where there is no more', () => {
  const a = { low: 1, central: 2, high: 4 };
  const b = { low: 0, central: 3, high: 3 };
  expect(plus(a, b)).toEqual({ low: 1, central: 5, high: 7 });
  expect(sumOf([a, b, a])).toEqual({ low: 2, central: 7, high: 11 });
  expect(sumOf([])).toEqual(ZERO);
  expect(times(a, 2)).toEqual({ low: 2, central: 4, high: 8 });
  expect(fromZero(a)).toEqual({ low: 0, central: 2, high: 4 });
  expect(atMost(a, b)).toEqual({ low: 0, central: 2, high: 3 });
  expect(beyond(a, b)).toEqual({ low: 0, central: 0, high: 1 });
  expect(beyond(b, a)).toEqual({ low: 0, central: 1, high: 1 });
  expect([larger(a, b), larger(b, a), larger(a, a)]).toEqual([b, b, a]);
  expect(larger(b, { ...b, high: 5 }).high).toBe(5);
});
