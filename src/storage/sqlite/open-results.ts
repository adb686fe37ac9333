import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { WholeStore } from '../../core/ports/record-pages.ts';
import type { Recovery } from './damage/heal-stores.ts';
import { ReaderPool } from './reader-pool.ts';
import { SqliteResults } from './sqlite-results.ts';
import { StoreThread } from './store-thread.ts';

export interface SqliteResultsOptions {
  /** Path of the file; its folder is made if it is missing. */
  readonly file: string;
  /** Threads that read; 2 unless set. */
  readonly readers?: number;
  /** A question that takes longer fails with `timeout`; 30 s unless set. */
  readonly slowReadMilliseconds?: number;
  /** False where another process may have the file open: a damaged one is then left in its place. */
  readonly heals?: boolean;
}

/** A store on a SQLite file; `recovery` tells of a damaged one that its opening replaced. */
export type OpenedSqlite = WholeStore & { readonly recovery: Recovery | null };

/**
 * Opens the results store on a SQLite file, one thread for writing and some for reading; makes or migrates it first.
 * A damaged file is set aside and what can be read of it is put into a new one: only the owner of a file may open it.
 * Throws `Failure` store if the file can't be opened, is no database, or was made by a newer version.
 */
export async function openSqliteResults(options: SqliteResultsOptions): Promise<OpenedSqlite> {
  const file = resolve(options.file);
  // Keeps the driver's binary loaded here: a thread that is the last to use it unloads it while it ends, and crashes.
  new Database(':memory:').close();
  const writer = new StoreThread({ file, role: 'writer', heals: options.heals ?? true });
  const recovery = await writer.ready();
  return new SqliteResults(
    file,
    writer,
    new ReaderPool(file, options.readers ?? 2, options.slowReadMilliseconds ?? 30_000),
    recovery,
  );
}
