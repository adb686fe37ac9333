import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/backend/store/open-store.ts';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { StoreSettings } from '../../../src/core/ports/store-settings.ts';
import { elasticsearchSettingsOf } from '../../contract/storage/elasticsearch-indices.ts';
import { postgresSettingsOf } from '../../contract/storage/postgres-schema.ts';
import { ReferenceStore } from '../../contract/storage/reference.ts';
import { expectSame, failureCodeOf } from '../../contract/storage/store-fixture.ts';
import { startElasticsearch } from '../../services/elasticsearch.ts';
import { startPostgres } from '../../services/postgres.ts';
import { needs } from '../../setup/programs.ts';
import { EVERYTHING, IN_A_ROW, numberedWindow, OF_CLUSTER, storedNumbers } from './numbered-windows.ts';

interface Outage {
  readonly settings: StoreSettings;
  /** Takes the server away while the windows are written, and brings it back. */
  interrupt(): Promise<void>;
  remove(): Promise<void>;
}

const WINDOWS = 40;
/** The server goes while the windows of these numbers are being written. */
const OUTAGES = [11, 27];

/** Every window is tried again while the store is away: all of them arrive, each once. */
async function writeThrough({ settings, interrupt, remove }: Outage): Promise<void> {
  const store = await openStore(settings);
  try {
    const reference = new ReferenceStore();
    let failures = 0;
    for (let index = 0; index < WINDOWS; index += 1) {
      const window = numberedWindow(index, IN_A_ROW);
      reference.replace(window);
      const outage = OUTAGES.includes(index) ? interrupt() : Promise.resolve();
      failures += await writeUntilDone(store, window);
      await outage;
      if (OUTAGES.includes(index)) failures += await writeUntilDone(store, window);
    }
    expect(failures).toBeGreaterThan(0);
    expect(await storedNumbers(store, IN_A_ROW)).toBe(WINDOWS);
    expectSame(await store.totals(OF_CLUSTER, EVERYTHING), reference.totals(OF_CLUSTER, EVERYTHING));
    const question = { filter: OF_CLUSTER, podPattern: null, range: EVERYTHING, limit: 1, offset: 0 };
    expect((await store.rows(question)).total).toBe(WINDOWS * (IN_A_ROW.pods + 1));
    expect(await store.verify()).toEqual([]);
  } finally {
    await store.close();
    await remove();
  }
}

/** How often it failed before; it fails only as a store that is away does. */
async function writeUntilDone(store: ResultsStore, window: ReturnType<typeof numberedWindow>): Promise<number> {
  for (let failures = 0; failures < 600; failures += 1) {
    const code = await failureCodeOf(store.replaceWindow(window, 1));
    if (code === 'no failure') return failures;
    expect(code).toBe('store-away');
    await sleep(100);
  }
  throw new Error('the store never came back');
}

describe('a server that goes and comes back while windows are written', () => {
  it.runIf(needs('postgres'))('PostgreSQL gets every window, once', async () => {
    const server = await startPostgres();
    let isImmediate = true;
    await writeThrough({
      settings: postgresSettingsOf(server),
      interrupt: async () => {
        await sleep(5);
        await server.stop(isImmediate ? 'immediate' : 'fast');
        isImmediate = false;
        await sleep(300);
        await server.start();
      },
      remove: () => server.remove(),
    });
  });

  it.runIf(needs('elasticsearch'))('Elasticsearch gets every window, once', async () => {
    const server = await startElasticsearch();
    let isKilled = true;
    await writeThrough({
      settings: elasticsearchSettingsOf(server.url),
      interrupt: async () => {
        await sleep(20);
        await (isKilled ? server.kill() : server.stop());
        isKilled = false;
        await server.start();
      },
      remove: () => server.remove(),
    });
  });
});
