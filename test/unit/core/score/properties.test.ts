import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { UsageColumn } from '../../../../src/core/ports/usage-hours.ts';
import { type ScoreInput, scoreCluster } from '../../../../src/core/score/score.ts';
import type { Score, ScoreDimension } from '../../../../src/model/recommendations/score.ts';
import { DEFAULT_THRESHOLDS } from '../../../../src/model/recommendations/thresholds.ts';
import { finish, nodeKey, type UsageLine, usageHours, workloadKey } from '../../../fakes/score/usage-lines.ts';
import { layoutWith } from './score-scope.ts';

const HOURS = 30;
const amount = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e9, noNaN: true }));
const grid = fc.array(fc.double({ min: 0, max: 1200, noNaN: true }), { minLength: HOURS, maxLength: HOURS });
const line = fc.record({
  joulesDynamic: amount,
  joulesIdle: amount,
  cpuUsageMillicoreSeconds: amount,
  cpuRequestMillicoreSeconds: amount,
  memoryUsageByteSeconds: amount,
  memoryRequestByteSeconds: amount,
  podCount: fc.nat(50),
  restartCount: fc.nat(5),
});
const workload = fc.record({
  namespace: fc.constantFrom('shop', 'data', 'kube-system'),
  kind: fc.constantFrom('Deployment', 'DaemonSet', 'CronJob'),
  hours: fc.array(fc.option(line, { nil: undefined, freq: 5 }), { minLength: HOURS, maxLength: HOURS }),
});
interface Cluster {
  readonly workloads: { namespace: string; kind: string; hours: (UsageLine | undefined)[] }[];
  readonly grid: number[];
  readonly unallocated: number;
}
const cluster: fc.Arbitrary<Cluster> = fc.record({
  workloads: fc.array(workload, { maxLength: 6 }),
  grid,
  unallocated: amount,
});

/** Node lines are the sums of the workloads of each hour and what nothing reserves, as the store has them. */
function inputOf({ workloads, grid: gramsPerKwh, unallocated }: Cluster): ScoreInput {
  const whole = workloads.map(({ hours, ...rest }) => ({
    ...rest,
    hours: hours.map((each, hour) => {
      if (each === undefined) return undefined;
      const joules = (each.joulesDynamic ?? 0) + (each.joulesIdle ?? 0);
      return { ...each, joules, intensityJoules: joules * (gramsPerKwh[hour] ?? 0) };
    }),
  }));
  const node = gramsPerKwh.map((grams, hour) => {
    const sum = (column: UsageColumn) => whole.reduce((total, { hours }) => total + (hours[hour]?.[column] ?? 0), 0);
    const joules = sum('joules') + unallocated;
    const joulesIdle = sum('joulesIdle');
    return { joules, joulesIdle, joulesUnallocated: unallocated, intensityJoules: joules * grams };
  });
  return {
    clusterId: 'c',
    atSeconds: 0,
    range: { startSeconds: 0, endSeconds: HOURS * 3600 },
    workloads: usageHours(
      whole.map(({ namespace, kind, hours }, index) => ({ key: workloadKey(`${namespace}/${kind}/w${index}`), hours })),
    ),
    nodes: usageHours([{ key: nodeKey('n'), hours: node }]),
    layout: layoutWith([]),
    thresholds: DEFAULT_THRESHOLDS,
  };
}
const scored = (of: Cluster): Score[] => finish(scoreCluster(inputOf(of))).result;
const pointsOf = (of: Cluster, name: ScoreDimension): number | null =>
  scored(of)[0]?.dimensions.find(({ dimension }) => dimension === name)?.score ?? null;
const eachLine = (of: Cluster, change: (each: UsageLine) => UsageLine): Cluster => ({
  ...of,
  workloads: of.workloads.map((own) => ({ ...own, hours: own.hours.map((each) => each && change(each)) })),
});
/** Not worse but for rounding; a dimension that has no data any more says nothing. */
const notLower = (after: number | null, before: number | null) => {
  if (after !== null && before !== null) expect(after).toBeGreaterThanOrEqual(before - 1e-6);
};

it('is between 0 and 100, weighs to one, and raises by no more than is missing', () => {
  fc.assert(
    fc.property(cluster, (of) => {
      for (const { score, dimensions, raise } of scored(of)) {
        for (const each of dimensions) {
          if (each.score === null) expect(each.weight).toBe(0);
          else expect(each.score >= 0 && each.score <= 100).toBe(true);
        }
        const weight = dimensions.reduce((sum, each) => sum + each.weight, 0);
        expect(Math.abs(weight - (score === null ? 0 : 1))).toBeLessThan(1e-9);
        if (score === null) continue;
        expect(score >= 0 && score <= 100).toBe(true);
        expect(score + (raise?.points ?? 0)).toBeLessThanOrEqual(100 + 1e-9);
      }
    }),
    { numRuns: 100 },
  );
});

it.each<[string, ScoreDimension, (of: Cluster) => Cluster]>([
  ['a grid that is cleaner all day', 'carbon', (of) => ({ ...of, grid: of.grid.map((each) => each * 0.7) })],
  ['less spare capacity', 'waste', (of) => ({ ...of, unallocated: of.unallocated / 2 })],
  ['less spare capacity on nodes', 'nodes', (of) => ({ ...of, unallocated: of.unallocated / 2 })],
  ['no restarts', 'stability', (of) => eachLine(of, (each) => ({ ...each, restartCount: 0 }))],
  [
    'smaller requests',
    'resource_efficiency',
    (of) =>
      eachLine(of, (each) => ({ ...each, cpuRequestMillicoreSeconds: (each.cpuRequestMillicoreSeconds ?? 0) * 0.6 })),
  ],
])('is never lower for %s', (_, dimension, better) => {
  fc.assert(
    fc.property(cluster, (of) => notLower(pointsOf(better(of), dimension), pointsOf(of, dimension))),
    { numRuns: 60 },
  );
});

it('is the same whatever the order of workloads, and for twice as many of the same', () => {
  fc.assert(
    fc.property(cluster, (of) => {
      const [score] = scored(of);
      const [turned] = scored({ ...of, workloads: [...of.workloads].reverse() });
      const [twice] = scored({ ...of, workloads: [...of.workloads, ...of.workloads], unallocated: of.unallocated * 2 });
      for (const other of [turned, twice]) {
        expect(other?.score === null).toBe(score?.score === null);
        expect(other?.score ?? 0).toBeCloseTo(score?.score ?? 0, 6);
      }
    }),
    { numRuns: 60 },
  );
});
