import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { factsContract } from './facts-contract.ts';
import { groupsContract } from './groups-contract.ts';
import { propertiesContract } from './properties-contract.ts';
import { replaceContract } from './replace-contract.ts';
import { seriesContract } from './series-contract.ts';
import type { StoreFixture } from './store-fixture.ts';
import { totalsContract } from './totals-contract.ts';

async function openNew(): Promise<StoreFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-store-'));
  const file = join(folder, 'results.sqlite');
  const store = await openSqliteResults({ file, readers: 1 });
  return {
    store,
    dump: async () => dumpOf(file),
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function dumpOf(file: string): string {
  const database = new Database(file, { readonly: true });
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  const content = tables.map(
    (table) => `${table}\n${JSON.stringify(database.prepare(`SELECT * FROM ${table}`).all())}`,
  );
  database.close();
  return content.join('\n');
}

for (const contract of [
  totalsContract,
  replaceContract,
  groupsContract,
  seriesContract,
  factsContract,
  propertiesContract,
]) {
  contract('SQLite', openNew);
}
