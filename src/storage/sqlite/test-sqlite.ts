import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { SqliteSettings, StoreTest } from '../../core/ports/store-settings.ts';
import { versionOf } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { storeFailure } from './open-database.ts';

/** "Test connection" for a file: opened for reading only, nothing is made. */
export async function testSqlite({ file }: SqliteSettings, mayWrite = canWrite): Promise<StoreTest> {
  const nothing = {
    latencyMilliseconds: null,
    serverVersion: null,
    schema: null,
    missingRights: [],
    isReadOnly: false,
  };
  const missing = await missingRights(file, mayWrite);
  if ((await kindOf(file)) === null) {
    const problem = missing.length === 0 ? null : noRights(missing);
    return { ...nothing, isOk: problem === null, schema: 'new', missingRights: missing, problem };
  }
  try {
    const { schema, ...asked } = ask(file);
    const problem = schema === 'newer' ? NEWER : missing.length === 0 ? null : noRights(missing);
    return {
      ...asked,
      schema,
      isOk: problem === null,
      missingRights: missing,
      isReadOnly: missing.length > 0,
      problem,
    };
  } catch (error) {
    const { message, hint } = storeFailure(error, 'The results file could not be opened');
    return { ...nothing, isOk: false, missingRights: missing, problem: { message, hint } };
  }
}

const NEWER = {
  message: 'A newer Podwatt made this store',
  hint: 'Install the newest Podwatt, or choose another file. The store is left as it is.',
};

function ask(file: string): Pick<StoreTest, 'latencyMilliseconds' | 'serverVersion'> & { schema: StoreTest['schema'] } {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 2000 });
  try {
    const version = database.prepare<[], string>('SELECT sqlite_version()').pluck();
    version.get();
    const before = performance.now();
    const serverVersion = `SQLite ${version.get() ?? ''}`;
    const latencyMilliseconds = performance.now() - before;
    const found = versionOf(database);
    const known = MIGRATIONS.at(-1)?.version ?? 0;
    const schema = found === 0 ? 'new' : found < known ? 'older' : found === known ? 'current' : 'newer';
    return { latencyMilliseconds, serverVersion, schema };
  } finally {
    database.close();
  }
}

/** The file and its folder: SQLite writes its log beside the file. */
async function missingRights(file: string, mayWrite: typeof canWrite): Promise<string[]> {
  const folder = await nearestFolder(dirname(file));
  const places = (await kindOf(file)) === null ? [folder] : [file, folder];
  const missing: string[] = [];
  for (const place of places) if (!(await mayWrite(place))) missing.push(`write to ${place}`);
  if ((await kindOf(folder)) === 'file') missing.push(`make a folder in ${folder}, which is a file`);
  return missing;
}

/** Missing folders are made at the first start, in the nearest one that exists. */
async function nearestFolder(folder: string): Promise<string> {
  let nearest = folder;
  while ((await kindOf(nearest)) === null && dirname(nearest) !== nearest) nearest = dirname(nearest);
  return nearest;
}

async function kindOf(path: string): Promise<'folder' | 'file' | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  return found.isDirectory() ? 'folder' : 'file';
}

function canWrite(path: string): Promise<boolean> {
  return access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}

function noRights(missing: readonly string[]): StoreTest['problem'] {
  return {
    message: `This user may not ${missing.join(' and ')}`,
    hint: 'Choose another place, or give the right to it.',
  };
}
