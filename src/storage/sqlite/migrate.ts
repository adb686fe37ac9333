import type Database from 'better-sqlite3';
import { Failure } from '../../model/failure.ts';
import type { Migration } from '../sql/migration.ts';
import { backUp } from './backup.ts';

/**
 * Brings a store to the newest version: all missing steps in one transaction, after a backup where there is something
 * to lose. A store that a newer Podwatt made is refused (`Failure` store) before anything is written.
 */
export async function migrate(
  database: Database.Database,
  migrations: readonly Migration[],
  nowSeconds: number,
): Promise<void> {
  const known = migrations.at(-1)?.version ?? 0;
  const found = versionOf(database);
  if (found > known) throw newerStore(found, known);
  if (found === known) return;
  if (found > 0) await backUp(database, found, nowSeconds);
  // Immediate: a second start waits here, and then finds the work done.
  database.transaction(() => apply(database, migrations, nowSeconds)).immediate();
}

function apply(database: Database.Database, migrations: readonly Migration[], nowSeconds: number): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at_seconds INTEGER NOT NULL) STRICT',
  );
  const done = versionOf(database);
  const record = database.prepare('INSERT INTO schema_migrations (version, name, applied_at_seconds) VALUES (?, ?, ?)');
  for (const { version, name, statements } of migrations) {
    if (version <= done) continue;
    for (const statement of statements) database.exec(statement);
    record.run(version, name, nowSeconds);
  }
}

/** Takes back the steps above `toVersion`, newest first. Throws `Failure` store where a step can't be taken back. */
export function migrateDown(database: Database.Database, toVersion: number, migrations: readonly Migration[]): void {
  const undo = (): void => {
    const done = versionOf(database);
    for (const { version, name, down } of migrations.toReversed()) {
      if (version <= toVersion || version > done) continue;
      if (down === undefined)
        throw new Failure('store', `Step ${version} (${name}) of the schema can't be taken back.`);
      for (const statement of down) database.exec(statement);
      database.prepare('DELETE FROM schema_migrations WHERE version = ?').run(version);
    }
  };
  database.transaction(undo).immediate();
}

/** Newest migration that the store has seen; 0 for a new file. */
export function versionOf(database: Database.Database): number {
  const table = database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'")
    .get();
  if (table === undefined) return 0;
  const version = database.prepare('SELECT MAX(version) FROM schema_migrations').pluck().get();
  return typeof version === 'number' ? version : 0;
}

/** The refusal of a store that a newer Podwatt made. */
export function newerStore(found: number, known: number): Failure {
  return new Failure('store', `A newer Podwatt made this store (version ${found}; this one knows ${known}).`, {
    hint: 'Install the newest Podwatt, or point it at another data folder. The store was left as it is.',
  });
}
