import type Database from 'better-sqlite3';
import type { AppState } from '../../core/ports/app-state.ts';
import { APP_STATE_MIGRATIONS } from './migrations/app-state.ts';
import { openForWriting, storeFailure } from './open-database.ts';

/**
 * Opens the local state of the app: a tiny file, read and written in place. Throws `Failure` store as
 * `openSqliteResults` does.
 */
export async function openAppState(options: { readonly file: string }): Promise<AppState> {
  const database = await openForWriting(options.file, APP_STATE_MIGRATIONS, Math.floor(Date.now() / 1000));
  return new SqliteAppState(database);
}

class SqliteAppState implements AppState {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
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
      throw storeFailure(error, `The settings could not be ${done}`);
    }
  }
}
