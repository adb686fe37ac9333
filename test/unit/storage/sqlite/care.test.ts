import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LeaseRequest } from '../../../../src/core/ports/leases.ts';
import type { RetentionPolicy } from '../../../../src/model/retention.ts';
import { deleteCluster } from '../../../../src/storage/sqlite/cluster-writer.ts';
import { readLeases, releaseLease, takeLease } from '../../../../src/storage/sqlite/lease-operations.ts';
import { type MaintenanceCursor, maintain } from '../../../../src/storage/sqlite/maintain.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../../src/storage/sqlite/open-database.ts';
import { packWindow } from '../../../../src/storage/sqlite/packed-window.ts';
import { readContents } from '../../../../src/storage/sqlite/read-contents.ts';
import { READ_OPERATIONS as READ } from '../../../../src/storage/sqlite/read-operations.ts';
import { vacuum } from '../../../../src/storage/sqlite/vacuum.ts';
import { WindowWriter } from '../../../../src/storage/sqlite/write-window.ts';
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
} from '../../../contract/storage/sample-windows.ts';

const POLICY: RetentionPolicy = { rawDays: 3, podHourDays: 4, hourDays: 5, podDayDays: 6, dayDays: null };
const NOW = NEW_YEAR + 10 * DAY + HOUR;

let folder = '';
let database: Database.Database;
let writer: WindowWriter;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-care-'));
  database = await openForWriting(join(folder, 'results.sqlite'), MIGRATIONS, 1);
  writer = new WindowWriter(database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const count = (table: string, where = ''): unknown =>
  database.prepare(`SELECT COUNT(*) FROM ${table} ${where}`).pluck().get();

/** A pod of its own each day, one that is always there, and the facts of a node that changes on day 2. */
function fill(days: number, windows = 1): void {
  for (let day = 0; day < days; day += 1) {
    for (let part = 0; part < windows; part += 1) {
      const start = NEW_YEAR + day * DAY + part * 300;
      const rows = [sampleRow(), sampleRow({ podName: `day-${day}`, podUid: `uid-${day}` }), nodeRow('system')];
      const os = day < 2 ? 'linux' : 'talos';
      const facts = {
        nodeWindows: [sampleNodeWindow()],
        nodeSnapshots: [sampleSnapshot({ os, snapshotAtSeconds: start })],
      };
      writer.replace(packWindow(sampleWindow(start, rows, facts), 1));
    }
  }
}

function maintainAll(policy = POLICY, afterEachStep: () => void = () => undefined): number {
  while (writer.compactOne(NOW)) afterEachStep();
  let cursor: MaintenanceCursor | null = null;
  for (let steps = 1; ; steps += 1) {
    const progress = maintain(database, { policy, nowSeconds: NOW, cursor });
    if (progress.isDone) return steps;
    ({ cursor } = progress);
    afterEachStep();
  }
}

describe('retention', () => {
  it('works in steps, and the day is closed to windows before its first row goes', () => {
    fill(10, 12);
    const refused: string[] = [];
    maintainAll(POLICY, () => {
      const late = packWindow(sampleWindow(NEW_YEAR + 5 * HOUR, [sampleRow()]), 1);
      if (count('pruned_days') === 0) return;
      expect(() => writer.replace(late)).toThrow(/were removed/);
      refused.push('late');
    });
    expect(refused.length).toBeGreaterThan(5);
    expect(count('result_rows')).toBe(3 * 12 * 3);
    expect(count('pruned_days')).toBe(7);
  });

  it('keeps what a node was before the limit, and the presence of a pod that lives on', () => {
    fill(10);
    maintainAll();
    const names = database.prepare('SELECT pod_name FROM pod_presence ORDER BY 1').pluck().all();
    expect(names).toEqual(['cart-0', 'day-4', 'day-5', 'day-6', 'day-7', 'day-8', 'day-9']);
    expect(database.prepare('SELECT first_seen FROM pod_presence LIMIT 1').pluck().get()).toBe('2026-01-01T00:00:00Z');
    expect(count('node_window_rows')).toBe(5);
    // The change of day 2, and the sightings that are kept.
    expect(count('node_sightings')).toBe(6);
    const range = { startSeconds: NEW_YEAR + 6 * DAY, endSeconds: NEW_YEAR + 7 * DAY };
    expect(READ.nodes(database, { clusterIds: [], range })).toMatchObject([{ os: 'talos' }]);
  });

  it('leaves a pod seen in the days that are gone, to the day, when its last window is taken back', () => {
    fill(10);
    maintainAll();
    for (const day of [7, 8, 9]) {
      writer.replace(packWindow(sampleWindow(NEW_YEAR + day * DAY, [sampleRow({ podName: 'other' })]), 1));
    }
    const seen = database.prepare("SELECT first_seen, last_seen FROM pod_presence WHERE pod_name = 'cart-0'").get();
    expect(seen).toEqual({ first_seen: '2026-01-01T00:00:00Z', last_seen: '2026-01-08T00:00:00Z' });
  });

  it('takes up where it was cut off', () => {
    fill(10, 12);
    maintain(database, { policy: POLICY, nowSeconds: NOW, cursor: null });
    maintain(database, { policy: POLICY, nowSeconds: NOW, cursor: { phase: 0, clusterKey: 0, fromSeconds: 0 } });
    maintainAll();
    expect(count('result_rows')).toBe(3 * 12 * 3);
    expect(count('rollup_day_namespace')).toBe(20);
  });
});

describe('giving room back', () => {
  it('removes keys of pods of which nothing is kept, and no other', () => {
    fill(10);
    maintainAll();
    while (vacuum(database));
    writer.forget();
    const pods = database
      .prepare('SELECT t.text FROM pod_keys k JOIN texts t ON t.id = k.pod ORDER BY 1')
      .pluck()
      .all();
    expect(pods).toEqual(['cart-0', 'day-4', 'day-5', 'day-6', 'day-7', 'day-8', 'day-9', 'node/n1']);
    expect(count('pod_identities')).toBe(pods.length);
    for (const table of ['result_rows', 'rollup_hour_pod', 'rollup_day_pod', 'presence']) {
      expect(count(table, 'WHERE key_id NOT IN (SELECT id FROM pod_keys)')).toBe(0);
    }
    // A pod of that name that comes again is a new key.
    writer.replace(packWindow(sampleWindow(NEW_YEAR + 10 * DAY, [sampleRow({ podName: 'day-0' })]), 1));
    expect(count('pod_keys')).toBe(9);
  });

  it('makes the file smaller in steps', () => {
    const rows = Array.from({ length: 400 }, (_, index) => sampleRow({ podName: `cart-${index}` }));
    for (let part = 0; part < 24; part += 1) {
      writer.replace(packWindow(sampleWindow(NEW_YEAR + part * 300, rows), 1));
    }
    const pages = () => Number(database.pragma('page_count', { simple: true }));
    const before = pages();
    maintainAll();
    expect(pages()).toBe(before);
    while (vacuum(database));
    expect(pages()).toBeLessThan(before / 2);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(count('sqlite_stat1')).toBeGreaterThan(0);
  });
});

describe('what is kept', () => {
  it('is counted by table, with its times', () => {
    fill(10);
    const { tables, rowsPerDay, bytesPerDay } = readContents(database);
    const of = (name: string) => tables.find(({ table }) => table === name);
    const times = { oldestSeconds: NEW_YEAR, newestSeconds: NEW_YEAR + 9 * DAY };
    expect(of('combined_metrics')).toMatchObject({ rows: 30, ...times });
    expect(of('rollup_hour_namespace')).toMatchObject({ rows: 20, ...times });
    expect(of('collection_runs')).toMatchObject({ rows: 10, ...times });
    expect(of('pod_presence')?.rows).toBe(11);
    expect(of('combined_metrics')?.sizeBytes).toBeGreaterThan(0);
    expect(rowsPerDay).toBe(3);
    expect(bytesPerDay).toBeGreaterThan(0);
    maintainAll();
    expect(readContents(database).tables[0]).toMatchObject({ rows: 9, oldestSeconds: NEW_YEAR + 7 * DAY });
  });

  it('is nothing in a new store', () => {
    const { tables, rowsPerDay, bytesPerDay } = readContents(database);
    expect([rowsPerDay, bytesPerDay]).toEqual([null, null]);
    for (const table of tables) expect(table).toMatchObject({ rows: 0, oldestSeconds: null, newestSeconds: null });
  });
});

describe('leases', () => {
  const ask = (holder: string, part: Partial<LeaseRequest> = {}): LeaseRequest => ({
    clusterId: CLUSTER,
    holder,
    holderName: holder,
    durationSeconds: 60,
    ...part,
  });

  it('run out to the second', () => {
    expect(takeLease(database, ask('a'), 1000.9)).toMatchObject({ kind: 'held', lease: { expiresAtSeconds: 1060 } });
    expect(takeLease(database, ask('b'), 1059.9)).toMatchObject({ kind: 'refused', by: { holder: 'a' } });
    expect(takeLease(database, ask('b'), 1060)).toMatchObject({ kind: 'held', lease: { epoch: 2 } });
  });

  it('keep their epoch when they are given back and when the cluster is deleted', () => {
    writer.replace(packWindow(sampleWindow(NEW_YEAR, [sampleRow()]), 5));
    const taken = takeLease(database, ask('a'), 0);
    if (taken.kind === 'refused') throw new Error('refused');
    expect(taken.lease.epoch).toBe(6);
    writer.replace(packWindow(sampleWindow(NEW_YEAR, [sampleRow({}, 2)]), 9));
    deleteCluster(database, CLUSTER);
    expect(readLeases(database)).toEqual([]);
    expect(() => writer.replace(packWindow(sampleWindow(NEW_YEAR, []), 8))).toThrow(/epoch 9/);
    expect(takeLease(database, ask('a'), 0)).toMatchObject({ lease: { epoch: 10 } });
    releaseLease(database, { ...taken.lease, epoch: 10 });
    expect(readLeases(database)).toEqual([]);
    expect(takeLease(database, ask('b'), 0)).toMatchObject({ lease: { epoch: 11 } });
  });
});
