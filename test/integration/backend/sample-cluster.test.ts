import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSampleSource, SAMPLE_CONTEXT } from '../../../src/backend/clusters/sample-source.ts';
import { type Backend, createBackend } from '../../../src/backend/create-backend.ts';

const clock = { nowSeconds: () => Date.UTC(2026, 2, 11, 10, 7) / 1000 };
const tables = join(import.meta.dirname, '../../../resources/data');
let dataDir: string;
let backend: Backend;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'podwatt-backend-'));
  backend = await openBackend();
  await backend.start();
});

afterAll(async () => {
  await backend.stop();
  await rm(dataDir, { recursive: true });
});

async function openBackend(): Promise<Backend> {
  return createBackend({
    dataDir,
    dataTablesDir: tables,
    version: '0.0.0-test',
    clock,
    contextSources: [await createSampleSource({ clock, dataDir: tables })],
    initialContexts: [SAMPLE_CONTEXT],
  });
}

const call = () => createRouterClient(backend.router);
const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(b)));
const sum = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0);

test.each(['24h', '7d'])('over %s, namespaces, time series and every breakdown add up to the summary', async (last) => {
  const summary = await call().metrics.summary({ last });
  expect(summary.total_co2e_grams).toBeGreaterThan(0);
  expect(summary.total_pods).toBeGreaterThan(20);
  const { namespaces } = await call().metrics.namespaces({ last });
  near(
    sum(namespaces, (each) => each.total_co2e_grams),
    summary.total_co2e_grams,
  );
  near(
    sum(namespaces, (each) => each.total_energy_joules),
    summary.total_energy_joules,
  );
  near(
    sum(namespaces, (each) => each.total_cost),
    summary.total_cost,
  );
  for (const granularity of ['hour', '6h', 'day', 'week'] as const) {
    const { timeseries } = await call().metrics.timeseries({ last, granularity, tz: 'Europe/Paris' });
    near(
      sum(timeseries, (each) => each.co2e_grams),
      summary.total_co2e_grams,
    );
    near(
      sum(timeseries, (each) => each.energy_joules),
      summary.total_energy_joules,
    );
  }
  for (const by of ['workload', 'pod', 'node', 'team', 'zone', 'provider', 'cluster'] as const) {
    const { items, total } = await call().metrics.breakdown({ last, by, limit: 1000 });
    near(total.co2e_grams, summary.total_co2e_grams);
    if (by !== 'pod')
      near(
        sum(items, (each) => each.co2e_grams),
        summary.total_co2e_grams,
      );
    expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
  }
});

test('the sample has seven days of history when start comes back', async () => {
  const { clusters } = await call().clusters.list();
  expect(clusters).toMatchObject([{ is_sample: true, collecting: true, state: 'collecting' }]);
  const { runs } = await call().clusters.runs({ cluster: clusters[0]?.id ?? '', last: '7d' });
  expect(runs.filter((run) => run.duration_seconds === 3600).length).toBeGreaterThan(150);
  expect(runs.filter((run) => run.state === 'no-data').length).toBeGreaterThan(0);
});

test('the objects of the sample are synced like those of any cluster', async () => {
  const synced = async () => (await call().k8s.clusters({})).clusters[0];
  await expect.poll(async () => (await synced())?.health_status, { timeout: 10_000 }).toBe('healthy');
  const cluster = await synced();
  expect(cluster).toMatchObject({ total_nodes: 12, total_namespaces: 9, total_deployments: 21, last_error: null });
  const id = cluster?.id ?? '';
  const { namespaces } = await call().k8s.namespaces({ id });
  expect(namespaces.find(({ name }) => name === 'shop-prod')).toMatchObject({
    team_name: 'storefront',
    cost_center: 'CC-1200',
    pod_limit: 40,
    pod_count: 29,
  });
  const { pods } = await call().k8s.troubledPods({ id });
  expect(pods.map(({ namespace, status }) => [namespace, status])).toContainEqual(['ml', 'Pending']);
  expect((await call().k8s.releases({ cluster: id })).total).toBe(3);
  expect(await call().k8s.health({ id })).toMatchObject({ healthy_nodes: 12, notices: [], missing_role: null });
});

test('exported rows add up to the summary, as CSV and as JSON', async () => {
  const input = { last: '7d', granularity: 'daily', group_by: 'pod' } as const;
  const summary = await call().metrics.summary({ last: '7d' });
  const json = JSON.parse(await textOf({ ...input, format: 'json' })) as { co2e_grams: number; total_cost: number }[];
  near(
    sum(json, (row) => row.co2e_grams),
    summary.total_co2e_grams,
  );
  const lines = (await textOf({ ...input, format: 'csv' })).trimEnd().split('\n');
  const column = lines[0]?.split(',').indexOf('co2e_grams') ?? -1;
  near(
    sum(lines.slice(1), (line) => Number(line.split(',')[column])),
    summary.total_co2e_grams,
  );
  expect((await call().reports.summary(input)).row_count).toBe(json.length);
});

test('a second start reads nothing again', async () => {
  const before = await call().metrics.summary({ last: '7d' });
  await backend.stop();
  backend = await openBackend();
  await backend.start();
  expect(await call().metrics.summary({ last: '7d' })).toEqual(before);
});

async function textOf(input: { last: string; format: 'csv' | 'json'; granularity: 'daily'; group_by: 'pod' }) {
  let text = '';
  for await (const chunk of await call().reports.export(input)) {
    if (chunk.kind === 'text') text += chunk.text;
    else expect(chunk.file_name).toMatch(/^podwatt-[\w-]+-\d{8}T\d{6}-\d{8}T\d{6}\.(csv|json)$/);
  }
  return text;
}
