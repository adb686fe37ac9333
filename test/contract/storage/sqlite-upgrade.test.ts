import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { MIGRATIONS } from '../../../src/storage/sqlite/migrations/index.ts';
import { openForWriting } from '../../../src/storage/sqlite/open-database.ts';
import { checkSound } from './sqlite-soundness.ts';
import { checkOldPeaks, checkUpgraded, windowsOfBefore } from './upgraded-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-upgrade-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file of the schema before, with what a store of today made of the same windows, as far as it had columns for it. */
async function fileOfBefore(file: string): Promise<void> {
  const today = join(folder, 'today.sqlite');
  const store = await openSqliteResults({ file: today, readers: 1 });
  for (const window of windowsOfBefore()) await store.replaceWindow(window, 1);
  await store.close();
  const before = await openForWriting(
    file,
    MIGRATIONS.filter(({ version }) => version <= 3),
    1,
  );
  before.prepare('ATTACH ? AS today').run(today);
  const tables = before
    .prepare<[], string>("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
  for (const table of tables.filter((name) => name !== 'schema_migrations' && name !== 'audit')) {
    const columns = before.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
    const list = columns.map((column) => `"${column}"`).join(', ');
    before.exec(`INSERT OR REPLACE INTO main.${table} (${list}) SELECT ${list} FROM today.${table}`);
  }
  before.close();
}

describe('a SQLite store of the version before', () => {
  it('is backed up, brought up to date, and right', async () => {
    const file = join(folder, 'results.sqlite');
    await fileOfBefore(file);
    const store = await openSqliteResults({ file, readers: 1 });
    expect(readdirSync(folder).filter((name) => name.startsWith('results.sqlite.before-v3'))).toHaveLength(1);
    checkSound(file);
    await checkOldPeaks(store, 'from rows');
    await checkUpgraded(store);
    await store.close();
    checkSound(file);
  });

  it('shows its rows with the new columns, and leaves out what can be told from others', async () => {
    const file = join(folder, 'results.sqlite');
    await fileOfBefore(file);
    await (await openSqliteResults({ file, readers: 1 })).close();
    const database = new Database(file, { readonly: true });
    const line = database.prepare("SELECT * FROM combined_metrics WHERE row_kind = 'pod' LIMIT 1").get() as Record<
      string,
      unknown
    >;
    expect(line).toMatchObject({ co2e_direct_grams: null, gpu_usage_millicores: null, storage_usage_bytes: null });
    expect(line['co2e_market_grams']).toBe(line['co2e_grams']);
    expect(line['sources']).toMatch(/^0\d{7}$/);
    const told = database.prepare('SELECT COUNT(co2e_market_grams) FROM result_rows').pluck().get();
    expect([told, database.prepare('SELECT meter, gpu_model FROM node_windows').get()]).toEqual([
      0,
      { meter: null, gpu_model: null },
    ]);
    database.close();
  });
});
