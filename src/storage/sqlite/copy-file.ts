import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Failure } from '../../model/failure.ts';
import { isDamage } from './damage/damage-note.ts';
import { setAside } from './damage/set-aside.ts';
import { newerStore, versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { storeFailure } from './open-database.ts';
import { refuseOthers } from './refuse-others.ts';

const PAGES_A_STEP = 1000;
type OnProgress = (done: number, of: number) => void;

/**
 * Copies a store to a new file while others may write to it, and checks the copy whole; answers its size in bytes.
 * Throws `Failure` bad-input where the target is there already, store where the copy can't be made or is not sound.
 */
export async function backUpSqlite(
  file: string,
  target: string,
  onProgress: OnProgress = () => undefined,
): Promise<number> {
  if (existsSync(target)) {
    throw new Failure('bad-input', `${target} is there already.`, { hint: 'Name another file: none is overwritten.' });
  }
  const draft = `${target}.part`;
  try {
    await copy(file, draft, onProgress);
    renameSync(draft, target);
    return statSync(target).size;
  } catch (error) {
    remove(draft);
    throw storeFailure(error, 'The store could not be copied');
  }
}

/**
 * Puts a copy of a backup in the place of a store, which is set aside with its time; answers where it is now, null if
 * there was none. The caller owns the folder. Throws `Failure` bad-input for what is no sound backup of this or an older
 * version; nothing has changed then.
 */
export async function restoreSqlite(
  file: string,
  from: string,
  nowSeconds: number,
  onProgress: OnProgress = () => undefined,
): Promise<string | null> {
  refuseBadBackup(from);
  const draft = `${file}.restoring`;
  try {
    remove(draft);
    await copy(from, draft, onProgress);
    refuseOthers(file);
    // A start that finds no store, but this name, takes it: an end between the two renames leaves no gap.
    renameSync(draft, `${file}.recovering`);
    const aside = existsSync(file) ? setAside(file, 'replaced', nowSeconds) : null;
    renameSync(`${file}.recovering`, file);
    return aside;
  } catch (error) {
    remove(draft);
    throw storeFailure(error, 'The backup could not be put in place');
  }
}

async function copy(from: string, to: string, onProgress: OnProgress): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    await source.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        if (totalPages > 0) onProgress(totalPages - remainingPages, totalPages);
        return PAGES_A_STEP;
      },
    });
  } finally {
    source.close();
  }
  const made = new Database(to);
  try {
    // One file by itself, without a log beside it.
    made.pragma('journal_mode = DELETE');
    const found = made.pragma('integrity_check(1)', { simple: true });
    if (found !== 'ok') {
      throw new Failure('store', `The copy is not sound, so the store is damaged: ${String(found)}.`, {
        hint: 'Start Podwatt again: it sets a damaged file aside and recovers what can be read.',
      });
    }
  } finally {
    made.close();
  }
  const descriptor = openSync(to, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function refuseBadBackup(from: string): void {
  const bad = (what: string): Failure =>
    new Failure('bad-input', `${from} ${what}.`, {
      hint: 'Nothing was changed. Name a file that podwatt store backup made.',
    });
  if (!existsSync(from)) throw bad('is not there');
  let database: Database.Database | undefined;
  try {
    database = new Database(from, { readonly: true, fileMustExist: true });
    const known = MIGRATIONS.at(-1)?.version ?? 0;
    const found = versionOf(database);
    if (found > known) throw newerStore(found, known);
    const has = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'ledger'").get();
    if (has === undefined) throw bad('is no store of results');
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw bad('is damaged');
  } catch (error) {
    if (isDamage(error)) throw bad('is damaged or no SQLite database');
    throw storeFailure(error, 'The backup could not be read');
  } finally {
    database?.close();
  }
}

function remove(draft: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${suffix}`, { force: true });
}
