import { existsSync, renameSync, rmSync } from 'node:fs';
import { Failure } from '../../../model/failure.ts';
import type { Migration } from '../../sql/migration.ts';
import { storeFailure } from '../open-database.ts';
import { refuseOthers } from '../refuse-others.ts';
import { removeDamageNote } from './damage-note.ts';
import { isDamaged } from './find-damage.ts';
import { flush, type RecoveredFile, recoverFile, type Settle } from './recover-file.ts';
import { setAside } from './set-aside.ts';

/** A damaged file was found, set aside and replaced by what could be read of it. */
export interface Healed<Outcome> {
  /** Where the damaged file is now. */
  readonly setAsideAs: string;
  readonly atSeconds: number;
  /** Null where nothing could be read. */
  readonly recovered: RecoveredFile<Outcome> | null;
}

/**
 * To be called by the owner of a file before it opens it. Null where the file is sound, missing or empty.
 * The new file is made whole beside the damaged one before that is renamed, so that an end in the middle loses nothing.
 * Throws `Failure` store where there is no room, or the file is no store at all and not called like one.
 */
export async function heal<Outcome>(
  file: string,
  migrations: readonly Migration[],
  nowSeconds: number,
  settle: Settle<Outcome>,
): Promise<Healed<Outcome> | null> {
  const draft = `${file}.recovering`;
  try {
    // The last time ended between the two renames.
    if (!existsSync(file) && existsSync(draft)) renameSync(draft, file);
    if (!isDamaged(file, migrations)) {
      removeDamageNote(file);
      return null;
    }
    refuseOthers(file);
    remove(draft);
    const recovered = await recoverOrNothing(file, draft, migrations, settle);
    if (recovered?.isOurs !== true && !isNamedLikeStore(file)) {
      remove(draft);
      throw new Failure('store', `${file} could not be opened: it is no SQLite database.`, {
        hint: 'It was left as it is. Name another file, or move a damaged one away.',
      });
    }
    if (recovered !== null) flush(draft);
    const setAsideAs = setAside(file, 'damaged', nowSeconds);
    if (recovered !== null) renameSync(draft, file);
    removeDamageNote(file);
    return { setAsideAs, atSeconds: nowSeconds, recovered };
  } catch (error) {
    throw storeFailure(error, 'The damaged results file could not be recovered');
  }
}

/** What is too broken even for the recovery is set aside as it is; what the system refuses (a full disk) is thrown. */
async function recoverOrNothing<Outcome>(
  file: string,
  draft: string,
  migrations: readonly Migration[],
  settle: Settle<Outcome>,
): Promise<RecoveredFile<Outcome> | null> {
  try {
    return await recoverFile(file, draft, migrations, settle);
  } catch (error) {
    remove(draft);
    if (error instanceof Failure || (error instanceof Error && 'code' in error)) throw error;
    return null;
  }
}

/** A path that was mistyped must not move somebody's other file away. */
function isNamedLikeStore(file: string): boolean {
  return /\.(sqlite3?|db)$/i.test(file);
}

function remove(draft: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${draft}${suffix}`, { force: true });
}
