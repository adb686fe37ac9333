import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleSource, SAMPLE_CONTEXT } from '../../../src/backend/clusters/sample-source.ts';
import { createBackend } from '../../../src/backend/create-backend.ts';
import { openStore } from '../../../src/backend/store/open-store.ts';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import { type RunningPostgres, startPostgres } from '../../services/postgres.ts';
import { needs } from '../../setup/programs.ts';

const tables = join(import.meta.dirname, '../../../resources/data');
/** Seconds of the backend's time in a second of this test: a window every second and a half. */
const SPEED = 200;

/** Time that runs fast, from the present on. */
function fastTime() {
  const start = Date.now();
  const nowMilliseconds = () => start + (Date.now() - start) * SPEED;
  return {
    nowSeconds: () => Math.floor(nowMilliseconds() / 1000),
    nowMilliseconds,
    wait: async (milliseconds: number, signal: AbortSignal) => {
      if (!signal.aborted) await sleep(milliseconds / SPEED, undefined, { signal }).catch(() => undefined);
    },
  };
}

let folder: string;
const undo: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-outage-'));
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await rm(folder, { recursive: true, force: true });
});

async function server(): Promise<{ postgres: RunningPostgres; settings: PostgresSettings }> {
  const postgres = await startPostgres();
  undo.push(() => postgres.remove());
  const { host, port, user, password } = postgres;
  const settings: PostgresSettings = {
    kind: 'postgres',
    host,
    port,
    database: await postgres.createDatabase(),
    user,
    password,
    schema: 'podwatt',
    sslMode: 'disable',
    certificateAuthority: null,
    statementTimeoutMilliseconds: 10_000,
    poolSize: 4,
  };
  return { postgres, settings };
}

async function start(name: string, settings: PostgresSettings, time: ReturnType<typeof fastTime>) {
  const backend = await createBackend({
    dataDir: join(folder, name),
    dataTablesDir: tables,
    version: '0.0.0-test',
    clock: time,
    timers: time,
    backfillSeconds: 2 * 3600,
    contextSources: [await createSampleSource({ clock: time, dataDir: tables })],
    initialContexts: [SAMPLE_CONTEXT],
    store: { settings, chosenBy: 'command' },
  });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await backend.stop();
    isStopped = true;
  };
  undo.push(stop);
  await backend.start();
  const client = createRouterClient(backend.router);
  return { client, stop, status: () => client.store.status() };
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error(`never: ${what}`);
}

/** Every window of 5 minutes of the cluster, none missing between two, none double, and the totals sound. */
async function expectAllWindows(settings: PostgresSettings, least: number): Promise<void> {
  const store = await openStore(settings);
  try {
    const [cluster] = await store.listClusters();
    const ledger = await store.listLedger(cluster?.id ?? '', { startSeconds: 0, endSeconds: 2 ** 40 });
    const starts = ledger
      .filter(({ window }) => window.durationSeconds === 300)
      .map(({ window }) => window.startSeconds);
    expect(starts.length).toBeGreaterThanOrEqual(least);
    expect(new Set(starts).size).toBe(starts.length);
    const first = starts[0] ?? 0;
    expect(starts).toEqual(starts.map((_, index) => first + index * 300));
    expect(ledger.filter(({ state }) => state !== 'whole')).toEqual([]);
    expect(await store.verify()).toEqual([]);
  } finally {
    await store.close();
  }
}

describe.runIf(needs('postgres'))('a backend whose PostgreSQL is stopped and started', () => {
  it('goes on reading, says so, and brings every window to it once', async () => {
    const { postgres, settings } = await server();
    const { client, status, stop } = await start('one', settings, fastTime());
    // A start waits ten seconds for a store, which are soon over here.
    await until('it is open', async () => (await status()).state === 'up');
    expect(await status()).toMatchObject({ kind: 'postgres', server_version: expect.stringContaining('PostgreSQL') });
    for (const mode of ['immediate', 'fast'] as const) {
      await postgres.stop(mode);
      await until('windows wait', async () => (await status()).spool.windows >= 3);
      expect(await status()).toMatchObject({ state: 'away', tables: null, problem: expect.any(String) });
      await expect(client.metrics.summary({ last: '24h' })).rejects.toMatchObject({
        status: 503,
        data: { failure: 'store-away' },
      });
      expect((await client.contexts.list()).contexts[0]?.last_error).toBeNull();
      await postgres.start();
      await until('all are delivered', async () => {
        const { state, spool } = await status();
        return state === 'up' && spool.windows === 0;
      });
      expect((await client.metrics.summary({ last: '24h' })).total_co2e_grams).toBeGreaterThan(0);
    }
    await stop();
    await expectAllWindows(settings, 6);
  });

  it('opens while it is away, and collects into it when it comes', async () => {
    const { postgres, settings } = await server();
    await postgres.stop();
    const { status, stop } = await start('one', settings, fastTime());
    await until('windows wait', async () => (await status()).spool.windows >= 2);
    await postgres.start();
    await until('all are delivered', async () => (await status()).spool.windows === 0);
    await stop();
    await expectAllWindows(settings, 2);
  });

  it('two of them share one: one collects, the other shows who, and takes over when it ends', async () => {
    const { settings } = await server();
    const time = fastTime();
    const first = await start('one', settings, time);
    await until('it is open', async () => (await first.status()).state === 'up');
    await until('it collects', async () => (await first.status()).leases.length === 1);
    const second = await start('two', settings, time);
    await until('it is open', async () => (await second.status()).state === 'up');
    const cluster = async () => (await second.client.clusters.list()).clusters[0];
    await until('it stands back', async () => (await cluster())?.state === 'elsewhere');
    expect(await cluster()).toMatchObject({
      state: 'elsewhere',
      last_error: null,
      collected_by: { holder: expect.stringContaining(`(pid ${process.pid})`) },
    });
    await first.stop();
    await until('it is taken over', async () => (await cluster())?.state === 'collecting');
    await second.stop();
    await expectAllWindows(settings, 1);
  });
});
