import type Database from 'better-sqlite3';
import type { AppState } from '../../core/ports/app-state.ts';
import { isDamage, noteDamage } from './damage/damage-note.ts';
import { healAppState, type Recovery } from './damage/heal-stores.ts';
import { APP_STATE_MIGRATIONS } from './migrations/app-state.ts';
import { openForWriting, storeFailure } from './open-database.ts';
import { type SpoolLimits, SqliteSpool } from './window-spool.ts';

/** The local state of the app, and what waits there for a results store that is away. */
export interface SqliteLocalState extends AppState {
  readonly spool: SqliteSpool;
  /** A damaged file that the opening replaced; null where it was sound. */
  readonly recovery: Recovery | null;
}

/**
 * Opens the local state of the app: a tiny file, read and written in place. A damaged one is set aside. Throws `Failure`
 * store as `openSqliteResults` does.
 */
export async function openAppState(options: {
  readonly file: string;
  readonly spoolLimits?: SpoolLimits;
}): Promise<SqliteLocalState> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const recovery = await healAppState(options.file, nowSeconds);
  const database = await openForWriting(options.file, APP_STATE_MIGRATIONS, nowSeconds);
  return new SqliteAppState(database, recovery, options.spoolLimits);
}

class SqliteAppState implements SqliteLocalState {
  readonly spool: SqliteSpool;
  readonly recovery: Recovery | null;
  readonly #database: Database.Database;

  constructor(database: Database.Database, recovery: Recovery | null, limits: SpoolLimits | undefined) {
    this.#database = database;
    this.recovery = recovery;
    this.spool = new SqliteSpool(database, limits);
  }

  async get(key: string): Promise<unknown> {
    const value = this.#with('read', (database) =>
      database.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck().get(key),
    );
    return value === undefined ? undefined : JSON.parse(value);
  }

  async set(key: string, value: unknown): Promise<void> {
    const json = JSON.stringify(value);
    if (json === undefined) return this.remove(key);
    this.#with('written', (database) =>
      database
        .prepare(
          'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        )
        .run(key, json),
    );
  }

  async remove(key: string): Promise<void> {
    this.#with('written', (database) => database.prepare('DELETE FROM settings WHERE key = ?').run(key));
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #with<Answer>(done: string, work: (database: Database.Database) => Answer): Answer {
    try {
      return work(this.#database);
    } catch (error) {
      if (isDamage(error)) noteDamage(this.#database.name);
      throw storeFailure(error, `The settings could not be ${done}`);
    }
  }
}
