import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import { DEFAULT_RETENTION } from '../../../src/model/retention.ts';
import { openPostgresResults } from '../../../src/storage/postgres/index.ts';
import { sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { postgresSettingsOf } from './postgres-schema.ts';
import { CLUSTER, DAY, NEW_YEAR, sampleRow, sampleWindow } from './sample-windows.ts';
import { failureCodeOf } from './store-fixture.ts';

const day = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + DAY };
const ALL = { clusterIds: [CLUSTER] };

/** Questions that wait, as somebody holds a lock on what they read: they end because they are told to, never by themselves. */
describe.runIf(needs('postgres'))('a question to PostgreSQL that waits', () => {
  let settings: PostgresSettings;
  let store: ResultsStore;
  let blocker: pg.Client;

  async function open(part: Partial<PostgresSettings> = {}): Promise<void> {
    settings = { ...postgresSettingsOf(await sharedPostgres()), poolSize: 1, ...part };
    store = await openPostgresResults(settings);
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
    await blocker.query(`SET search_path = ${settings.schema}`);
  }
  const block = async (table: string): Promise<void> => {
    await blocker.query('BEGIN');
    await blocker.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  };
  /** Resolves when a session of the store waits for the blocker. */
  const someoneWaits = async (): Promise<void> => {
    for (;;) {
      const { rows } = await blocker.query(
        `SELECT 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE NOT l.granted AND n.nspname = current_schema()`,
      );
      if (rows.length > 0) return;
    }
  };

  beforeEach(async () => {
    const { host, port, user, password } = await sharedPostgres();
    blocker = new pg.Client({ host, port, user, password, database: 'postgres' });
    await blocker.connect();
  });
  afterEach(async () => {
    await blocker.query('ROLLBACK');
    await store.close();
    await blocker.query(`DROP SCHEMA ${settings.schema} CASCADE`);
    await blocker.end();
  });

  it('is given up when it is cancelled, and its only connection answers the next one at once', async () => {
    await open();
    await block('rollup_hour_namespace');
    const { signal, abort } = abortable();
    const waiting = failureCodeOf(store.totals(ALL, { ...day, endSeconds: NEW_YEAR + 3600 }, signal));
    await someoneWaits();
    abort();
    expect(await waiting).toBe('cancelled');
    // The lock is still held: what is free again is the connection.
    expect(await store.lastDataEntry(CLUSTER)).not.toBeNull();
    await blocker.query('ROLLBACK');
    expect((await store.totals(ALL, { ...day, endSeconds: NEW_YEAR + 3600 })).podCount).toBe(1);
  });

  it.each([
    [
      'series',
      (signal: AbortSignal) => store.series({ filter: ALL, buckets: [day], groupBy: 'pod', top: null }, signal),
    ],
    [
      'rows',
      (signal: AbortSignal) => store.rows({ filter: ALL, podPattern: null, range: day, limit: 9, offset: 0 }, signal),
    ],
    ['coverage', (signal: AbortSignal) => store.coverage([CLUSTER], [day], signal)],
    ['maintain', (signal: AbortSignal) => store.maintain(DEFAULT_RETENTION, NEW_YEAR + 999 * DAY, signal)],
    ['verify', (signal: AbortSignal) => store.verify(signal)],
    ['vacuum', (signal: AbortSignal) => store.vacuum(signal)],
    ['contents', (signal: AbortSignal) => store.contents(signal)],
    [
      'report',
      async (signal: AbortSignal) => {
        for await (const _ of store.report({ filter: ALL, buckets: [day], groupBy: 'pod' }, signal)) expect.fail();
      },
    ],
  ])('is given up in the middle: %s', async (_, ask) => {
    await open();
    await block('pod_keys, collection_runs, presence');
    const { signal, abort } = abortable();
    const waiting = failureCodeOf(ask(signal));
    await someoneWaits();
    abort();
    expect(await waiting).toBe('cancelled');
    expect(await store.listLeases()).toEqual([]);
  });

  it('is not even asked when it was cancelled before, or while it waits for a connection', async () => {
    await open();
    expect(await failureCodeOf(store.totals(ALL, day, AbortSignal.abort()))).toBe('cancelled');
    expect(await failureCodeOf(store.vacuum(AbortSignal.abort()))).toBe('cancelled');
    await block('collection_runs');
    const first = abortable();
    const second = abortable();
    const ahead = failureCodeOf(store.coverage([CLUSTER], [day], first.signal));
    await someoneWaits();
    const queued = failureCodeOf(store.totals(ALL, day, second.signal));
    second.abort();
    expect(await queued).toBe('cancelled');
    first.abort();
    expect(await ahead).toBe('cancelled');
    expect((await store.totals(ALL, day)).podCount).toBe(1);
  });

  it('fails with timeout after the time that is set, and the connection lives on', async () => {
    await open({ statementTimeoutMilliseconds: 50 });
    await block('collection_runs');
    expect(await failureCodeOf(store.coverage([CLUSTER], [day]))).toBe('timeout');
    expect(await failureCodeOf(store.lastDataEntry(CLUSTER))).toBe('timeout');
    expect((await store.totals(ALL, day)).podCount).toBe(1);
  });

  it('does not hurt what comes after it when the cancel comes late', async () => {
    await open();
    for (let round = 0; round < 30; round += 1) {
      const { signal, abort } = abortable();
      const answer = store.totals(ALL, day, signal).then(
        (totals) => totals.podCount,
        (error: { code: string }) => error.code,
      );
      // Somewhere between the first statement and the last.
      for (let turn = 0; turn < round; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      abort();
      expect([1, 'cancelled']).toContain(await answer);
      expect((await store.totals(ALL, day)).podCount).toBe(1);
    }
  });
});

function abortable(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
