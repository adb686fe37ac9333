import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isDamage } from './damage/damage-note.ts';

/**
 * To be asked before a file is renamed: throws SQLite's busy error where another connection has it open. Of a file that is
 * no database any more nobody can tell.
 */
export function refuseOthers(file: string): void {
  if (!existsSync(file)) return;
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 1000 });
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
  } catch (error) {
    if (!isDamage(error)) throw error;
  } finally {
    database?.close();
  }
}
