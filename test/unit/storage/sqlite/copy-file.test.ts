import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSqliteFile } from '../../../../src/storage/sqlite/check-file.ts';
import { backUpSqlite, restoreSqlite } from '../../../../src/storage/sqlite/copy-file.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../../src/storage/sqlite/open-database.ts';
import { readAppValue } from '../../../../src/storage/sqlite/read-app-value.ts';

let folder: string;
let file: string;
let copy: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-copy-'));
  file = join(folder, 'podwatt.sqlite');
  copy = join(folder, 'copy.sqlite');
  (await openForWriting(file, MIGRATIONS, 0)).close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const textsIn = (path: string): unknown => {
  const database = new Database(path, { readonly: true });
  try {
    return database.prepare('SELECT COUNT(*) FROM texts').pluck().get();
  } finally {
    database.close();
  }
};

describe('a backup', () => {
  it('holds what was committed while a writer goes on, and is one file', async () => {
    const writer = new Database(file);
    writer.pragma('wal_autocheckpoint = 0');
    writer.exec("INSERT INTO texts (text) VALUES ('one'), ('two')");
    writer.exec("BEGIN; INSERT INTO texts (text) VALUES ('three')");
    const seen: [number, number][] = [];
    const size = await backUpSqlite(file, copy, (done, of) => seen.push([done, of]));
    writer.exec('COMMIT');
    writer.close();
    expect(textsIn(copy)).toBe(3);
    expect(textsIn(file)).toBe(4);
    expect(size).toBe(readFileSync(copy).length);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.sqlite']);
    for (const [done, of] of seen) expect(done).toBeLessThanOrEqual(of);
  });

  it('is not left half, nor of a damaged store', async () => {
    await expect(backUpSqlite(join(folder, 'none.sqlite'), copy)).rejects.toMatchObject({ code: 'store' });
    const bytes = readFileSync(file);
    bytes.fill(0, 8192 * 4, 8192 * 12);
    writeFileSync(file, bytes);
    await expect(backUpSqlite(file, copy)).rejects.toMatchObject({ code: 'store' });
    await expect(backUpSqlite(file, join(folder, 'no', 'folder.sqlite'))).rejects.toMatchObject({ code: 'store' });
    expect(readdirSync(folder).filter((name) => !name.startsWith('podwatt.sqlite'))).toEqual([]);
  });
});

describe('a restore', () => {
  it('works where there is nothing yet, or only damage', async () => {
    await backUpSqlite(file, copy);
    rmSync(file);
    expect(await restoreSqlite(file, copy, 0)).toBeNull();
    expect(textsIn(file)).toBe(1);
    writeFileSync(file, 'damage'.repeat(5000));
    expect(await restoreSqlite(file, copy, 0)).toBe(`${file}.replaced-1970-01-01T00-00-00Z`);
    expect(readFileSync(`${file}.replaced-1970-01-01T00-00-00Z`, 'utf8')).toMatch(/^damage/);
    expect(textsIn(file)).toBe(1);
    expect(existsSync(copy)).toBe(true);
  });
});

describe('a check', () => {
  it('tells its progress, and stops where it is told to', async () => {
    const seen: number[] = [];
    expect(await checkSqliteFile(file, (done, of) => seen.push(done / of))).toEqual([]);
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.at(-1)).toBe(1);
    await expect(checkSqliteFile(file, undefined, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });

  it('finds what is damaged, and what can not be read at all', async () => {
    const bytes = readFileSync(file);
    bytes.fill(1, 8192 * 6, 8192 * 8);
    writeFileSync(file, bytes);
    expect((await checkSqliteFile(file)).length).toBeGreaterThan(0);
    writeFileSync(file, 'nothing'.repeat(3000));
    expect(await checkSqliteFile(file)).toEqual([{ table: '', what: expect.stringContaining('could not be read') }]);
  });
});

describe('a value of the app', () => {
  it('is read while another process has the file open', () => {
    const state = join(folder, 'app.sqlite');
    expect(readAppValue(state, 'a')).toBeUndefined();
    const writer = new Database(state);
    writer.pragma('journal_mode = WAL');
    writer.exec(
      `CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT); INSERT INTO settings VALUES ('a', '{"b":1}')`,
    );
    expect(readAppValue(state, 'a')).toEqual({ b: 1 });
    expect(readAppValue(state, 'c')).toBeUndefined();
    writer.close();
    writeFileSync(state, 'nothing'.repeat(3000));
    expect(() => readAppValue(state, 'a')).toThrow('The settings could not be read');
  });
});
