import { closeSync, fsyncSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Migration } from '../../sql/migration.ts';
import { newerStore } from '../migrate.ts';
import { openForWriting } from '../open-database.ts';
import { copyTables, type DamagedTables } from './copy-tables.ts';
import { fittingLayout, type Roots, rootsInFile } from './find-roots.ts';
import { PageFile } from './page-file.ts';
import { readTree, TreeReading } from './read-tree.ts';
import { tableShapes } from './table-shapes.ts';

/** What is done with a file whose tables were copied, before it is used. */
export type Settle<Outcome> = (database: Database.Database, damaged: DamagedTables) => Outcome;

export interface RecoveredFile<Outcome> {
  readonly outcome: Outcome;
  readonly damaged: DamagedTables;
  /** True where any table of ours was found. */
  readonly isOurs: boolean;
}

/**
 * Copies what can be read of `from` into a new file at `to`, made by the same steps as `from` was, and settles it.
 * Throws `Failure` store where a newer Podwatt made it, or what the system says where `to` can't be written.
 */
export async function recoverFile<Outcome>(
  from: string,
  to: string,
  migrations: readonly Migration[],
  settle: Settle<Outcome>,
): Promise<RecoveredFile<Outcome>> {
  const file = new PageFile(from);
  try {
    const known = rootsInFile(file);
    const found = versionIn(file, known);
    const newest = migrations.at(-1)?.version ?? 0;
    if (found !== null && found > newest) throw newerStore(found, newest);
    const version = found ?? newest;
    const steps = migrations.filter((step) => step.version <= version);
    const target = await openForWriting(to, steps, Math.floor(Date.now() / 1000));
    try {
      target.pragma('foreign_keys = OFF');
      target.pragma('synchronous = OFF');
      const shapes = tableShapes(target);
      const roots = known.tables.size > 0 ? known : fittingLayout(file, [shapes, vacuumedShapes(steps)]);
      const isOurs = roots !== null && shapes.some(({ name }) => roots.tables.has(name));
      const damaged = copyTables(file, roots ?? { tables: new Map(), indexes: [] }, shapes, target);
      const outcome = settle(target, damaged);
      dropDangling(target);
      target.pragma('wal_checkpoint(TRUNCATE)');
      return { outcome, damaged, isOurs };
    } finally {
      target.close();
    }
  } finally {
    file.close();
  }
}

/** Makes sure that a finished file is on the disk before anything is renamed. */
export function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function versionIn(file: PageFile, roots: Roots): number | null {
  const root = roots.tables.get('schema_migrations');
  if (root === undefined) return null;
  const versions = [...readTree(file, root, 'table', new TreeReading())].map(({ rowId }) => Number(rowId));
  return versions.length === 0 ? null : Math.max(...versions);
}

/** Where a file has its tables after a full vacuum. */
function vacuumedShapes(steps: readonly Migration[]): ReturnType<typeof tableShapes> {
  const database = new Database(':memory:');
  try {
    database.pragma('page_size = 8192');
    for (const { statements } of steps) for (const statement of statements) database.exec(statement);
    database.exec('VACUUM');
    return tableShapes(database);
  } finally {
    database.close();
  }
}

/** What points at a row that was lost goes with it, as it would have when that row was deleted. */
function dropDangling(database: Database.Database): void {
  const check = database.prepare<[], { table: string; rowid: number | null }>('PRAGMA foreign_key_check');
  for (let round = 0; round < 10; round += 1) {
    const dangling = check.all().filter(({ rowid }) => rowid !== null);
    if (dangling.length === 0) return;
    for (const { table, rowid } of dangling) {
      database.prepare<[number | null]>(`DELETE FROM "${table}" WHERE rowid = ?`).run(rowid);
    }
  }
}
