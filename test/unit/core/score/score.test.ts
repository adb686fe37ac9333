import { expect, it } from 'vitest';
import { type ScoreInput, scoreCluster } from '../../../../src/core/score/score.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import { finish, nodeKey, type UsageLine, usageHours, workloadKey } from '../../../fakes/score/usage-lines.ts';
import { layoutWith } from './score-scope.ts';

const HOURS = 48;
const hours = (line: (hour: number) => UsageLine) => Array.from({ length: HOURS }, (_, hour) => line(hour));
/** Clean in even hours: 300 and 500, plain mean 400. */
const grid = (hour: number) => (hour % 2 === 0 ? 300 : 500);

/** The worked example of docs/score.md: one node, two workloads, 48 hours. */
function example(over: Partial<ScoreInput> = {}): ScoreInput {
  const workloads = usageHours([
    {
      // Works only in clean hours: 10 kJ of dynamic energy in each, 5 kJ of idle energy in all.
      key: workloadKey('shop/Deployment/cart'),
      hours: hours((hour) => {
        const joulesDynamic = hour % 2 === 0 ? 10_000 : 0;
        const joules = joulesDynamic + 5000;
        return {
          joules,
          joulesDynamic,
          joulesIdle: 5000,
          intensityJoules: joules * grid(hour),
          cpuUsageMillicoreSeconds: hour % 2 === 0 ? 3_600_000 * 0.6 : 0,
          cpuRequestMillicoreSeconds: 3_600_000,
          memoryUsageByteSeconds: 4e12,
          memoryRequestByteSeconds: 10e12,
          podCount: 2,
          restartCount: hour === 0 ? 1 : 0,
        };
      }),
    },
    {
      key: workloadKey('old/Deployment/forgotten'),
      hours: hours((hour) => ({ joules: 5000, joulesIdle: 5000, intensityJoules: 5000 * grid(hour), podCount: 1 })),
    },
  ]);
  const nodes = usageHours([
    {
      key: nodeKey('n1'),
      hours: hours((hour) => {
        const joules = (hour % 2 === 0 ? 10_000 : 0) + 20_000;
        return { joules, joulesIdle: 10_000, joulesUnallocated: 10_000, intensityJoules: joules * grid(hour) };
      }),
    },
  ]);
  const range = { startSeconds: 0, endSeconds: HOURS * 3600 };
  const thresholds = DEFAULT_THRESHOLDS;
  return { clusterId: 'c', atSeconds: 172_800, range, workloads, nodes, layout: null, thresholds, ...over };
}
const scores = (input = example()) => finish(scoreCluster(input)).result;

it('scores the worked example as by hand', () => {
  const [cluster] = scores();
  const by = Object.fromEntries(cluster?.dimensions.map(({ dimension, score }) => [dimension, score]) ?? []);
  // CPU: 30 % of 60 % = 50; memory: 40 % of 80 % = 50.
  expect(by['resource_efficiency']).toBeCloseTo(50, 6);
  // (30 kJ × 300 + 20 kJ × 500) ÷ 50 kJ = 380 g/kWh: (700 − 380) ÷ 650.
  expect(by['carbon']).toBeCloseTo(49.2308, 3);
  // (10 kJ spare + 5 kJ of the idle pod) ÷ 25 kJ = 60 %.
  expect(by['waste']).toBeCloseTo(40, 6);
  // 10 ÷ 20 reserved, of 85 %.
  expect(by['nodes']).toBeCloseTo(58.8235, 3);
  expect(by['scaling']).toBeNull();
  // All work at 300 where the mean is 400: 0.75 is better than 0.8.
  expect(by['carbon_aware']).toBe(100);
  // 1 restart in 2 × 2 + 1 × 2 = 6 days of pods.
  expect(by['stability']).toBeCloseTo(83.3333, 3);
  const sum = 0.25 * 50 + 0.2 * 49.2308 + 0.15 * 40 + 0.15 * 58.8235 + 0.1 * 100 + 0.05 * 83.3333;
  expect(cluster?.score).toBeCloseTo(sum / 0.9, 3);
  expect(cluster?.score).toBeCloseTo(57.04, 2);
  expect(cluster?.raise).toMatchObject({ dimension: 'resource_efficiency' });
  expect(cluster?.raise?.points).toBeCloseTo((0.25 * 50) / 0.9, 6);
});

it('scores each namespace by its own pods, by name', () => {
  const all = scores();
  expect(all.map(({ namespace }) => namespace)).toEqual([null, 'old', 'shop']);
  const [, old, shop] = all;
  expect(old?.dimensions.find(({ dimension }) => dimension === 'waste')?.score).toBe(0);
  expect(shop?.dimensions.find(({ dimension }) => dimension === 'waste')?.score).toBe(100);
  expect(shop?.dimensions.find(({ dimension }) => dimension === 'nodes')).toMatchObject({ score: null, weight: 0 });
  for (const { score } of all) expect(score).toBeGreaterThan(0);
  expect(all.every(({ atSeconds, clusterId }) => atSeconds === 172_800 && clusterId === 'c')).toBe(true);
});

it('has no score for an empty cluster, and says of each dimension why', () => {
  const empty = usageHours([]);
  const [cluster, ...namespaces] = scores(example({ workloads: empty, nodes: empty }));
  expect(cluster).toMatchObject({ score: null, raise: null });
  expect(cluster?.dimensions.every(({ note, weight }) => note.startsWith('Left out: ') && weight === 0)).toBe(true);
  expect(namespaces).toEqual([]);
});

it('pauses between namespaces', () => {
  const many = usageHours(
    Array.from({ length: 120 }, (_, index) => ({ key: workloadKey(`n${index}/Deployment/x`), hours: [{ joules: 1 }] })),
  );
  const { result, pauses } = finish(scoreCluster(example({ workloads: many })));
  expect(result).toHaveLength(121);
  expect(pauses).toBe(3);
});

it('judges scaling by the layout, where there is one', () => {
  const autoscaler = {
    namespace: 'shop',
    kind: 'horizontal' as const,
    targetKind: 'Deployment',
    targetName: 'cart',
    minReplicas: 1,
    maxReplicas: 4,
    metrics: ['cpu'],
    mode: null,
  };
  const scalingOf = (autoscalers: (typeof autoscaler)[]) =>
    scores(example({ layout: layoutWith(autoscalers) }))[0]?.dimensions.find(
      ({ dimension }) => dimension === 'scaling',
    );
  expect(scalingOf([])).toMatchObject({ score: 0, weight: 0.1 });
  expect(scalingOf([autoscaler])).toMatchObject({ score: 100, figures: { varying_workloads: 1, scaled_workloads: 1 } });
});

it('goes by the thresholds that are set', () => {
  const wasteWith = (idlePodWatts: number) =>
    scores(example({ thresholds: { ...DEFAULT_THRESHOLDS, idlePodWatts } }))[0]?.dimensions.find(
      ({ dimension }) => dimension === 'waste',
    )?.figures['zombie_count'];
  expect([wasteWith(0), wasteWith(0.05), wasteWith(100)]).toEqual([0, 1, 2]);
});
