import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import type { Migration } from '../../../../src/storage/sql/migration.ts';
import { OPTIONAL_ROW_NUMBERS, ROW_NUMBERS } from '../../../../src/storage/sql/row-columns.ts';
import { SUM_COLUMNS } from '../../../../src/storage/sql/sums.ts';
import { migrate, migrateDown, versionOf } from '../../../../src/storage/sqlite/migrate.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { openForReading, openForWriting, storeFailure } from '../../../../src/storage/sqlite/open-database.ts';

const step = (version: number, ...statements: string[]): Migration => ({
  version,
  name: `step-${version}`,
  statements,
});
const one = step(1, 'CREATE TABLE a (x INTEGER)');
const two = step(2, 'INSERT INTO a VALUES (1)', 'CREATE TABLE b (y INTEGER)');
const broken = step(2, 'INSERT INTO a VALUES (1)', 'CREATE TABLE a (x INTEGER)');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-migrate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('migrate', () => {
  it('runs each step once, in order, and remembers when', async () => {
    const database = new Database(join(folder, 'a.sqlite'));
    expect(versionOf(database)).toBe(0);
    await migrate(database, [one], 100);
    await migrate(database, [one, two], 200);
    await migrate(database, [one, two], 300);
    expect(database.prepare('SELECT * FROM schema_migrations').all()).toEqual([
      { version: 1, name: 'step-1', applied_at_seconds: 100 },
      { version: 2, name: 'step-2', applied_at_seconds: 200 },
    ]);
    expect(database.prepare('SELECT COUNT(*) FROM a').pluck().get()).toBe(1);
    database.close();
  });

  it('leaves nothing of a step that fails', async () => {
    const database = new Database(join(folder, 'a.sqlite'));
    await migrate(database, [one], 100);
    await expect(migrate(database, [one, broken], 200)).rejects.toThrow(/already exists/);
    expect(versionOf(database)).toBe(1);
    expect(database.prepare('SELECT COUNT(*) FROM a').pluck().get()).toBe(0);
    database.close();
  });

  it('refuses a store of a newer version', async () => {
    const database = new Database(join(folder, 'a.sqlite'));
    await migrate(database, [one, two], 100);
    await expect(migrate(database, [one], 200)).rejects.toMatchObject({ code: 'store' });
    database.close();
  });

  it('copies the store before it changes it, keeps the last three copies, and copies no new file', async () => {
    const file = join(folder, 'a.sqlite');
    const database = new Database(file);
    const steps = [one];
    await migrate(database, steps, 1000);
    expect(readdirSync(folder).filter((name) => name.endsWith('.backup'))).toEqual([]);
    for (let version = 2; version <= 6; version += 1) {
      steps.push(step(version, `INSERT INTO a VALUES (${version})`));
      await migrate(database, steps, 1000 + version);
    }
    const copies = readdirSync(folder).filter((name) => name.endsWith('.backup'));
    expect(copies.sort()).toEqual([3, 4, 5].map((version) => `a.sqlite.before-v${version}-${1001 + version}.backup`));
    const copy = new Database(join(folder, copies[0] ?? ''), { readonly: true });
    expect(copy.prepare('SELECT MAX(x) FROM a').pluck().get()).toBe(3);
    copy.close();
    database.close();
  });
});

describe('migrateDown', () => {
  const both = [one, { ...two, down: ['DROP TABLE b', 'DELETE FROM a'] }];

  it('takes steps back, newest first, and forgets them', async () => {
    const database = new Database(join(folder, 'a.sqlite'));
    await migrate(database, both, 100);
    migrateDown(database, 1, both);
    expect(versionOf(database)).toBe(1);
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name IN ('a', 'b')").pluck().all()).toEqual(['a']);
    migrateDown(database, 1, both);
    expect(versionOf(database)).toBe(1);
    database.close();
  });

  it('leaves everything where one step has no way back', async () => {
    const database = new Database(join(folder, 'a.sqlite'));
    await migrate(database, both, 100);
    expect(() => migrateDown(database, 0, both)).toThrow("can't be taken back");
    expect(versionOf(database)).toBe(2);
    expect(database.prepare('SELECT COUNT(*) FROM a').pluck().get()).toBe(1);
    database.close();
  });
});

describe('openForWriting', () => {
  it('has what belongs to a row go with it', async () => {
    const database = await openForWriting(join(folder, 'a.sqlite'), [one], 1);
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
    database.close();
  });

  it('makes the folder and a file in WAL mode that others can read', async () => {
    const file = join(folder, 'x', 'y', 'a.sqlite');
    const database = await openForWriting(file, [one, two], 1);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    const reader = openForReading(file);
    expect(reader.prepare('SELECT x FROM a').pluck().get()).toBe(1);
    expect(() => reader.exec('DELETE FROM a')).toThrow(/readonly/);
    reader.close();
    database.close();
  });

  it('does not write to a file that is too new', async () => {
    const file = join(folder, 'a.sqlite');
    const made = new Database(file);
    await migrate(made, [one, two], 1);
    made.close();
    await expect(openForWriting(file, [one], 2)).rejects.toMatchObject({ code: 'store' });
    const after = new Database(file, { readonly: true });
    expect(after.pragma('journal_mode', { simple: true })).toBe('delete');
    after.close();
    expect(readdirSync(folder)).toEqual(['a.sqlite']);
  });
});

describe('storeFailure', () => {
  it.each([
    ['SQLITE_NOTADB', 'damaged'],
    ['SQLITE_CORRUPT_INDEX', 'damaged'],
    ['SQLITE_FULL', 'disk'],
    ['SQLITE_BUSY', 'Another program'],
    ['SQLITE_CANTOPEN', 'folder'],
    ['EACCES', 'folder'],
    ['', 'log'],
  ])('gives %s a way out', (code, hint) => {
    const failure = storeFailure(Object.assign(new Error('it broke'), { code }), 'It failed');
    expect(failure).toMatchObject({ code: 'store', message: 'It failed: it broke.' });
    expect(failure.hint).toContain(hint);
  });

  it('lets failures of ours pass', () => {
    const ours = new Failure('conflict', 'no');
    expect(storeFailure(ours, 'x')).toBe(ours);
    expect(storeFailure('text', 'x').message).toBe('x: text.');
  });
});

describe('the schema of results', () => {
  it('has the columns that rows and roll-ups are written to, and the published ones in its views', async () => {
    const database = await openForWriting(join(folder, 'a.sqlite'), MIGRATIONS, 1);
    const columnsOf = (table: string): string[] =>
      database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
    expect(columnsOf('result_rows')).toEqual(
      expect.arrayContaining([...ROW_NUMBERS, ...OPTIONAL_ROW_NUMBERS].map(([column]) => column)),
    );
    for (const table of ['hour', 'day'].flatMap((period) =>
      ['pod', 'workload', 'namespace'].map((grain) => `rollup_${period}_${grain}`),
    )) {
      const sums = SUM_COLUMNS.map(({ column }) => column);
      const peaks = table === 'rollup_hour_pod' ? ['cpu_peak_millicores', 'memory_peak_bytes'] : [];
      expect(columnsOf(table).sort()).toEqual(['cluster_key', 'start_seconds', 'key_id', ...sums, ...peaks].sort());
    }
    expect(columnsOf('combined_metrics')).toEqual(
      expect.arrayContaining(
        `cluster_id pod_name namespace node node_instance_type node_zone emaps_zone owner_kind owner_name timestamp duration_seconds
        joules co2e_grams embodied_co2e_grams grid_intensity pue total_cost cpu_request cpu_usage_millicores gpu_usage_millicores
        memory_request memory_usage_bytes network_receive_bytes network_transmit_bytes disk_read_bytes disk_write_bytes
        storage_request_bytes storage_usage_bytes ephemeral_storage_request_bytes ephemeral_storage_usage_bytes restart_count
        is_estimated estimation_reasons grid_intensity_timestamp calculation_version row_kind pod_uid team`.split(
          /\s+/,
        ),
      ),
    );
    for (const view of ['node_windows', 'node_snapshots', 'pod_presence', 'collection_runs']) {
      expect(database.prepare(`SELECT * FROM ${view}`).all()).toEqual([]);
    }
    database.close();
  });
});
