import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

let made: TestBackend;
const cluster = 'id-of-one';
beforeAll(async () => {
  made = await testBackend();
  made.clusters[0]!.covered = (window) =>
    new Date(window.startSeconds * 1000).getUTCHours() === 3 ? 0 : window.durationSeconds;
  await collectAll(made);
});
afterAll(() => made.backend.stop());

const sum = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0);

describe('summary', () => {
  test('carries both scopes, facility energy with its range, coverage and shares', async () => {
    const summary = await made.client.metrics.summary({ last: '24h', cluster });
    expect(summary.total_co2e_all_scopes).toBeCloseTo(summary.total_co2e_grams + summary.total_embodied_co2e_grams, 9);
    expect(summary.total_facility_energy_joules).toBeCloseTo(summary.total_energy_joules * 1.5, 3);
    expect(summary.total_facility_energy_low_joules).toBeCloseTo(summary.total_facility_energy_joules * 0.5, 3);
    expect(summary.total_facility_energy_high_joules).toBeCloseTo(summary.total_facility_energy_joules * 2, 3);
    expect(summary.mean_pue).toBeCloseTo(1.5, 9);
    expect(summary.mean_grid_intensity).toBeCloseTo(100, 9);
    expect(summary).toMatchObject({
      total_pods: 3,
      currency: 'USD',
      period: { start: '2026-03-10T10:05:00Z', end: '2026-03-11T10:05:00Z' },
    });
    expect(sum(Object.values(summary.energy_parts), (each) => each)).toBeCloseTo(summary.total_energy_joules, 3);
  });

  test('coverage: an hour is missing of 23 whose windows start in the range', async () => {
    const summary = await made.client.metrics.summary({ last: '24h', cluster });
    expect(summary).toMatchObject({ covered_seconds: 22 * 3600 + 300, expected_seconds: 24 * 3600 });
    expect(summary.coverage).toBeCloseTo((22 * 3600 + 300) / (24 * 3600), 12);
  });

  test('without data before there is no period before', async () => {
    expect((await made.client.metrics.summary({ last: '24h' })).previous).toBeNull();
    const { previous } = await made.client.metrics.summary({ last: '2h' });
    expect(previous).toMatchObject({
      period: { start: '2026-03-11T06:05:00Z', end: '2026-03-11T08:05:00Z' },
      total_pods: 3,
      coverage: 1,
    });
  });

  test('an empty store is answered with zeros', async () => {
    const empty = await testBackend();
    const summary = await empty.client.metrics.summary({});
    expect(summary).toMatchObject({
      total_co2e_grams: 0,
      total_pods: 0,
      coverage: 0,
      previous: null,
      mean_pue: null,
      quality: { measured: 0, modelled: 0, default: 0 },
    });
    expect((await empty.client.metrics.namespaces({})).namespaces).toEqual([]);
    expect(
      (await empty.client.metrics.timeseries({ granularity: 'day' })).timeseries.every((each) => each.co2e_grams === 0),
    ).toBe(true);
    await empty.backend.stop();
  });
});

test('the sum over buckets is the summary, whatever the range, the grain and the zone', async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 30 }),
    fc.constantFrom('5m' as const, 'hour' as const, '2h' as const, '6h' as const, 'day' as const, 'week' as const),
    fc.constantFrom('UTC', 'Europe/Paris', 'Asia/Kathmandu'),
    fc.constantFrom(undefined, 'namespace' as const, 'workload' as const),
    async (hours, granularity, tz, groupBy) => {
      const range = { last: `${hours}h`, tz };
      const { total_co2e_grams: total } = await made.client.metrics.summary(range);
      const series = await made.client.metrics.timeseries({
        ...range,
        granularity,
        ...(groupBy === undefined ? {} : { group_by: groupBy, top: 2 }),
      });
      expect(sum(series.timeseries, (each) => each.co2e_grams)).toBeCloseTo(total, 9);
      const covered = sum(series.buckets, (each) => each.covered_seconds);
      expect(covered).toBe((await made.client.metrics.summary(range)).covered_seconds);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

describe('time series', () => {
  test('a gap shows in the coverage of its bucket', async () => {
    const { buckets } = await made.client.metrics.timeseries({ last: '24h', granularity: 'hour' });
    expect(buckets.find((each) => each.timestamp === '2026-03-11T03:00:00Z')).toEqual({
      timestamp: '2026-03-11T03:00:00Z',
      end: '2026-03-11T04:00:00Z',
      covered_seconds: 0,
      expected_seconds: 3600,
    });
  });

  test('groups beyond the top are summed, with their number', async () => {
    const { timeseries } = await made.client.metrics.timeseries({
      last: '2h',
      granularity: 'day',
      group_by: 'namespace',
      top: 1,
    });
    expect(timeseries.map((each) => each.group)).toEqual([expect.any(String), '__other__']);
    expect(timeseries[1]).toMatchObject({ group_label: 'Other', other_count: 3 });
  });

  test('keys of groups are those of the breakdown', async () => {
    for (const by of ['namespace', 'workload', 'pod', 'node'] as const) {
      const { timeseries } = await made.client.metrics.timeseries({ last: '2h', granularity: 'day', group_by: by });
      const { items } = await made.client.metrics.breakdown({ last: '2h', by });
      expect(new Set(timeseries.map((each) => each.group))).toEqual(new Set(items.map((each) => each.key)));
    }
  });
});

describe('breakdown', () => {
  test('items of every key add up to the total, rows that are no pod among them', async () => {
    const page = await made.client.metrics.breakdown({ last: '24h', by: 'namespace' });
    expect(new Set(page.items.map((each) => [each.key, each.row_kind].join(' ')))).toEqual(
      new Set(['shop pod', 'jobs pod', '__system__ system', '__unallocated__ unallocated']),
    );
    expect(sum(page.items, (each) => each.co2e_grams)).toBeCloseTo(page.total.co2e_grams, 9);
    expect(page.total.pod_count).toBe(3);
    expect(page).toMatchObject({ total_items: 4, next_cursor: null });
  });

  test('means are over what was collected', async () => {
    const { total } = await made.client.metrics.breakdown({ last: '24h', by: 'namespace' });
    expect(total.usage.cpu_request_millicores).toBeCloseTo(1500, 6);
    expect(total.usage.memory_request_bytes).toBeCloseTo(3 * 1_073_741_824, 0);
  });

  test('pages go on by cursor', async () => {
    const first = await made.client.metrics.breakdown({ last: '2h', by: 'namespace', limit: 3 });
    expect(first.next_cursor).not.toBeNull();
    const second = await made.client.metrics.breakdown({
      last: '2h',
      by: 'namespace',
      limit: 3,
      cursor: first.next_cursor ?? '',
    });
    expect([...first.items, ...second.items].map((each) => each.key).sort()).toEqual([
      '__system__',
      '__unallocated__',
      'jobs',
      'shop',
    ]);
    expect(second.next_cursor).toBeNull();
    await expect(made.client.metrics.breakdown({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('compare adds the period before, null where nothing was collected', async () => {
    const { items, total } = await made.client.metrics.breakdown({ last: '2h', by: 'namespace', compare: true });
    expect(items.every((each) => (each.previous?.co2e_grams ?? 0) > 0)).toBe(true);
    expect(total.previous?.pod_count).toBe(3);
    expect((await made.client.metrics.breakdown({ last: '24h', compare: true })).total.previous).toBeNull();
  });

  test('labels are short, keys unique', async () => {
    const { items } = await made.client.metrics.breakdown({ last: '2h', by: 'workload' });
    expect(items.map((each) => [each.key, each.label])).toContainEqual(['shop/Deployment/shop', 'shop']);
    const inside = await made.client.metrics.breakdown({ last: '2h', by: 'workload', namespace: 'shop' });
    expect(inside.items.map((each) => each.key)).toEqual(['Deployment/shop']);
  });
});

describe('rows', () => {
  test('carry the columns of the store', async () => {
    const { metrics, total } = await made.client.metrics.rows({ last: '1h', limit: 2 });
    expect(metrics).toHaveLength(2);
    expect(total).toBe(7);
    expect(metrics[0]).toMatchObject({
      timestamp: '2026-03-11T10:00:00Z',
      duration_seconds: 300,
      cluster_id: cluster,
      pue: 1.5,
      is_estimated: true,
    });
  });

  test('are not answered for more than 48 hours', async () => {
    await expect(made.client.metrics.rows({ last: '7d' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('errors', () => {
  test('an unknown cluster is not found, an unknown namespace is empty', async () => {
    await expect(made.client.metrics.summary({ cluster: 'nope' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      defined: true,
      data: { failure: 'not-found' },
    });
    expect((await made.client.metrics.breakdown({ namespace: 'nope' })).items).toEqual([]);
  });

  test('a range that makes no sense names the forms that work', async () => {
    await expect(made.client.metrics.summary({ last: '24h', start: '2026-03-10T00:00:00Z' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('give last, or start and end'),
    });
    await expect(made.client.metrics.timeseries({ last: '2y', granularity: 'hour' })).rejects.toMatchObject({
      message: expect.stringContaining('choose'),
    });
  });

  test('what nobody foresaw is logged and says nothing', async () => {
    const broken = await testBackend();
    broken.store.totals = () => Promise.reject(new Error('password=hunter2'));
    const error: unknown = await broken.client.metrics.summary({}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'Internal error' });
    expect(JSON.stringify(error)).not.toContain('hunter2');
    expect(broken.logged).toMatchObject([{ level: 'error' }]);
  });
});

test('several clusters: keys carry the cluster, coverage is the mean', async () => {
  const two = await testBackend({ clusters: [new FakeCluster('one'), new FakeCluster('two')] });
  await collectAll(two, 'one', '2h');
  await collectAll(two, 'two', '1h');
  const { items } = await two.client.metrics.breakdown({ last: '2h', by: 'namespace' });
  expect(items).toHaveLength(8);
  expect(new Set(items.map((each) => each.key)).size).toBe(8);
  expect((await two.client.metrics.summary({ last: '30h' })).covered_seconds).toBe((2 * 3600 + 300 + 3600 + 300) / 2);
  await two.backend.stop();
});
