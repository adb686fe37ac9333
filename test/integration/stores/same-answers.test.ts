import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSampleSource, SAMPLE_CONTEXT } from '../../../src/backend/clusters/sample-source.ts';
import { createBackend } from '../../../src/backend/create-backend.ts';
import type { StoreSettings } from '../../../src/core/ports/store-settings.ts';
import { elasticsearchSettingsOf } from '../../contract/storage/elasticsearch-indices.ts';
import { postgresSettingsOf } from '../../contract/storage/postgres-schema.ts';
import { sharedElasticsearch, sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';

const tables = join(import.meta.dirname, '../../../resources/data');
// In the week in which Europe's clocks go forward, and off the hour.
const clock = { nowSeconds: () => Date.UTC(2026, 2, 30, 7, 20) / 1000 };

type Client = Awaited<ReturnType<typeof open>>['client'];
const opened: { name: string; client: Client; stop(): Promise<void> }[] = [];
let folder: string;

async function open(name: string, settings: StoreSettings) {
  const backend = await createBackend({
    dataDir: join(folder, name),
    dataTablesDir: tables,
    version: '0.0.0-test',
    clock,
    backfillSeconds: 36 * 3600,
    contextSources: [await createSampleSource({ clock, dataDir: tables })],
    initialContexts: [SAMPLE_CONTEXT],
    store: { settings, chosenBy: 'command' },
  });
  await backend.start();
  return { name, client: createRouterClient(backend.router), stop: () => backend.stop() };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-same-'));
  const address = await sharedElasticsearch();
  const stores: Record<string, StoreSettings> = {
    sqlite: { kind: 'sqlite', file: join(folder, 'results.sqlite') },
    postgres: postgresSettingsOf(await sharedPostgres()),
    elasticsearch: elasticsearchSettingsOf(address.url),
  };
  for (const [name, settings] of Object.entries(stores)) opened.push(await open(name, settings));
});

afterAll(async () => {
  for (const each of opened) await each.stop();
  await rm(folder, { recursive: true });
});

const QUESTIONS: Record<string, (client: Client) => Promise<unknown>> = {
  'the summary of a day': (client) => client.metrics.summary({ last: '24h' }),
  'the summary of a namespace': (client) => client.metrics.summary({ last: '24h', namespace: 'shop-prod' }),
  'hours by namespace': (client) =>
    client.metrics.timeseries({ last: '24h', granularity: 'hour', group_by: 'namespace', top: 3 }),
  'five minutes of now': (client) => client.metrics.timeseries({ last: '1h', granularity: '5m' }),
  'days across the change of the clocks': (client) =>
    client.metrics.timeseries({ last: '3d', granularity: 'day', tz: 'Europe/Paris' }),
  'ISO weeks in a zone off the hour': (client) =>
    client.metrics.timeseries({ last: '3d', granularity: 'week', tz: 'Asia/Kolkata', group_by: 'node' }),
  ...Object.fromEntries(
    (['namespace', 'workload', 'pod', 'node', 'team', 'zone', 'provider'] as const).map((by) => [
      `the breakdown by ${by}`,
      (
        client: Client, // By name: equal amounts come in another order where the last digit differs.
      ) => client.metrics.breakdown({ last: '24h', by, sort: 'name', limit: 1000, compare: true }),
    ]),
  ),
  'a later page, sorted by name': (client) =>
    client.metrics.breakdown({ last: '3d', by: 'workload', sort: 'name', order: 'asc', limit: 5, offset: 10 }),
  namespaces: (client) => client.metrics.namespaces({ last: '24h' }),
  // Newest first in each; rows of one window come as a store keeps them.
  'every row of an hour': (client) => rowsInOrder(client, {}),
  'rows of pods by a glob': (client) => rowsInOrder(client, { pod: 'c*' }),
  nodes: (client) => client.nodes.list({ last: '24h' }),
  'the report of a day': (client) => client.reports.summary({ last: '24h', group_by: 'workload' }),
};

async function rowsInOrder(client: Client, filter: { pod?: string }): Promise<unknown> {
  const { metrics, ...rest } = await client.metrics.rows({ last: '1h', limit: 5000, ...filter });
  const nameOf = (row: (typeof metrics)[number]) => [row.timestamp, row.namespace, row.pod_name, row.node].join(' ');
  return { ...rest, metrics: metrics.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) };
}

/** Every number and text with its path, numbers to 12 digits: sums in another order differ in the last ones. */
function leaves(value: unknown, path = ''): Map<string, unknown> {
  if (value === null || typeof value !== 'object') return new Map([[path, value]]);
  const entries = Array.isArray(value) ? value.map((each, index) => [index, each]) : Object.entries(value);
  return new Map(entries.flatMap(([key, each]) => [...leaves(each, `${path}.${key}`)]));
}

function differences(left: unknown, right: unknown): string[] {
  const one = leaves(left);
  const other = leaves(right);
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths]
    .filter((path) => !isNear(one.get(path), other.get(path)))
    .map((path) => `${path}: ${one.get(path)} and ${other.get(path)}`);
}

function isNear(left: unknown, right: unknown): boolean {
  if (typeof left !== 'number' || typeof right !== 'number') return left === right;
  return Math.abs(left - right) <= 1e-9 * Math.max(1e-3, Math.abs(left), Math.abs(right));
}

describe.runIf(needs('postgres') && needs('elasticsearch'))('the sample cluster on the three stores', () => {
  it.each(Object.keys(QUESTIONS))('gives one answer to %s', async (name) => {
    const ask = QUESTIONS[name];
    if (ask === undefined) throw new Error(`no question called ${name}`);
    const [sqlite, ...others] = await Promise.all(
      opened.map(async (each) => ({ store: each.name, answer: await ask(each.client) })),
    );
    expect(leaves(sqlite?.answer).size).toBeGreaterThan(5);
    for (const other of others)
      expect([other.store, differences(sqlite?.answer, other.answer)]).toEqual([other.store, []]);
  });
});
