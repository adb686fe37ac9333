import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import { openPostgresResults } from '../../../src/storage/postgres/index.ts';
import { sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { postgresSettingsOf } from './postgres-schema.ts';
import { CLUSTER, NEW_YEAR, sampleRow, sampleWindow } from './sample-windows.ts';

/**
 * A holder that froze while the server awaited its rows: no limit of time of the server ends that. The session here does
 * what a window does, and then nothing.
 */
describe.runIf(needs('postgres'))('a PostgreSQL client that froze in the middle of a window', () => {
  let settings: PostgresSettings;
  let store: ResultsStore;
  let frozen: pg.Client;
  let lost: Error | null;

  const take = (holder: string, durationSeconds: number) =>
    store.takeLease({ clusterId: CLUSTER, holder, holderName: holder, durationSeconds });

  async function freeze(): Promise<void> {
    await frozen.query('BEGIN');
    await frozen.query('UPDATE leases SET epoch = epoch');
    const stream = frozen.query(copyFrom('COPY leases FROM STDIN'));
    stream.on('error', () => undefined);
    const pid = 'processID' in frozen ? Number(frozen.processID) : 0;
    await seen(
      `SELECT 1 FROM pg_stat_activity WHERE pid = ${pid} AND query LIKE 'COPY%' AND wait_event = 'ClientRead'`,
    );
  }

  async function seen(question: string): Promise<void> {
    const { host, port, user, password } = await sharedPostgres();
    const watcher = new pg.Client({ host, port, user, password, database: 'postgres' });
    await watcher.connect();
    await watcher.query(`SET search_path = ${settings.schema}`);
    while ((await watcher.query(question)).rows.length === 0);
    await watcher.end();
  }

  beforeEach(async () => {
    const server = await sharedPostgres();
    settings = postgresSettingsOf(server);
    store = await openPostgresResults(settings);
    const { host, port, user, password } = server;
    frozen = new pg.Client({ host, port, user, password, database: 'postgres' });
    lost = null;
    frozen.on('error', (error) => {
      lost = error;
    });
    await frozen.connect();
    await frozen.query(`SET search_path = ${settings.schema}`);
  });
  afterEach(async () => {
    await frozen.end();
    await store.close();
    const { host, port, user, password } = await sharedPostgres();
    const cleaner = new pg.Client({ host, port, user, password, database: 'postgres' });
    await cleaner.connect();
    await cleaner.query(`DROP SCHEMA ${settings.schema} CASCADE`);
    await cleaner.end();
  });

  it('loses the cluster once its lease has run out, and with it what it was writing', async () => {
    await take('asleep', 1);
    await freeze();
    await seen('SELECT 1 FROM leases WHERE expires_at <= clock_timestamp()');
    expect(await take('awake', 30)).toMatchObject({ kind: 'held', lease: { holder: 'awake', epoch: 2 } });
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 2);
    expect(lost).not.toBeNull();
  });

  it('keeps it while its lease lasts: others are refused, and do not wait for it', async () => {
    await take('slow', 60);
    await freeze();
    expect(await take('other', 30)).toMatchObject({ kind: 'refused', by: { holder: 'slow', epoch: 1 } });
    expect(lost).toBeNull();
  });

  it('prolongs its own lease as soon as its window is written', async () => {
    await take('writing', 60);
    await frozen.query('BEGIN');
    await frozen.query('UPDATE leases SET epoch = epoch');
    const prolonged = take('writing', 60);
    await seen("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO leases%'");
    await frozen.query('COMMIT');
    expect(await prolonged).toMatchObject({ kind: 'held', lease: { holder: 'writing', epoch: 1 } });
  });
});
