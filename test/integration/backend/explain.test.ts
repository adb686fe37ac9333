import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSampleSource, SAMPLE_CONTEXT } from '../../../src/backend/clusters/sample-source.ts';
import { type Backend, createBackend } from '../../../src/backend/create-backend.ts';
import type { Explanation } from '../../../src/contract/schemas/explain.ts';
import { evaluate } from '../../../src/core/explain/formula.ts';

const clock = { nowSeconds: () => Date.UTC(2026, 2, 11, 10, 7) / 1000 };
const tables = join(import.meta.dirname, '../../../resources/data');
let dataDir: string;
let backend: Backend;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'podwatt-explain-'));
  backend = await createBackend({
    dataDir,
    dataTablesDir: tables,
    version: '0.0.0-test',
    clock,
    contextSources: [await createSampleSource({ clock, dataDir: tables })],
    initialContexts: [SAMPLE_CONTEXT],
    backfillSeconds: 6 * 3600,
  });
  await backend.start();
});

afterAll(async () => {
  await backend.stop();
  await rm(dataDir, { recursive: true });
});

const call = () => createRouterClient(backend.router);

function near(a: number, b: number) {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(a), Math.abs(b)));
}

/** What a person with a calculator does: each formula over its terms, and each step's result where it is used above. */
function checkByHand({ value, steps }: Explanation) {
  expect(steps.length).toBeGreaterThan(0);
  near(value, steps[0]?.value ?? Number.NaN);
  for (const step of steps) {
    const terms = step.terms.map(({ symbol, value: of }) => ({ symbol, value: of ?? Number.NaN }));
    near(evaluate(step.formula, terms), step.value);
    for (const term of step.terms.filter(({ source }) => source.startsWith('Step "'))) {
      const below = steps.find(({ title }) => term.source === `Step "${title}"`);
      near(term.value ?? Number.NaN, below?.value ?? Number.NaN);
    }
  }
}

test.each(['carbon', 'energy', 'cost'] as const)(
  '%s of every row of a window can be computed by hand',
  async (metric) => {
    const { metrics } = await call().metrics.rows({ last: '24h', limit: 1000, offset: 0, tz: 'UTC' });
    const newest = metrics.at(-1)?.timestamp;
    const rows = metrics.filter(({ timestamp }) => timestamp === newest);
    expect(new Set(rows.map((row) => row.row_kind))).toEqual(new Set(['pod', 'system', 'unallocated', 'volume']));
    for (const row of rows) {
      const { cluster_id: cluster, namespace, pod_name: pod, node, timestamp } = row;
      const place = { cluster, namespace, pod, ...(node === '' ? {} : { node }) };
      const found = await call().explain.figure({ ...place, timestamp, metric, tz: 'UTC' });
      checkByHand(found);
      const stored = {
        carbon: row.co2e_grams + row.embodied_co2e_grams,
        energy: (row.joules * row.pue) / 3.6e6,
        cost: row.total_cost,
      };
      near(found.value, stored[metric]);
      expect(found.calculation_version).toBe(row.calculation_version);
      expect(found.reasons).toEqual(row.estimation_reasons);
    }
  },
);

test.each(['carbon', 'energy', 'cost'] as const)('%s of sums can be computed by hand', async (metric) => {
  const summary = await call().metrics.summary({ last: '24h', tz: 'UTC' });
  const found = await call().explain.figure({ last: '24h', metric, tz: 'UTC' });
  checkByHand(found);
  const stored = {
    carbon: summary.total_co2e_all_scopes,
    energy: summary.total_facility_energy_joules / 3.6e6,
    cost: summary.total_cost,
  };
  near(found.value, stored[metric]);
  expect(found.narrowing.length).toBeGreaterThan(0);
  expect(found.narrowing.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-9);
  for (const namespace of ['__system__', '__unallocated__', 'shop']) {
    const { namespaces } = await call().metrics.namespaces({ last: '24h', tz: 'UTC' });
    if (!namespaces.some(({ name }) => name === namespace)) continue;
    checkByHand(await call().explain.figure({ last: '24h', namespace, metric, tz: 'UTC' }));
  }
});
