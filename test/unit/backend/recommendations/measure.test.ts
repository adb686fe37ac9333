import { expect, it } from 'vitest';
import { measureDays } from '../../../../src/backend/recommendations/measure.ts';
import type { SeriesPoint, SeriesQuery } from '../../../../src/core/ports/results-store.ts';
import type { TimeRange } from '../../../../src/model/time.ts';
import { ZERO_TOTALS } from '../../../fakes/backend/zero-sums.ts';
import { applied, DAY, NOW } from './samples.ts';

const MIDNIGHT = NOW - 10 * 3600;

/** A store in which each hour has 10 J, in two pods; some days are covered by so much. */
function store(coverage: (day: number) => number = () => 1) {
  const asked: SeriesQuery[] = [];
  return {
    asked,
    series: async (query: SeriesQuery): Promise<readonly SeriesPoint[]> => {
      asked.push(query);
      return query.buckets.map((bucket) => ({
        ...ZERO_TOTALS,
        bucketStartSeconds: bucket.startSeconds,
        group: null,
        isOther: false,
        otherCount: 0,
        joules: 10,
        podCount: 2,
        totalCost: 1,
      }));
    },
    coverage: async (_clusters: readonly string[], buckets: readonly TimeRange[]) =>
      buckets.map(({ startSeconds }) => ({
        bucketStartSeconds: startSeconds,
        coveredSeconds: coverage(startSeconds) * DAY,
        durationSeconds: DAY,
      })),
  };
}

it('sums the hours of each day, and pods to pod-hours', async () => {
  const from = store();
  const days = await measureDays(applied(), [MIDNIGHT - DAY, MIDNIGHT], from);
  expect([...days.keys()]).toEqual([MIDNIGHT - DAY, MIDNIGHT]);
  expect(days.get(MIDNIGHT)).toMatchObject({ joules: 240, podHours: 48, totalCost: 24 });
  expect(from.asked).toHaveLength(1);
  expect(from.asked[0]).toMatchObject({
    filter: { clusterIds: ['c1'], namespace: 'shop', workload: 'Deployment/cart' },
    groupBy: null,
  });
});

it('leaves out days that are not covered, and asks nothing of runs without any', async () => {
  const from = store((day) => (day === MIDNIGHT ? 0.95 : 0.5));
  const days = await measureDays(applied(), [MIDNIGHT - DAY, MIDNIGHT, MIDNIGHT - 20 * DAY], from);
  expect([...days.keys()]).toEqual([MIDNIGHT]);
  expect(from.asked).toHaveLength(1);
});

it('asks for at most 28 days at once', async () => {
  const from = store();
  const days = Array.from({ length: 35 }, (_, index) => MIDNIGHT - index * DAY);
  expect((await measureDays(applied(), days, from)).size).toBe(35);
  expect(from.asked.map((query) => query.buckets.length)).toEqual([28 * 24, 7 * 24]);
});

it('measures a namespace by its rows, and nodes by the cluster', async () => {
  const from = store();
  const target = { clusterId: 'c1', namespace: 'shop', ownerKind: null, ownerName: null, node: null };
  await measureDays(applied({ type: 'IDLE_NAMESPACE', scope: 'namespace', target }), [MIDNIGHT], from);
  await measureDays(
    applied({ type: 'UNDERUTILIZED_NODE', scope: 'node', target: { ...target, namespace: null, node: 'n1' } }),
    [MIDNIGHT],
    from,
  );
  expect(from.asked.map((query) => query.filter)).toEqual([
    { clusterIds: ['c1'], namespace: 'shop' },
    { clusterIds: ['c1'] },
  ]);
});
