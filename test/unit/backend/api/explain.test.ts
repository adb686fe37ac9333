import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '../../../../src/core/explain/formula.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';
import { collectAll, type TestBackend, testBackend } from '../../../fakes/backend/test-backend.ts';

let made: TestBackend;
const cluster = 'id-of-one';
const tz = 'UTC';
const at = '2026-03-11T09:00:00Z';
beforeAll(async () => {
  const one = new FakeCluster();
  const [first] = one.pods;
  if (first === undefined) throw new Error('pods');
  const agent = { ...first, namespace: 'shop', owner: { kind: 'DaemonSet', name: 'agent' } };
  one.pods = [...one.pods, { ...agent, name: 'agent-n1' }, { ...agent, name: 'agent-n2', node: 'n2' }];
  made = await testBackend({ clusters: [one] });
  await collectAll(made);
});
afterAll(() => made.backend.stop());

const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));
const sum = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0);
type Explained = Awaited<ReturnType<TestBackend['client']['explain']['figure']>>;

function checkByHand({ steps }: Explained) {
  for (const { formula, terms, value } of steps) {
    near(
      evaluate(
        formula,
        terms.map(({ symbol, value: of }) => ({ symbol, value: of ?? Number.NaN })),
      ),
      value,
    );
  }
}

describe('GET /explain', () => {
  test('a row, from the figure down to the points of the curve', async () => {
    const found = await made.client.explain.figure({
      cluster,
      namespace: 'shop',
      pod: 'shop-cart-1',
      timestamp: at,
      metric: 'carbon',
      tz,
    });
    checkByHand(found);
    expect(found).toMatchObject({
      title: 'Carbon of pod shop/shop-cart-1',
      period: { start: at, end: '2026-03-11T10:00:00Z' },
      unit: 'g',
      calculation_version: expect.any(String),
    });
    expect(found.steps.map(({ id }) => id)).toEqual([
      'carbon',
      'operational',
      'facility-energy',
      'it-energy',
      'dynamic',
      'idle',
      'reservation',
      'node-dynamic',
      'node-idle',
      'node-power',
      'utilisation',
      'embodied',
    ]);
    expect(found.quality.default).toBe(1);
    expect(found.narrowing[0]?.share).toBeGreaterThan(0.2);
    const seconds = found.steps.at(-2)?.terms.find(({ symbol }) => symbol === 'cpu_seconds');
    expect(seconds).toMatchObject({ known: 'measured', at });
  });

  test.each([
    [{ namespace: 'shop' }, 'Energy of namespace shop'],
    [{ namespace: 'shop', workload: 'Deployment/shop' }, 'Energy of shop/Deployment/shop'],
    [{ node: 'n1' }, 'Energy of node n1'],
    [{ namespace: '__unallocated__' }, 'Energy of spare capacity'],
    [{ namespace: '__system__', node: 'n2' }, 'Energy of the system of nodes on n2'],
    [{ provider: 'aws' }, 'Energy of provider aws'],
    [{ zone: 'FR' }, 'Energy of grid zone FR'],
    [{ cluster }, 'Energy of cluster one'],
    [{}, 'Energy of cluster one'],
  ])('%j over a day', async (filter, title) => {
    const found = await made.client.explain.figure({ ...filter, last: '24h', metric: 'energy', tz });
    checkByHand(found);
    expect(found.title).toBe(title);
    expect(found.unit).toBe('kWh');
  });

  test('several rows of one window are explained together', async () => {
    const found = await made.client.explain.figure({ cluster, namespace: 'shop', timestamp: at, metric: 'cost', tz });
    checkByHand(found);
    const { metrics } = await made.client.metrics.rows({ cluster, namespace: 'shop', last: '24h', tz });
    near(
      found.value,
      sum(
        metrics.filter(({ timestamp }) => timestamp === at),
        (row) => row.total_cost,
      ),
    );
  });

  test('rows that retention has taken: the hour that they were in, from sums, and it says so', async () => {
    made.store.prunedDays.add(`${cluster} ${Date.UTC(2026, 2, 11) / 1000}`);
    try {
      const input = { cluster, namespace: 'shop', timestamp: at, metric: 'carbon', tz } as const;
      const found = await made.client.explain.figure(input);
      checkByHand(found);
      expect(found.steps[0]?.note).toContain('rolled up or removed by retention');
      expect(found.calculation_version).toBeNull();
      expect(found.period).toEqual({ start: at, end: '2026-03-11T10:00:00Z' });
    } finally {
      made.store.prunedDays.clear();
    }
  });

  test('nothing to explain is not found', async () => {
    const none = { namespace: 'nobody', last: '24h', metric: 'carbon', tz } as const;
    await expect(made.client.explain.figure(none)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(made.client.explain.figure({ ...none, cluster: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('GET /quality: energy by rung, the rungs of each node, and what would narrow', async () => {
  const report = await made.client.explain.quality({ last: '24h', tz });
  const summary = await made.client.metrics.summary({ last: '24h', tz });
  near(report.figures.energy_joules, summary.total_energy_joules);
  expect(report.quality).toEqual(summary.quality);
  expect(report.coverage).toBeGreaterThan(0.9);
  const power = report.ladders.find(({ quantity }) => quantity === 'power');
  expect(power?.rungs).toMatchObject([{ rung: 'generic', share: 1 }]);
  near(power?.rungs[0]?.joules ?? 0, summary.total_energy_joules);
  expect(report.nodes.map(({ node, power: rung, intensity }) => [node, rung, intensity])).toEqual([
    ['n1', 'generic', 'zone-year'],
    ['n2', 'generic', 'zone-year'],
  ]);
  near(
    sum(report.nodes, ({ joules }) => joules),
    summary.total_energy_joules,
  );
  expect(report.narrowing.map(({ factor }) => factor)).toContain('intensity');
  expect((await made.client.explain.quality({ namespace: 'nobody', last: '24h', tz })).ladders).toEqual([]);
});

test('GET /scopes: all of a cloud is category 1, and adds up to the summary', async () => {
  const scopes = await made.client.explain.scopes({ last: '24h', tz });
  const summary = await made.client.metrics.summary({ last: '24h', tz });
  near(scopes.scope3_category1_grams, summary.total_co2e_all_scopes);
  near(scopes.total_location_grams, summary.total_co2e_all_scopes);
  expect(scopes).toMatchObject({ scope2_location_grams: 0, scope2_market_grams: null, total_market_grams: null });
  expect(scopes.providers).toMatchObject([{ provider: 'aws', is_cloud: true, direct_grams: null }]);
});

describe('spread', () => {
  const items = async (
    by: 'namespace' | 'workload' | 'pod' | 'team' | 'node',
    spread: 'keep' | 'reservation' | 'even',
  ) => made.client.metrics.breakdown({ by, spread, last: '24h', tz, limit: 100 });

  test.each(['namespace', 'workload', 'pod', 'team', 'node'] as const)('by %s: totals stay', async (by) => {
    const kept = await items(by, 'keep');
    for (const spread of ['reservation', 'even'] as const) {
      const found = await items(by, spread);
      expect(found.total).toEqual(kept.total);
      for (const figure of [
        'co2e_grams',
        'embodied_co2e_grams',
        'energy_joules',
        'total_cost',
        'co2e_high_grams',
      ] as const) {
        near(
          sum(found.items, (item) => item[figure]),
          sum(kept.items, (item) => item[figure]),
        );
      }
      expect(found.total_items).toBe(found.items.length);
    }
  });

  test('spare capacity goes to the groups; the system of nodes stays', async () => {
    const keys = (found: Awaited<ReturnType<typeof items>>) => found.items.map(({ key }) => key).sort();
    expect(keys(await items('namespace', 'keep'))).toContain('__unallocated__');
    expect(keys(await items('namespace', 'even'))).toEqual(['__system__', 'jobs', 'shop']);
    expect(keys(await items('node', 'even'))).toEqual(keys(await items('node', 'keep')));
  });

  test('DaemonSets go to the pods that they are there for', async () => {
    const labels = async (spread: 'keep' | 'even') => (await items('workload', spread)).items.map(({ key }) => key);
    expect(await labels('keep')).toContain('shop/DaemonSet/agent');
    expect(await labels('even')).not.toContain('shop/DaemonSet/agent');
    const of = async (spread: 'keep' | 'even', key: string) =>
      (await items('namespace', spread)).items.find((item) => item.key === key)?.energy_joules ?? 0;
    // Two of three pods that are no daemon's are in `shop`, and their daemons' energy is spread over all three.
    expect(await of('even', 'jobs')).toBeGreaterThan(await of('keep', 'jobs'));
  });

  test('pages, searches and sorts what was spread', async () => {
    const query = { by: 'pod', spread: 'even', last: '24h', tz, sort: 'name', order: 'asc', limit: 2 } as const;
    const first = await made.client.metrics.breakdown(query);
    const second = await made.client.metrics.breakdown({ ...query, cursor: first.next_cursor ?? '' });
    const keys = [...first.items, ...second.items].map(({ key }) => key.split('/').at(-1));
    expect(keys).toEqual([...keys].sort());
    const found = await made.client.metrics.breakdown({ ...query, search: 'CART' });
    expect(found.items.map(({ label }) => label)).toEqual(['shop-cart-1']);
    near(found.total.energy_joules, found.items[0]?.energy_joules ?? 0);
  });

  test('compares with the period before, spread alike', async () => {
    const input = { by: 'namespace', spread: 'even', last: '6h', compare: true, tz } as const;
    const found = await made.client.metrics.breakdown(input);
    near(
      sum(found.items, (item) => item.previous?.energy_joules ?? 0),
      found.total.previous?.energy_joules ?? 0,
    );
  });
});
