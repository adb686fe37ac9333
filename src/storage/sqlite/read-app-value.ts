import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { storeFailure } from './open-database.ts';

/** One value of the app's state, while another process may have the file open; undefined where there is none. */
export function readAppValue(file: string, key: string): unknown {
  if (!existsSync(file)) return undefined;
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 });
    const value = database.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck().get(key);
    return value === undefined ? undefined : JSON.parse(value);
  } catch (error) {
    throw storeFailure(error, 'The settings could not be read');
  } finally {
    database?.close();
  }
}
