import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSampleSource, SAMPLE_CONTEXT } from '../../../src/backend/clusters/sample-source.ts';
import { type Backend, createBackend } from '../../../src/backend/create-backend.ts';
import { SILENT_LOG } from '../../../src/backend/log.ts';
import {
  RecommendationDetail,
  RecommendationItem,
  RecommendationList,
  SavingsReport,
} from '../../../src/contract/schemas/recommendations.ts';
import { createRest } from '../../../src/server/rest.ts';

let now = Date.UTC(2026, 2, 11, 10, 7) / 1000;
const clock = { nowSeconds: () => now };
const tables = join(import.meta.dirname, '../../../resources/data');
let dataDir: string;
let backend: Backend;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'podwatt-recommendations-'));
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

const call = () => createRouterClient(backend.router).recommendations;

async function rest(path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const request = new Request(`http://127.0.0.1/api/v1${path}`, { headers, ...init });
  const response = await createRest(backend.router, SILENT_LOG)(request);
  return { status: response.status, body: await response.json() };
}
const patch = (path: string, body: unknown) => rest(path, { method: 'PATCH', body: JSON.stringify(body) });

test('before anything was analysed there is nothing, and nothing is begun by asking', async () => {
  const { status, body } = await rest('/recommendations');
  expect(status).toBe(200);
  expect(RecommendationList.parse(body)).toMatchObject({
    recommendations: [],
    total: 0,
    savings: null,
    analysed_at: null,
  });
});

describe('the sample cluster', () => {
  test('has recommendations of several types, with what they save together', async () => {
    const list = RecommendationList.parse((await rest('/recommendations/active?refresh=true')).body);
    expect(new Set(list.recommendations.map((each) => each.type)).size).toBeGreaterThan(4);
    expect(list).toMatchObject({ currency: 'USD', analysed_at: '2026-03-11T10:07:00Z' });
    expect(list.counts.active).toBe(list.total);
    const summary = await createRouterClient(backend.router).metrics.summary({ last: '7d' });
    const { co2e_grams_per_day: grams, cost_per_day: cost } = list.savings ?? {};
    expect(grams?.expected).toBeGreaterThan(0);
    expect(grams?.high).toBeLessThanOrEqual(summary.total_co2e_high_grams / 6.5);
    expect(cost?.expected).toBeLessThanOrEqual(summary.total_cost / 6.5);
    const sum = list.recommendations.reduce((total, each) => total + each.estimated_savings.co2e_grams_per_day, 0);
    expect(grams?.expected).toBeLessThanOrEqual(sum + 1e-9);
  });

  test('is not analysed twice within a minute', async () => {
    now += 30;
    expect((await call().active({ refresh: true })).analysed_at).toBe('2026-03-11T10:07:00Z');
    now += 31;
    expect((await call().active({ refresh: true })).analysed_at).toBe('2026-03-11T10:08:01Z');
  });

  test('answers the documented fields, filtered by namespace and type, sorted and paged', async () => {
    const { body } = await rest('/recommendations?namespace=legacy');
    const { recommendations } = RecommendationList.parse(body);
    expect(recommendations.length).toBeGreaterThan(0);
    for (const each of recommendations) {
      expect(each).toMatchObject({ namespace: 'legacy', status: 'active', resource: expect.stringContaining('/') });
      expect(['critical', 'high', 'medium', 'low']).toContain(each.severity);
    }
    const cpu = await call().active({ type: 'RIGHTSIZING_CPU', sort: 'cost', limit: 3 });
    expect(cpu.recommendations).toHaveLength(3);
    expect(cpu.total).toBeGreaterThan(3);
    const costs = cpu.recommendations.map((each) => each.estimated_savings.cost_per_day);
    expect(costs).toEqual([...costs].sort((a, b) => b - a));
    for (const { current, recommended } of cpu.recommendations) {
      expect(Number(recommended.cpu_request)).toBeLessThan(Number(current.cpu_request));
    }
    const next = await call().active({ type: 'RIGHTSIZING_CPU', sort: 'cost', limit: 3, offset: 3 });
    expect(next.recommendations[0]?.id).not.toBe(cpu.recommendations[0]?.id);
    const top = RecommendationList.parse((await rest('/recommendations/top?metric=cost')).body);
    expect(top.recommendations).toHaveLength(5);
    expect((await rest('/recommendations?namespace=nope')).body).toMatchObject({ recommendations: [], total: 0 });
  });

  test('shows one whole: evidence, change, history and the rest of its plan', async () => {
    const { recommendations } = await call().active({ type: 'RIGHTSIZING_CPU' });
    const detail = RecommendationDetail.parse((await rest(`/recommendations/${recommendations[0]?.id}`)).body);
    expect(detail.evidence.series[0]?.mean.length).toBe(168);
    expect(detail.change?.patch_yaml).toContain('resources');
    expect(detail.change?.kubectl).toContain('kubectl');
    expect(detail.history).toEqual([{ at: '2026-03-11T10:07:00Z', status: 'active', reason: null, actual: null }]);
  });

  test('refuses what it does not understand, know or allow', async () => {
    expect(await rest('/recommendations?limit=0')).toMatchObject({ status: 400, body: { detail: expect.any(String) } });
    expect((await rest('/recommendations?type=NONSENSE')).status).toBe(400);
    expect((await rest('/recommendations?cluster=nope')).status).toBe(404);
    expect((await rest('/recommendations/savings?last=soon')).status).toBe(400);
    expect(await rest('/recommendations/nope')).toMatchObject({ status: 404, body: { detail: expect.any(String) } });
    expect((await patch('/recommendations/nope/ignore', {})).status).toBe(404);
    const [first] = (await call().active({})).recommendations;
    expect((await patch(`/recommendations/${first?.id}/apply`, { actual: { nonsense: 1 } })).status).toBe(400);
    expect((await patch(`/recommendations/${first?.id}/ignore`, { until: '2020-01-01T00:00:00Z' })).status).toBe(400);
    expect((await rest(`/recommendations/${first?.id}/ignore`, { method: 'DELETE' })).status).toBe(409);
  });
});

test('thresholds are checked, kept, and in force at once', async () => {
  expect(await call().thresholds()).toMatchObject({ headroom: 1.2, look_back_days: 7, rightsizing_share: 0.3 });
  await expect(call().updateThresholds({ headroom: 0.5 })).rejects.toThrow();
  expect(await call().updateThresholds({ rightsizing_share: 0.01 })).toMatchObject({ rightsizing_share: 0.01 });
  await backend.stop();
  backend = await openBackend();
  await backend.start();
  expect((await call().thresholds()).rightsizing_share).toBe(0.01);
  expect(await call().updateThresholds({ rightsizing_share: 0.3 })).toMatchObject({ rightsizing_share: 0.3 });
});

describe('what people say', () => {
  test('an ignored one stays away through runs and a new start, and comes back when it is said', async () => {
    const before = await call().active({ type: 'RIGHTSIZING_CPU' });
    const id = before.recommendations[0]?.id ?? '';
    const ignored = await patch(`/recommendations/${id}/ignore`, { reason: 'load test next week' });
    expect(ignored.status).toBe(200);
    expect(RecommendationItem.parse(ignored.body)).toMatchObject({
      status: 'ignored',
      ignore_reason: 'load test next week',
      ignored_until: null,
    });
    now += 120;
    const after = await call().active({ type: 'RIGHTSIZING_CPU', refresh: true });
    expect(after.recommendations.map((each) => each.id)).not.toContain(id);
    expect(after.counts).toMatchObject({ ignored: 1, active: before.total - 1 });
    await backend.stop();
    backend = await openBackend();
    await backend.start();
    now += 120;
    expect((await call().ignored({ refresh: true })).recommendations.map((each) => each.id)).toEqual([id]);
    expect((await call().detail({ id })).history.map((each) => each.status)).toEqual(['active', 'ignored']);
    expect((await rest(`/recommendations/${id}/ignore`, { method: 'DELETE' })).body).toMatchObject({
      status: 'active',
    });
    expect((await call().ignored({})).total).toBe(0);
  });

  test('many are ignored at once', async () => {
    const ids = (await call().active({ namespace: 'legacy' })).recommendations.map((each) => each.id);
    const left = await call().ignoreMany({ ids, reason: 'gone in spring', until: '2026-04-01T00:00:00Z' });
    expect(left.recommendations.some((each) => ids.includes(each.id))).toBe(false);
    const { recommendations } = await call().ignored({});
    expect(recommendations.map((each) => each.ignored_until)).toEqual(ids.map(() => '2026-04-01T00:00:00Z'));
    for (const id of ids) await call().unignore({ id });
  });

  test('an applied one is listed with what was set, and is not applied and ignored at once', async () => {
    const { recommendations } = await call().active({ type: 'OFF_PEAK_SCALING' });
    const id = recommendations[0]?.id ?? '';
    const applied = await patch(`/recommendations/${id}/apply`, { actual: {}, reason: 'nightly scale-down' });
    expect(applied).toMatchObject({ status: 200, body: { status: 'applied', applied_by: 'person' } });
    const list = RecommendationList.parse((await rest('/recommendations/applied')).body);
    expect(list.recommendations).toMatchObject([{ id, applied_at: expect.stringContaining('2026-03-11') }]);
    expect((await patch(`/recommendations/${id}/ignore`, {})).status).toBe(409);
    const history = RecommendationList.parse((await rest('/recommendations/history?last=30d')).body);
    expect(history.counts.applied).toBe(1);
    expect(history.total).toBeGreaterThan(list.total);
  });

  test('days of what is applied are promised and measured', async () => {
    const before = SavingsReport.parse((await rest('/recommendations/savings')).body);
    expect(before).toMatchObject({ count: 0, promised_co2e_grams: 0, days: [] });
    // Two whole days go by that nobody read: they are promised, and not measured.
    now += 3 * 86_400;
    await call().applied({ refresh: true });
    const report = SavingsReport.parse((await rest('/recommendations/savings?last=30d')).body);
    expect(report.count).toBe(1);
    expect(report.days.map((day) => day.date)).toEqual(['2026-03-12', '2026-03-13']);
    expect(report.by_type).toMatchObject([{ type: 'OFF_PEAK_SCALING', count: 1 }]);
    expect(report.promised_co2e_grams).toBeGreaterThan(0);
  });
});
