import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultsStore } from '../../../src/core/ports/results-store.ts';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import { DEFAULT_RETENTION } from '../../../src/model/retention.ts';
import { openPostgresResults } from '../../../src/storage/postgres/index.ts';
import { sharedPostgres } from '../../services/shared.ts';
import { needs } from '../../setup/programs.ts';
import { postgresSettingsOf, withClient } from './postgres-schema.ts';
import { ReferenceStore } from './reference.ts';
import {
  CLUSTER,
  DAY,
  HOUR,
  NEW_YEAR,
  nodeRow,
  sampleNodeWindow,
  sampleRow,
  sampleSnapshot,
  sampleWindow,
} from './sample-windows.ts';
import { expectSame, failureCodeOf } from './store-fixture.ts';

const ALL = { clusterIds: [] };

describe.runIf(needs('postgres'))('writing to PostgreSQL', () => {
  let settings: PostgresSettings;
  let store: ResultsStore;
  const admin = (text: string, values: readonly unknown[] = []) =>
    withClient(settings, async (client) => (await client.query(text, [...values])).rows);
  const months = async (): Promise<string[]> =>
    (
      await admin(
        `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
         WHERE i.inhparent = 'combined_metrics'::regclass AND c.relname < 'combined_metrics_2026_09' ORDER BY 1`,
      )
    ).map(({ name }: { name: string }) => name.replace('combined_metrics_', ''));

  beforeEach(async () => {
    settings = postgresSettingsOf(await sharedPostgres());
    store = await openPostgresResults(settings);
  });
  afterEach(async () => {
    await store.close();
    await admin(`DROP SCHEMA ${settings.schema} CASCADE`);
  });

  it('publishes rows under the names and types of the specification', async () => {
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow({ memoryUsageBytes: 1000.5, restartCount: 2.25 })]), 1);
    const [types] = await admin(
      `SELECT array_agg(attname || ' ' || format_type(atttypid, NULL) ORDER BY attname)::text[] AS list FROM pg_attribute
       WHERE attrelid = 'combined_metrics'::regclass AND attname IN ('timestamp', 'duration_seconds', 'joules', 'memory_request',
         'restart_count', 'is_estimated', 'estimation_reasons', 'namespace', 'gpu_usage_millicores', 'storage_usage_bytes')`,
    );
    expect(types.list).toEqual([
      'duration_seconds real',
      'estimation_reasons text',
      'gpu_usage_millicores double precision',
      'is_estimated boolean',
      'joules double precision',
      'memory_request bigint',
      'namespace text',
      'restart_count integer',
      'storage_usage_bytes bigint',
      'timestamp timestamp with time zone',
    ]);
    const [row] = await admin(
      `SELECT timestamp = to_timestamp($1) AS starts, memory_usage_bytes::int AS bytes, restart_count, sources, row_kind,
       estimation_reasons::jsonb ->> 0 AS reason FROM combined_metrics`,
      [NEW_YEAR],
    );
    expect(row).toEqual({
      starts: true,
      bytes: 1001,
      restart_count: 2,
      sources: '1013212',
      row_kind: 'pod',
      reason: 'power is modelled',
    });
  });

  it('makes months as data comes, and three ahead', async () => {
    const before = await months();
    await store.replaceWindow(sampleWindow(NEW_YEAR - 300, [sampleRow()]), 1);
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
    await store.replaceWindow(sampleWindow(NEW_YEAR + 70 * DAY, [], { entry: { state: 'no-data' } }), 1);
    expect((await months()).filter((name) => !before.includes(name))).toEqual(['2025_12', '2026_01']);
    const ahead = await admin(
      "SELECT count(*)::int AS n FROM pg_inherits WHERE inhparent = 'combined_metrics'::regclass",
    );
    expect(ahead[0].n).toBeGreaterThanOrEqual(6);
    expect((await store.totals(ALL, { startSeconds: NEW_YEAR - DAY, endSeconds: NEW_YEAR + DAY })).joules).toBeCloseTo(
      2001,
      6,
    );
  });

  it('lets many clusters and two processes write a new month at once', async () => {
    const other = await openPostgresResults(settings);
    const reference = new ReferenceStore();
    const clusters = Array.from({ length: 8 }, (_, index) => `cluster-${index}`);
    const snapshot = sampleSnapshot();
    const writes = clusters.flatMap((clusterId, place) =>
      [0, 1, 2].map((part) => {
        const rows = [sampleRow({ clusterId }, place + part + 1), nodeRow('system', { clusterId })];
        const window = sampleWindow(NEW_YEAR + 32 * DAY + part * 300, rows, {
          clusterId,
          nodeWindows: [sampleNodeWindow({ clusterId })],
          nodeSnapshots: [{ ...snapshot, clusterId }],
        });
        reference.replace(window);
        return (place + part) % 2 === 0 ? store.replaceWindow(window, 1) : other.replaceWindow(window, 1);
      }),
    );
    await Promise.all(writes);
    await other.close();
    const range = { startSeconds: NEW_YEAR + 32 * DAY, endSeconds: NEW_YEAR + 33 * DAY };
    expectSame(await store.totals(ALL, range), reference.totals(ALL, range));
    expect(await store.verify()).toEqual([]);
    expect(await store.nodes([], range)).toHaveLength(8);
  });

  it('writes each window once when two processes write the same ones', async () => {
    const other = await openPostgresResults(settings);
    const windows = [0, 1, 2, 3].map((part) =>
      sampleWindow(NEW_YEAR + part * 300, [sampleRow(), sampleRow({ podName: 'b' })]),
    );
    await Promise.all(windows.flatMap((window) => [store.replaceWindow(window, 1), other.replaceWindow(window, 1)]));
    await other.close();
    const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + HOUR };
    expect((await store.totals(ALL, range)).joules).toBeCloseTo(8 * 1000.5, 6);
    expect(await store.verify()).toEqual([]);
  });

  it('holds a window that an older holder has begun until the lease has changed hands, and then refuses it', async () => {
    const request = { clusterId: CLUSTER, holderName: 'test', durationSeconds: 60 };
    const first = await store.takeLease({ ...request, holder: 'one' });
    expect(first.kind).toBe('held');
    await admin("UPDATE leases SET expires_at = now() - interval '1 second'");
    const second = await store.takeLease({ ...request, holder: 'two' });
    expect(second).toMatchObject({ kind: 'held', lease: { epoch: 2 } });
    expect(await failureCodeOf(store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1))).toBe('conflict');
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 2);
  });

  it('does not use ids of keys that another process removed with their cluster', async () => {
    const other = await openPostgresResults(settings);
    await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
    await other.deleteCluster(CLUSTER);
    await other.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow({ podName: 'first-now' })]), 1);
    await store.replaceWindow(sampleWindow(NEW_YEAR + 300, [sampleRow()]), 1);
    expect(await store.verify()).toEqual([]);
    const pods = await store.breakdown({
      filter: ALL,
      range: { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + HOUR },
      by: 'pod',
      sort: 'name',
      descending: false,
      limit: 9,
      offset: 0,
      search: null,
    });
    expect(pods.items.map(({ group }) => group.key)).toEqual(['cart-0', 'first-now']);
    await other.close();
  });

  describe('and keeping it in order', () => {
    const policy = { ...DEFAULT_RETENTION, rawDays: 3, podHourDays: 5, hourDays: 10, podDayDays: 60 };
    const FEBRUARY = NEW_YEAR + 31 * DAY;

    it('drops a month that goes as a whole, and counts what went with it', async () => {
      await store.replaceWindow(sampleWindow(NEW_YEAR + DAY, [sampleRow(), sampleRow({ podName: 'b' })]), 1);
      await store.replaceWindow(sampleWindow(FEBRUARY, [sampleRow()]), 1);
      const whole = { startSeconds: NEW_YEAR, endSeconds: FEBRUARY + DAY };
      const before = await store.totals(ALL, whole);
      expect(await store.maintain(policy, FEBRUARY + 3 * DAY + 60)).toMatchObject({ removedRows: 2 });
      expect(await months()).not.toContain('2026_01');
      expect(await store.totals(ALL, whole)).toEqual(before);
      expect(await failureCodeOf(store.replaceWindow(sampleWindow(NEW_YEAR + DAY, [sampleRow()]), 1))).toBe('conflict');
      // A day that never had windows can be filled, in a month that is made again for it.
      await store.replaceWindow(sampleWindow(NEW_YEAR + 2 * DAY, [sampleRow()]), 1);
      expect(await months()).toContain('2026_01');
      expect(await store.verify()).toEqual([]);
    });

    it('deletes days where the month is read, or goes in part', async () => {
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 4 * DAY, [sampleRow()]), 1);
      expect(await store.maintain(policy, NEW_YEAR + 6 * DAY)).toMatchObject({ removedRows: 1 });
      expect(await months()).toContain('2026_01');
      await withClient(settings, async (client) => {
        await client.query('BEGIN');
        await client.query('SELECT count(*) FROM combined_metrics');
        expect(await store.maintain(policy, FEBRUARY + 9 * DAY)).toMatchObject({ removedRows: 1 });
        await client.query('COMMIT');
      });
      expect(await months()).toContain('2026_01');
    });

    it('forgets the names of pods that nothing tells of any more, and knows them anew', async () => {
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow(), nodeRow('system')]), 1);
      const count = async () => (await admin('SELECT count(*)::int AS n FROM pod_keys'))[0].n;
      expect(await count()).toBe(2);
      await store.maintain(policy, NEW_YEAR + 100 * DAY);
      expect(await count()).toBe(1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + 100 * DAY, [sampleRow()]), 1);
      expect(await count()).toBe(2);
      expect(await store.verify()).toEqual([]);
    });

    it('tells sizes and ages of its tables', async () => {
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow(), sampleRow({ podName: 'b' })]), 1);
      await store.replaceWindow(sampleWindow(NEW_YEAR + DAY, [sampleRow()]), 1);
      await store.vacuum();
      const { tables, rowsPerDay, bytesPerDay } = await store.contents();
      expect(tables.find(({ table }) => table === 'combined_metrics')).toMatchObject({
        rows: 3,
        oldestSeconds: NEW_YEAR,
        newestSeconds: NEW_YEAR + DAY,
      });
      expect(tables.find(({ table }) => table === 'pod_presence')).toMatchObject({ rows: 2 });
      expect(rowsPerDay).toBe(1.5);
      expect(bytesPerDay).toBeGreaterThan(0);
    });

    it('finds sums, rows and keys that are not what they should be', async () => {
      await store.replaceWindow(sampleWindow(NEW_YEAR, [sampleRow(), sampleRow({ podName: 'b' })]), 1);
      await admin('UPDATE rollup_day_pod SET total_cost = total_cost * (1 + 1e-9)');
      await admin("DELETE FROM combined_metrics WHERE pod_name = 'b'");
      await admin('UPDATE combined_metrics SET key_id = 999999');
      const found = await store.verify();
      expect(new Set(found.map(({ table }) => table))).toContain('rollup_day_pod');
      expect(found.map(({ what }) => what).join('; ')).toContain('1 rows, the ledger has 2');
      expect(found.map(({ what }) => what).join('; ')).toContain('1 rows without their key');
    });
  });
});
