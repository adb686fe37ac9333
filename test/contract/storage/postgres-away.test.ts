import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import { openPostgresResults, testPostgres } from '../../../src/storage/postgres/index.ts';
import { type RunningPostgres, startPostgres } from '../../services/postgres.ts';
import { needs } from '../../setup/programs.ts';
import { postgresSettingsOf, withClient } from './postgres-schema.ts';
import { CLUSTER, DAY, NEW_YEAR, sampleRow, sampleWindow } from './sample-windows.ts';
import { failureCodeOf } from './store-fixture.ts';

const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };

describe.runIf(needs('postgres'))('a PostgreSQL that goes away', () => {
  let server: RunningPostgres;
  let settings: PostgresSettings;
  let store: ResultsStore;
  const write = (part: number) => store.replaceWindow(sampleWindow(NEW_YEAR + part * 300, [sampleRow()]), 1);
  const joules = async () => (await store.totals({ clusterIds: [CLUSTER] }, day)).joules;

  beforeAll(async () => {
    server = await startPostgres();
    settings = postgresSettingsOf(server);
    store = await openPostgresResults(settings);
  });
  afterAll(async () => {
    await store.close();
    await server.remove();
  });

  it.each(['fast', 'immediate'] as const)('is said to be away, and used again when it is back (%s)', async (mode) => {
    await write(0);
    // Several idle connections, all of which break.
    await Promise.all([joules(), joules(), joules(), store.info()]);
    await server.stop(mode);
    for (const ask of [
      () => store.info(),
      () => joules(),
      () => write(1),
      () => store.vacuum(),
      () => store.listLeases(),
    ]) {
      expect(await failureCodeOf(ask())).toBe('store-away');
    }
    expect(await failureCodeOf(openPostgresResults(settings))).toBe('store-away');
    expect((await testPostgres(settings)).isOk).toBe(false);
    await server.start();
    expect((await store.info()).isReadOnly).toBe(false);
    await write(0);
    expect(await joules()).toBeCloseTo(1000.5, 6);
  });

  it('leaves a window as it was when its session is ended in the middle', async () => {
    await write(0);
    await withClient(settings, async (client) => {
      await client.query('BEGIN');
      await client.query('LOCK TABLE rollup_day_pod IN ACCESS EXCLUSIVE MODE');
      const writing = failureCodeOf(write(2));
      for (;;) {
        const { rows } = await client.query<{ pid: number }>('SELECT pid FROM pg_locks WHERE NOT granted');
        if (rows[0] === undefined) continue;
        await client.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
        break;
      }
      expect(await writing).toBe('store-away');
      await client.query('ROLLBACK');
    });
    expect(await store.listLedger(CLUSTER, day)).toHaveLength(1);
    await write(2);
    expect(await joules()).toBeCloseTo(2001, 6);
    expect(await store.verify()).toEqual([]);
  });

  it('refuses every question once it was closed, and closes twice without harm', async () => {
    const other = await openPostgresResults(settings);
    await other.close();
    await other.close();
    expect(await failureCodeOf(other.info())).toBe('store');
  });
});
