import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Failure } from '../../model/failure.ts';
import type { Migration } from '../sql/migration.ts';
import { migrate, versionOf } from './migrate.ts';

/**
 * Opens a file for writing: makes its folder, refuses what is no database or too new without touching it, then
 * switches to WAL and migrates. Throws `Failure` store.
 */
export async function openForWriting(
  file: string,
  migrations: readonly Migration[],
  nowSeconds: number,
): Promise<Database.Database> {
  let database: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    database = new Database(file, { timeout: 10_000 });
    // Read before the switch to WAL, which already writes to the file.
    if (versionOf(database) <= (migrations.at(-1)?.version ?? 0)) {
      // Rows are wide: larger pages make fewer levels. It takes effect in a new file only.
      database.pragma('page_size = 8192');
      // Room can be given back in steps; like the page size it takes effect in a new file only.
      database.pragma('auto_vacuum = INCREMENTAL');
      database.pragma('journal_mode = WAL');
      database.pragma('wal_autocheckpoint = 4000');
      database.pragma('synchronous = NORMAL');
      // What belongs to a cluster goes with it. Tables of results reference nothing, so writing them costs no more.
      database.pragma('foreign_keys = ON');
      // In KiB. A window of 5,000 pods touches some 12 MB of pages; 64 MB measured no faster.
      database.pragma('cache_size = -16384');
      database.pragma('temp_store = MEMORY');
    }
    await migrate(database, migrations, nowSeconds);
    return database;
  } catch (error) {
    database?.close();
    throw storeFailure(error, 'The results file could not be opened');
  }
}

/** Opens a file that a writer keeps, for reading only. */
export function openForReading(file: string): Database.Database {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 });
  database.pragma('cache_size = -8192');
  // What a large answer has to sort goes to a file once it is larger than the cache: in memory it was 700 MB.
  database.pragma('temp_store = FILE');
  return database;
}

/** Turns what SQLite says into a `Failure` with a way out; failures of ours pass as they are. */
export function storeFailure(error: unknown, what: string): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const detail = error instanceof Error ? error.message : String(error);
  return new Failure('store', `${what}: ${detail}.`, { hint: hintFor(code), cause: error });
}

function hintFor(code: string): string {
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return 'The file is damaged or no SQLite database. Start Podwatt again: it sets the file aside and recovers what can be read.';
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'The disk is full. Make room, then try again.';
  if (code.startsWith('SQLITE_BUSY')) return 'Another program holds the file. Close it, then try again.';
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code.startsWith('E')) {
    return 'Check that the folder exists and may be written to.';
  }
  return 'Start Podwatt again; if it stays, look into the log.';
}
