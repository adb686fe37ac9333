import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandProcess, runCommand } from '../cli/command-process.ts';
import { documentedRoutes, fieldAt } from './documented-routes.ts';

const folder = mkdtempSync(join(tmpdir(), 'podwatt-rest-'));
let server: CommandProcess;
let origin: string;
beforeAll(async () => {
  server = runCommand(folder, ['demo', '--port', '0', '--no-auth', '--backfill', '3d'], { PODWATT_RATE_LIMIT: '0' });
  origin = new URL((await server.firstLine).split(' at ')[1] ?? '').origin;
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.exitCode;
  rmSync(folder, { recursive: true, force: true });
});
const get = (path: string) => fetch(`${origin}/api/v1${path}`);
const json = async (path: string) => (await get(path)).json();

const each = documentedRoutes.map((route) => ({ route, path: route.path }));

describe('a documented route', () => {
  it.each(each)('$path answers without parameters, with every documented field', async ({ route }) => {
    const answer = await get(route.path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    const body = await answer.json();
    for (const field of route.fields) expect([field, fieldAt(body, field) !== undefined]).toEqual([field, true]);
    if (route.defaultHours !== undefined) {
      const hours = (Date.parse(body.period.end) - Date.parse(body.period.start)) / 3_600_000;
      expect([route.path, hours]).toEqual([route.path, route.defaultHours]);
      expect(body.period.start).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
    }
  });

  it.each(each)('$path takes its documented parameters, and a cluster', async ({ route }) => {
    const { clusters } = await json('/clusters');
    const query = new URLSearchParams({ ...route.query });
    if (Object.keys(route.query).length > 0) query.set('cluster', clusters[0].id);
    // What no row has is an empty answer, except of the one route that explains something.
    expect([route.path, (await get(`${route.path}?${query}`)).status]).toEqual([route.path, 200]);
  });

  it.each(each.flatMap(({ path, route }) => route.refused.map((query) => [path, query])))(
    '%s?%s is 400 with what works',
    async (path, query) => {
      const answer = await get(`${path}?${query}`);
      const body = await answer.json();
      expect([answer.status, typeof body.detail]).toEqual([400, 'string']);
      expect(Object.keys(body)).toEqual(['detail', 'code', 'hint']);
    },
  );

  it.each(each.filter(({ route }) => 'last' in route.query))('$path does not know every cluster', async ({ path }) => {
    const answer = await get(`${path}?cluster=nobody`);
    expect([answer.status, (await answer.json()).detail]).toEqual([404, expect.stringContaining('nobody')]);
  });
});

describe('documented examples', () => {
  it('a range that can not be read names the forms that work', async () => {
    const { detail } = await json('/metrics?last=abc');
    for (const form of ['24h', '7d', '4w', '6m', '1y', 'ytd']) expect(detail).toContain(form);
  });

  it.each(['24h', '2d', '1w', '1m', '1y', 'ytd'])('last=%s works', async (last) => {
    expect((await get(`/metrics/summary?last=${last}`)).status).toBe(200);
  });

  it('a namespace that nobody has is an empty list', async () => {
    expect(await json('/metrics?namespace=nope')).toMatchObject({ metrics: [], total: 0, next_cursor: null });
    expect(await json('/metrics/by-namespace?namespace=nope')).toEqual([]);
    expect(await json('/metrics/summary?namespace=nope')).toMatchObject({ total_co2e_grams: 0, total_pods: 0 });
  });

  it.each(['5m', 'hour', '2h', '6h', 'day', 'week', 'month', 'year'])('granularity %s', async (granularity) => {
    const body = await json(`/metrics/timeseries?last=24h&granularity=${granularity}`);
    expect(body.granularity).toBe(granularity);
    expect(body.timeseries.length).toBeGreaterThan(0);
  });

  it.each(['namespace', 'workload', 'node', 'cluster', 'team'])(
    'group_by %s: one item a bucket and group',
    async (by) => {
      const { timeseries } = await json(`/metrics/timeseries?last=24h&granularity=hour&group_by=${by}`);
      const keys = timeseries.map((point: { timestamp: string; group: string }) => `${point.timestamp} ${point.group}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(timeseries[0].group).toEqual(expect.any(String));
    },
  );

  it.each(['namespace', 'workload', 'pod', 'node', 'team', 'zone', 'provider'])(
    'a breakdown by %s adds up to the summary, page by page, and filters by its keys',
    async (by) => {
      const summary = await json('/metrics/summary?last=24h');
      const items: { co2e_grams: number; pod_count: number; [by: string]: unknown }[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: { items: typeof items; next_cursor: string | null; total: { co2e_grams: number } } = await json(
          `/breakdown?by=${by}&limit=40${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        items.push(...page.items);
        expect(page.total.co2e_grams / summary.total_co2e_grams).toBeCloseTo(1, 9);
        cursor = page.next_cursor;
      }
      expect(items.reduce((sum, item) => sum + item.co2e_grams, 0) / summary.total_co2e_grams).toBeCloseTo(1, 9);
      for (const name of ['embodied_low_grams', 'embodied_high_grams', 'co2e_low_grams', 'co2e_high_grams']) {
        expect(items[0]).toHaveProperty(name);
      }
    },
  );

  it('pages of rows hold every row once', async () => {
    const { total } = await json('/metrics?last=24h&limit=1');
    const seen = new Set<string>();
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { metrics: Record<string, string>[]; next_cursor: string | null } = await json(
        `/metrics?last=24h&limit=700${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      for (const row of page.metrics)
        seen.add([row['namespace'], row['pod_name'], row['node'], row['timestamp']].join());
      cursor = page.next_cursor;
    }
    expect(seen.size).toBe(total);
  });

  it('an export has the rows of its summary under a name', async () => {
    const summary = await json('/report/summary?last=24h&group_by=namespace&granularity=hourly');
    const file = await get('/report/export?last=24h&group_by=namespace&granularity=hourly');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="podwatt-[\w.-]+\.csv"$/);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await file.text()).trim().split('\n')).toHaveLength(summary.row_count + 1);
    const rows = await json('/report/export?last=24h&group_by=namespace&granularity=hourly&format=json');
    expect(rows).toHaveLength(summary.row_count);
    const sum = rows.reduce((total: number, row: { co2e_grams: number }) => total + row.co2e_grams, 0);
    expect(sum / summary.total_co2e_grams).toBeCloseTo(1, 9);
  });

  it('one window is explained by its pod and its time', async () => {
    const [row] = (await json('/metrics?last=24h&limit=1')).metrics;
    const { pod_name: pod, namespace, timestamp, cluster_id: cluster } = row;
    const query = new URLSearchParams({ pod, namespace, timestamp, cluster });
    const explained = await json(`/explain?${query}`);
    expect(explained.value / (row.co2e_grams + row.embodied_co2e_grams)).toBeCloseTo(1, 6);
  });

  it.each(['/nope', '/metrics/nope', '/recommendations/nobody', '/k8s/clusters/nobody', '/k8s/pods/nobody'])(
    'there is nothing at %s',
    async (path) => {
      const answer = await get(path);
      expect([answer.status, typeof (await answer.json()).detail]).toEqual([404, 'string']);
    },
  );

  it('the document is there, and describes every documented route', async () => {
    const { paths, openapi } = await json('/openapi.json');
    expect(openapi).toMatch(/^3\.1\./);
    for (const { path } of documentedRoutes) expect(Object.keys(paths)).toContain(path);
    expect(Object.keys(paths)).toContain('/report/export');
    const docs = await get('/docs');
    expect([docs.status, (await docs.text()).match(/https?:\/\//)]).toEqual([200, null]);
  });
});

describe('a token that a person made', () => {
  it('is made, works within its scope, is seen to be used, and works no more when revoked', async () => {
    const made = await fetch(`${origin}/api/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'ci', scope: 'read' }),
    });
    expect(made.status).toBe(201);
    const { id, token } = await made.json();
    expect(token).toMatch(/^pw_/);
    expect(JSON.stringify(await json('/tokens'))).not.toContain(token);
    expect((await fetch(`${origin}/api/v1/tokens/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await json('/tokens')).tokens).toEqual([]);
    expect(server.stderr()).not.toContain(token);
  });
});
