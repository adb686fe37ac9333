import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { BackendConfig, StoreChoice } from '../../../src/backend/config.ts';
import { createBackend } from '../../../src/backend/create-backend.ts';
import { fakeCoefficients } from './coefficients.ts';
import { FakeCluster } from './fake-cluster.ts';
import { ManualTime } from './manual-time.ts';
import { MemoryState } from './memory-state.ts';
import { MemoryStore } from './memory-store.ts';

/** 10:07 on a Wednesday: an hour is under way, one of its windows can be closed. */
export const NOW = Date.UTC(2026, 2, 11, 10, 7) / 1000;

/** A backend on fakes, with a client of it and everything that a test may bend or look at. */
export async function testBackend(
  options: Omit<Partial<BackendConfig>, 'store'> & {
    clusters?: FakeCluster[];
    state?: MemoryState;
    store?: MemoryStore;
    time?: ManualTime;
    choice?: StoreChoice;
  } = {},
) {
  const { clusters = [new FakeCluster()], state = new MemoryState(), store = new MemoryStore() } = options;
  const { choice, ...rest } = options;
  const { clusters: _clusters, state: _state, store: _store, time: _time, ...config } = rest;
  const time = options.time ?? new ManualTime(NOW);
  store.leases.nowSeconds = () => time.nowSeconds();
  const logged: { level: string; fields: object | string; message: string | undefined }[] = [];
  const write = (level: string) => (fields: object | string, message?: string) =>
    void logged.push({ level, fields, message });
  const backend = await createBackend({
    dataDir: join(tmpdir(), 'podwatt-unit-backend'),
    dataTablesDir: '/nowhere',
    version: '1.2.3',
    contextSources: clusters,
    clock: time,
    timers: time,
    random: () => 0,
    backfillSeconds: 86_400,
    openState: async () => state,
    openStore: async () => store,
    loadCoefficients: async () => (overrides) => fakeCoefficients(overrides).sources,
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    ...(choice === undefined ? {} : { store: choice }),
    ...config,
  });
  return { backend, client: createRouterClient(backend.router), clusters, state, store, time, logged };
}

export type TestBackend = Awaited<ReturnType<typeof testBackend>>;

/** Reads the last day of a context, as `podwatt collect` does; answers all events. */
export async function collectAll({ client, time }: TestBackend, context = 'one', last = '24h') {
  const events: unknown[] = [];
  const done = (async () => {
    for await (const event of await client.contexts.collect({ context, last })) events.push(event);
  })();
  let ended = false;
  void done
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });
  while (!ended) await time.advance(0.2);
  await done;
  return events;
}
