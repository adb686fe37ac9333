import { expect, it } from 'vitest';
import { clusterFacts, workloadFacts } from '../../../../src/core/score/facts.ts';
import { every, finish, nodeKey, usageHours, workloadKey } from '../../../fakes/score/usage-lines.ts';

const gramsOf = (...values: number[]) => ({ gramsPerKwhByHour: Float64Array.from(values) });

it('adds nodes up, and knows the grid of each hour by their energy', () => {
  const nodes = usageHours([
    {
      key: nodeKey('a'),
      hours: [
        { joules: 100, joulesIdle: 30, joulesUnallocated: 20, intensityJoules: 100 * 200 },
        { joules: 50, joulesIdle: 30, intensityJoules: 50 * 400 },
      ],
    },
    { key: nodeKey('b'), hours: [{ joules: 300, joulesUnallocated: 5, intensityJoules: 300 * 600 }, undefined] },
  ]);
  const { result } = finish(clusterFacts(nodes, 3));
  expect(result).toMatchObject({ joules: 450, joulesIdle: 60, joulesUnallocated: 25, intensityJoules: 220_000 });
  expect([...result.gramsPerKwhByHour]).toEqual([500, 400, Number.NaN]);
});

it('adds each workload up', () => {
  const line = {
    joules: 10,
    joulesDynamic: 4,
    intensityJoules: 1000,
    cpuUsageMillicoreSeconds: 60,
    cpuRequestMillicoreSeconds: 100,
    memoryUsageByteSeconds: 7,
    memoryRequestByteSeconds: 8,
    podCount: 3,
    restartCount: 1,
    networkReceiveBytes: 5,
    networkTransmitBytes: 6,
  };
  const hours = usageHours([
    { key: workloadKey('a/Deployment/x'), hours: [line, { ...line, joulesDynamic: 8 }] },
    { key: workloadKey('a/Deployment/y'), hours: [] },
  ]);
  const { result } = finish(workloadFacts(hours, gramsOf(100, Number.NaN)));
  expect(result[0]).toEqual({
    key: workloadKey('a/Deployment/x'),
    hours: 2,
    joules: 20,
    joulesDynamic: 12,
    intensityJoules: 2000,
    cpuUsageMillicoreSeconds: 120,
    cpuRequestMillicoreSeconds: 200,
    memoryUsageByteSeconds: 14,
    memoryRequestByteSeconds: 16,
    podHours: 6,
    restarts: 2,
    networkBytes: 22,
    highestPodWatts: 8 / (3 * 3600),
    cpuVariation: 0,
    podsFollowCpu: null,
    // The second hour has no intensity, so its work has no part in the timing.
    dynamicIntensityJoules: 400,
    dynamicJoulesWithIntensity: 4,
  });
  expect(result[1]).toMatchObject({ hours: 0, joules: 0, cpuVariation: null, podsFollowCpu: null });
});

it('measures how use varies, and whether pods follow it', () => {
  const uses = [0, 100, 0, 100];
  const hours = usageHours([
    {
      key: workloadKey('a/Deployment/scaled'),
      hours: uses.map((use) => ({ cpuUsageMillicoreSeconds: use, podCount: 1 + use / 100 })),
    },
    {
      key: workloadKey('a/Deployment/fixed'),
      hours: uses.map((use) => ({ cpuUsageMillicoreSeconds: use, podCount: 2 })),
    },
    {
      key: workloadKey('a/Deployment/against'),
      hours: uses.map((use) => ({ cpuUsageMillicoreSeconds: use, podCount: 2 - use / 100 })),
    },
  ]);
  const { result } = finish(workloadFacts(hours, gramsOf(1, 1, 1, 1)));
  expect(result.map(({ cpuVariation }) => cpuVariation)).toEqual([1, 1, 1]);
  expect(result[0]?.podsFollowCpu).toBeCloseTo(1, 9);
  expect(result[1]?.podsFollowCpu).toBeNull();
  expect(result[2]?.podsFollowCpu).toBeCloseTo(-1, 9);
});

it('takes the rounding of large equal sums for no change', () => {
  const use = 1234567.890123;
  const hours = usageHours([
    { key: workloadKey('a/Deployment/x'), hours: every(168, { cpuUsageMillicoreSeconds: use, podCount: 3 }) },
  ]);
  const { result } = finish(workloadFacts(hours, gramsOf()));
  expect(result[0]).toMatchObject({ cpuVariation: 0, podsFollowCpu: null });
});

it('pauses every few thousand lines', () => {
  const things = Array.from({ length: 300 }, (_, index) => ({
    key: workloadKey(`n/Deployment/${index}`),
    hours: every(168, { joules: 1 }),
  }));
  const hours = usageHours(things);
  const { result, pauses } = finish(workloadFacts(hours, gramsOf()));
  expect(result.every(({ joules }) => joules === 168)).toBe(true);
  expect(pauses).toBe(12);
  expect(finish(clusterFacts(hours, 168))).toMatchObject({ pauses: 12, result: { joules: 300 * 168 } });
});
