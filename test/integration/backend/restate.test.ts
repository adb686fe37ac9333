import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSampleSource, SAMPLE_CONTEXT } from '../../../src/backend/clusters/sample-source.ts';
import { type Backend, createBackend } from '../../../src/backend/create-backend.ts';
import type { RecomputeEvent } from '../../../src/contract/schemas/restate.ts';
import { CALCULATION_VERSION } from '../../../src/core/version.ts';

const clock = { nowSeconds: () => Date.UTC(2026, 2, 11, 10, 7) / 1000 };
const tables = join(import.meta.dirname, '../../../resources/data');
const yesterday = { start: '2026-03-10T00:00:00Z', end: '2026-03-11T00:00:00Z', tz: 'UTC' };
let dataDir: string;
let backend: Backend;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'podwatt-restate-'));
  backend = await createBackend({
    dataDir,
    dataTablesDir: tables,
    version: '0.0.0-test',
    clock,
    contextSources: [await createSampleSource({ clock, dataDir: tables })],
    initialContexts: [SAMPLE_CONTEXT],
    backfillSeconds: 2 * 86_400,
  });
  await backend.start();
});

afterAll(async () => {
  await backend.stop();
  await rm(dataDir, { recursive: true });
});

const call = () => createRouterClient(backend.router);

function near(a: number, b: number, tolerance = 1e-9) {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(a), Math.abs(b)));
}

async function recompute(): Promise<RecomputeEvent[]> {
  const events: RecomputeEvent[] = [];
  for await (const event of await call().audit.recompute({ start: '2026-03-01T00:00:00Z' })) events.push(event);
  return events;
}

const lastOf = (events: RecomputeEvent[]) => events.filter((event) => event.kind === 'cluster');

test('what was just collected is not written again', async () => {
  expect(lastOf(await recompute())).toMatchObject([{ changed: 0, entry: null }]);
  expect(await call().audit.list({ limit: 10 })).toEqual({ entries: [] });
});

test('another PUE restates yesterday; the audit says what, from what to what, why and when', async () => {
  const before = await call().metrics.summary(yesterday);
  await call().sources.updateMethod({ context: SAMPLE_CONTEXT, pue: 1.5 });
  await expect.poll(async () => (await call().audit.list({ limit: 10 })).entries.length, { timeout: 20_000 }).toBe(1);
  const after = await call().metrics.summary(yesterday);
  expect(after.total_energy_joules).toBe(before.total_energy_joules);
  expect(after.mean_pue).toBeCloseTo(1.5, 9);
  near(after.total_facility_energy_joules, after.total_energy_joules * 1.5);
  near(after.total_embodied_co2e_grams, before.total_embodied_co2e_grams);
  near(after.total_cost, before.total_cost);
  expect(after.total_co2e_grams).toBeGreaterThan(before.total_co2e_grams);

  const { entries } = await call().audit.list({ limit: 10 });
  const [entry] = entries;
  expect(entry).toMatchObject({ cause: 'pue', at: '2026-03-11T10:07:00Z', calculation_version: CALCULATION_VERSION });
  expect(entry?.reason).toContain('1.5');
  expect(entry?.before.energy_joules).toBe(entry?.after.energy_joules);
  expect(entry?.after.co2e_grams).toBeGreaterThan(entry?.before.co2e_grams ?? 0);
  const whole = await call().metrics.summary({ start: entry?.start, end: entry?.end, tz: 'UTC' });
  near(whole.total_co2e_grams, entry?.after.co2e_grams ?? 0);
});

test('everything still adds up, at each level', async () => {
  const summary = await call().metrics.summary(yesterday);
  for (const by of ['namespace', 'workload', 'node', 'zone', 'provider'] as const) {
    const { items } = await call().metrics.breakdown({ ...yesterday, by, limit: 1000 });
    near(
      items.reduce((sum, item) => sum + item.co2e_grams, 0),
      summary.total_co2e_grams,
    );
  }
  const { timeseries } = await call().metrics.timeseries({ ...yesterday, granularity: 'hour' });
  near(
    timeseries.reduce((sum, point) => sum + point.co2e_grams, 0),
    summary.total_co2e_grams,
  );
});

test('a second run changes nothing and leaves no entry', async () => {
  const before = await call().metrics.summary(yesterday);
  const [last] = lastOf(await recompute());
  expect(last).toMatchObject({ changed: 0, entry: null });
  expect(last).not.toMatchObject({ windows: 0 });
  expect((await call().audit.list({ limit: 10 })).entries).toHaveLength(1);
  expect(await call().metrics.summary(yesterday)).toEqual(before);
});
