import { describe, expect, it } from 'vitest';
import { rateCarbon } from '../../../../src/core/score/carbon.ts';
import { rateCarbonAware } from '../../../../src/core/score/carbon-aware.ts';
import { rateNodes } from '../../../../src/core/score/nodes.ts';
import { rateResourceEfficiency } from '../../../../src/core/score/resource-efficiency.ts';
import { rateScaling } from '../../../../src/core/score/scaling.ts';
import { rateStability } from '../../../../src/core/score/stability.ts';
import { isZombie, rateWaste } from '../../../../src/core/score/waste.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import type { Autoscaler } from '../../../../src/model/scheduling.ts';
import { layoutWith, scopeWith, workload } from './score-scope.ts';

describe('resource efficiency', () => {
  const cpu = (use: number, joules = 1000) =>
    workload('shop/Deployment/cart', { joules, cpuUsageMillicoreSeconds: use, cpuRequestMillicoreSeconds: 100 });

  it.each([
    [0, 0],
    [15, 25],
    [30, 50],
    [60, 100],
    [250, 100],
  ])('gives CPU use of %d %% of the request %d points', (use, points) => {
    expect(rateResourceEfficiency(scopeWith([cpu(use)])).score).toBeCloseTo(points, 9);
  });

  it('weighs workloads by energy, and takes the mean of CPU and memory', () => {
    const idle = workload('shop/Deployment/idle', {
      joules: 3000,
      cpuRequestMillicoreSeconds: 100,
      memoryUsageByteSeconds: 40,
      memoryRequestByteSeconds: 100,
    });
    const outcome = rateResourceEfficiency(scopeWith([cpu(60), idle]));
    // CPU: (1000 × 100 + 3000 × 0) ÷ 4000 = 25. Memory, of the second alone: 0.4 ÷ 0.8 = 50.
    expect(outcome.score).toBeCloseTo((25 + 50) / 2, 9);
    expect(outcome.figures).toEqual({
      cpu_use_over_request: 0.15,
      memory_use_over_request: 0.4,
      energy_share_with_cpu_request: 1,
      energy_share_with_memory_request: 0.75,
    });
    expect(outcome.note).toBe('Pods use 15 % of the CPU and 40 % of the memory that they request, weighted by energy.');
  });

  it('has no score where nothing is requested, and leaves out who requests nothing', () => {
    const without = workload('shop/Deployment/none', { cpuUsageMillicoreSeconds: 80 });
    expect(rateResourceEfficiency(scopeWith([without])).score).toBeNull();
    expect(rateResourceEfficiency(scopeWith([without, cpu(30)])).score).toBeCloseTo(50, 9);
    expect(rateResourceEfficiency(scopeWith([])).score).toBeNull();
  });
});

describe('carbon', () => {
  it.each([
    [20, 100],
    [50, 100],
    [375, 50],
    [475, 34.615],
    [700, 0],
    [900, 0],
  ])('gives %d g/kWh %d points', (gramsPerKwh, points) => {
    const cluster = { joules: 2000, intensityJoules: 2000 * gramsPerKwh };
    expect(rateCarbon(scopeWith([], { cluster })).score).toBeCloseTo(points, 3);
  });

  it('is of the own energy of a namespace', () => {
    const own = workload('shop/Deployment/cart', { joules: 10, intensityJoules: 10 * 50 });
    const scope = { namespace: 'shop', cluster: { joules: 1000, intensityJoules: 1000 * 700 } };
    expect(rateCarbon(scopeWith([own], scope)).score).toBe(100);
    expect(rateCarbon(scopeWith([own], { ...scope, namespace: null })).score).toBe(0);
  });

  it('has no score without energy', () => expect(rateCarbon(scopeWith([])).score).toBeNull());
});

describe('waste', () => {
  const busy = workload('shop/Deployment/cart', { joules: 500, joulesDynamic: 168 * 3600 });
  const zombie = workload('shop/Deployment/old', { joules: 100, joulesDynamic: 168 * 3600 * 0.049 });

  it('is spare capacity and pods that do nothing, over all energy', () => {
    const outcome = rateWaste(scopeWith([busy, zombie], { cluster: { joules: 1000, joulesUnallocated: 300 } }));
    expect(outcome.score).toBeCloseTo(60, 9);
    expect(outcome.figures).toEqual({
      energy_joules: 1000,
      unallocated_share: 0.3,
      zombie_share: 0.1,
      zombie_count: 1,
    });
    expect(outcome.note).toContain('30 % of energy goes to capacity that nothing reserves, 10 % to pods');
    expect(outcome.how).toContain('fewer or smaller nodes');
  });

  it('knows only the pods of a namespace', () => {
    const scope = { namespace: 'shop', cluster: { joules: 1000, joulesUnallocated: 300 } };
    const outcome = rateWaste(scopeWith([busy, zombie], scope));
    expect(outcome.score).toBeCloseTo(100 * (1 - 100 / 600), 9);
    expect(outcome.figures).toMatchObject({ energy_joules: 600, unallocated_share: null });
    expect(outcome.note).toBe('17 % of energy goes to pods that do nothing.');
    expect(outcome.how).toContain('Remove the pods');
  });

  it('is nothing where all energy is used, all where all is spare, and unknown without energy', () => {
    expect(rateWaste(scopeWith([busy], { cluster: { joules: 500 } })).score).toBe(100);
    expect(rateWaste(scopeWith([], { cluster: { joules: 500, joulesUnallocated: 500 } })).score).toBe(0);
    expect(rateWaste(scopeWith([])).score).toBeNull();
  });

  it.each([
    ['at the threshold', { joulesDynamic: 168 * 3600 * 0.05 }, 'shop/Deployment/old', false],
    ['by power a pod, not of all', { joulesDynamic: 168 * 3600 * 0.09, podHours: 336 }, 'shop/Deployment/old', true],
    ['seen too shortly', { hours: 23 }, 'shop/Deployment/old', false],
    ['that works for an hour a week', { highestPodWatts: 0.25 }, 'shop/Deployment/old', false],
    ['with a peak below that', { highestPodWatts: 0.249 }, 'shop/Deployment/old', true],
    ['with traffic', { networkBytes: 168 * 3600 * 1024 }, 'shop/Deployment/old', false],
    ['with hardly any', { networkBytes: 168 * 3600 * 1023 }, 'shop/Deployment/old', true],
    ['a job, which stops by itself', {}, 'shop/CronJob/report', false],
    ['a bare pod', {}, 'shop/Pod/old', true],
    ['an agent of each node', {}, 'shop/DaemonSet/agent', false],
    ['a part of Kubernetes', {}, 'kube-system/Deployment/coredns', false],
    ['idle and seen long enough', { hours: 24 }, 'shop/StatefulSet/old', true],
    ['without pods', { podHours: 0 }, 'shop/Deployment/old', false],
  ])('takes for idle or not: %s', (_, facts, path, expected) => {
    expect(isZombie(workload(path, { joulesDynamic: 0, ...facts }), DEFAULT_THRESHOLDS)).toBe(expected);
  });
});

describe('nodes', () => {
  it.each([
    [0, 0],
    [0.425, 50],
    [0.85, 100],
    [1, 100],
  ])('gives nodes that are reserved to %d %d points', (share, points) => {
    const cluster = { joulesIdle: share * 1000, joulesUnallocated: (1 - share) * 1000 };
    expect(rateNodes(scopeWith([], { cluster })).score).toBeCloseTo(points, 9);
  });

  it('has no score for a namespace, nor without idle energy', () => {
    const cluster = { joulesIdle: 1, joulesUnallocated: 1 };
    expect(rateNodes(scopeWith([], { namespace: 'shop', cluster })).score).toBeNull();
    expect(rateNodes(scopeWith([])).score).toBeNull();
  });
});

describe('scaling', () => {
  const varying = (name: string, facts = {}) =>
    workload(`shop/Deployment/${name}`, { cpuVariation: 0.7, joules: 100, ...facts });
  const autoscaler = (targetName: string, kind: Autoscaler['kind'] = 'horizontal'): Autoscaler => ({
    namespace: 'shop',
    kind,
    targetKind: 'Deployment',
    targetName,
    minReplicas: 1,
    maxReplicas: 5,
    metrics: ['cpu'],
    mode: null,
  });

  it('is the share of varying energy with an autoscaler, or whose pods follow the load', () => {
    const workloads = [
      varying('scaled'),
      varying('follows', { podsFollowCpu: 0.5 }),
      varying('fixed', { joules: 200, podsFollowCpu: 0.49 }),
      varying('steady', { cpuVariation: 0.69, joules: 9999 }),
      varying('young', { hours: 23, joules: 9999 }),
      workload('shop/CronJob/report', { cpuVariation: 2, joules: 9999 }),
    ];
    const outcome = rateScaling(scopeWith(workloads, { layout: layoutWith([autoscaler('scaled')]) }));
    expect(outcome.score).toBeCloseTo(50, 9);
    expect(outcome.figures).toEqual({ varying_workloads: 3, scaled_workloads: 2, scaled_energy_share: 0.5 });
  });

  it('takes a vertical autoscaler, and one of another namespace, for none', () => {
    const layout = layoutWith([autoscaler('a', 'vertical'), { ...autoscaler('a'), namespace: 'other' }]);
    expect(rateScaling(scopeWith([varying('a')], { layout })).score).toBe(0);
  });

  it('has no score without layout, without autoscalers in it, and where nothing varies', () => {
    expect(rateScaling(scopeWith([varying('a')])).note).toBe('Autoscalers of this cluster are not known.');
    const unread = layoutWith([], ['horizontalpodautoscalers']);
    expect(rateScaling(scopeWith([varying('a')], { layout: unread })).score).toBeNull();
    expect(rateScaling(scopeWith([], { layout: layoutWith([]) })).score).toBeNull();
  });
});

describe('carbon-aware', () => {
  // Half of the hours at 300, half at 500: plain mean 400.
  const gramsPerKwhByHour = Float64Array.from({ length: 48 }, (_, hour) => (hour % 2 === 0 ? 300 : 500));
  const at = (gramsPerKwh: number) =>
    workload('shop/Deployment/cart', { dynamicIntensityJoules: 10 * gramsPerKwh, dynamicJoulesWithIntensity: 10 });

  it.each([
    [300, 100],
    [320, 100],
    [360, 75],
    [400, 50],
    [480, 0],
    [500, 0],
  ])('gives work at %d g/kWh, where the mean is 400, %d points', (gramsPerKwh, points) => {
    expect(rateCarbonAware(scopeWith([at(gramsPerKwh)], { cluster: { gramsPerKwhByHour } })).score).toBeCloseTo(points);
  });

  it('says the figures', () => {
    const outcome = rateCarbonAware(scopeWith([at(360)], { cluster: { gramsPerKwhByHour } }));
    expect(outcome.note).toBe('Work is done at 360 g CO2e/kWh, where the plain mean of the hours is 400.');
    expect(outcome.figures['ratio']).toBeCloseTo(0.9, 9);
  });

  it('has no score for a grid that is the same all day, for too few hours, and without work', () => {
    const flat = new Float64Array(48).fill(475);
    expect(rateCarbonAware(scopeWith([at(475)], { cluster: { gramsPerKwhByHour: flat } })).score).toBeNull();
    const few = gramsPerKwhByHour.map((each, hour) => (hour < 25 ? Number.NaN : each));
    const outcome = rateCarbonAware(scopeWith([at(400)], { cluster: { gramsPerKwhByHour: few } }));
    expect([outcome.score, outcome.note]).toEqual([null, 'Fewer than 24 hours have a grid intensity.']);
    expect(rateCarbonAware(scopeWith([], { cluster: { gramsPerKwhByHour } })).score).toBeNull();
  });
});

describe('stability', () => {
  it.each([
    [0, 100],
    [7, 50],
    [14, 0],
    [200, 0],
  ])('gives %d restarts in 14 days of pods %d points', (restarts, points) => {
    const outcome = rateStability(scopeWith([workload('shop/Deployment/cart', { podHours: 336, restarts })]));
    expect(outcome.score).toBeCloseTo(points, 9);
  });

  it('has no score where no pod ran', () => expect(rateStability(scopeWith([])).score).toBeNull());
});
