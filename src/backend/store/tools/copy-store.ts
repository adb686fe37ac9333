import type { StoreSettings } from '../../../core/ports/store-settings.ts';
import { Failure } from '../../../model/failure.ts';
import type { OnProgress } from './check-store.ts';
import { backupCommand, restoreCommand } from './server-copies.ts';

export interface StoreCopy {
  readonly file: string;
  readonly sizeBytes: number;
}

/**
 * Copies a SQLite store to a new file while a Podwatt may be writing to it, and checks the copy.
 * @throws Failure 'bad-input' with the command of the server's own tool where the store is on a server
 */
export async function backUpStore(settings: StoreSettings, target: string, onProgress: OnProgress): Promise<StoreCopy> {
  if (settings.kind !== 'sqlite') {
    throw new Failure('bad-input', 'A store on a server is backed up with the tools of the server', {
      hint: backupCommand(settings),
    });
  }
  const { backUpSqlite } = await import('../../../storage/sqlite/index.ts');
  return { file: target, sizeBytes: await backUpSqlite(settings.file, target, onProgress) };
}

/**
 * Puts a backup in the place of a SQLite store; the caller owns the data folder. Answers where the replaced file is.
 * @throws Failure 'bad-input' as above, and for what is no sound backup
 */
export async function restoreStore(
  settings: StoreSettings,
  from: string,
  onProgress: OnProgress,
): Promise<{ readonly file: string; readonly replaced: string | null }> {
  if (settings.kind !== 'sqlite') {
    throw new Failure('bad-input', 'A store on a server is restored with the tools of the server', {
      hint: restoreCommand(settings),
    });
  }
  const { restoreSqlite } = await import('../../../storage/sqlite/index.ts');
  const nowSeconds = Math.floor(Date.now() / 1000);
  return { file: settings.file, replaced: await restoreSqlite(settings.file, from, nowSeconds, onProgress) };
}
