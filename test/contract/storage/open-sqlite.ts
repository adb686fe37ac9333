import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import type { RowCounts } from './row-counts.ts';
import type { StoreFixture } from './store-fixture.ts';

/** A store in a new file. */
export async function openNewSqlite(counts?: RowCounts): Promise<StoreFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-store-'));
  const file = join(folder, 'results.sqlite');
  let store = await openSqliteResults({ file, readers: 1 });
  return {
    get store() {
      return store;
    },
    dump: async () => withFile(file, dumpOf),
    openAnother: () => openSqliteResults({ file, readers: 1 }),
    interrupt: async () => {
      await store.close();
      store = await openSqliteResults({ file, readers: 1 });
    },
    tamper: async (clusterId) => withFile(file, (database) => tamper(database, clusterId)),
    remove: async () => {
      await store.close();
      withFile(file, (database) => counts?.add(versionOf(database), rowsOf(database)));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function withFile<T>(file: string, use: (database: Database.Database) => T): T {
  const database = new Database(file);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

const tablesOf = (database: Database.Database): string[] =>
  database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();

function dumpOf(database: Database.Database): string {
  const content = tablesOf(database).map(
    (table) => `${table}\n${JSON.stringify(database.prepare(`SELECT * FROM ${table}`).all())}`,
  );
  return content.join('\n');
}

const versionOf = (database: Database.Database): string =>
  `SQLite ${database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? 'of unknown version'}`;

function rowsOf(database: Database.Database): [string, number][] {
  return tablesOf(database).map((table) => [
    table,
    database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0,
  ]);
}

function tamper(database: Database.Database, clusterId: string): void {
  const changed = database
    .prepare(
      'UPDATE rollup_hour_namespace SET joules = joules + 1 WHERE cluster_key = (SELECT id FROM cluster_keys WHERE cluster_id = ?)',
    )
    .run(clusterId);
  if (changed.changes === 0) throw new Error('no roll-up to tamper with');
}
