import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Migration } from '../../sql/migration.ts';
import { versionOf } from '../migrate.ts';
import { hasDamageNote, isDamage } from './damage-note.ts';
import { PageFile } from './page-file.ts';
import { looksDamaged } from './probe-pages.ts';

/** SQLite checks a file of this size whole within a second (246 MB took 4 s on two busy cores). */
const SMALL_FILE_BYTES = 64 * 1024 * 1024;
const PROBE_MILLISECONDS = 1000;
/** After an end that was none (power cut, kill) more is looked at. */
const PROBE_AFTER_CRASH_MILLISECONDS = 5000;

/**
 * Whether a store's file is damaged, so that it can't be opened or part of it can't be read. Small files are checked
 * whole by SQLite; larger ones are probed for a bounded time, and whole where the probe or an earlier query met
 * something. A file that is locked, not readable, on a full disk or made by a newer Podwatt is not damaged: for those
 * the opening itself says what is wrong.
 */
export function isDamaged(file: string, migrations: readonly Migration[]): boolean {
  if (sizeOf(file) === 0) return false;
  const hadLog = sizeOf(`${file}-wal`) > 0;
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 10_000 });
    if (versionOf(database) > (migrations.at(-1)?.version ?? 0)) return false;
    const isCheckedWhole = sizeOf(file) <= SMALL_FILE_BYTES || hasDamageNote(file) || isSuspicious(file, hadLog);
    return isCheckedWhole && database.pragma('quick_check(1)', { simple: true }) !== 'ok';
  } catch (error) {
    return isDamage(error);
  } finally {
    close(database);
  }
}

function isSuspicious(file: string, hadLog: boolean): boolean {
  const pages = new PageFile(file);
  try {
    const milliseconds = hadLog ? PROBE_AFTER_CRASH_MILLISECONDS : PROBE_MILLISECONDS;
    return looksDamaged(pages, {
      untilMilliseconds: Date.now() + milliseconds,
      nowMilliseconds: Date.now,
      random: Math.random,
    });
  } finally {
    pages.close();
  }
}

function close(database: Database.Database | undefined): void {
  try {
    database?.close();
  } catch {
    // Taking in the log of a damaged file can fail; the file is looked at without it then.
  }
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}
