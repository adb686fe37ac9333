import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteResults } from '../../../../src/storage/sqlite/index.ts';
import { testSqlite } from '../../../../src/storage/sqlite/test-sqlite.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-test-sqlite-'));
  file = join(folder, 'podwatt.sqlite');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ask = (path = file) => testSqlite({ kind: 'sqlite', file: path });

test('a file that is not there yet can be made, and is not', async () => {
  const deep = join(folder, 'a', 'b', 'podwatt.sqlite');
  expect(await ask(deep)).toMatchObject({ isOk: true, schema: 'new', serverVersion: null, problem: null });
  expect(readdirSync(folder)).toEqual([]);
});

test('a store tells its version and how fast it answers; one of a newer Podwatt is refused', async () => {
  const store = await openSqliteResults({ file });
  await store.close();
  const found = await ask();
  expect(found).toMatchObject({ isOk: true, schema: 'current', missingRights: [], isReadOnly: false, problem: null });
  expect(found.serverVersion).toMatch(/^SQLite 3\.\d+/);
  expect(found.latencyMilliseconds).toBeGreaterThanOrEqual(0);
  const database = new Database(file);
  const setVersion = database.prepare(
    'UPDATE schema_migrations SET version = ? WHERE version = (SELECT MAX(version) FROM schema_migrations)',
  );
  setVersion.run(99);
  expect(await ask()).toMatchObject({
    isOk: false,
    schema: 'newer',
    problem: { message: 'A newer Podwatt made this store' },
  });
  database.exec('DELETE FROM schema_migrations WHERE version > 1');
  database.close();
  expect((await ask()).schema).toBe('older');
});

test('a file that is no database is a problem with a way out, and stays as it is', async () => {
  writeFileSync(file, 'no database at all, but long enough to be read as one'.repeat(50));
  const found = await ask();
  expect(found).toMatchObject({ isOk: false, schema: null, problem: { hint: expect.any(String) } });
  expect(existsSync(file)).toBe(true);
});

test('missing rights are named, of the file and of the folder', async () => {
  const store = await openSqliteResults({ file });
  await store.close();
  const refuse = (path: string) => (of: string) => Promise.resolve(of !== path);
  expect(await testSqlite({ kind: 'sqlite', file }, refuse(file))).toMatchObject({
    isOk: false,
    isReadOnly: true,
    schema: 'current',
    missingRights: [`write to ${file}`],
    problem: { message: `This user may not write to ${file}` },
  });
  const other = join(folder, 'deep', 'other.sqlite');
  expect(await testSqlite({ kind: 'sqlite', file: other }, refuse(folder))).toMatchObject({
    isOk: false,
    missingRights: [`write to ${folder}`],
  });
});

test('a folder that is a file is no place', async () => {
  writeFileSync(file, '');
  expect(await ask(join(file, 'x.sqlite'))).toMatchObject({
    isOk: false,
    missingRights: [`make a folder in ${file}, which is a file`],
  });
});
