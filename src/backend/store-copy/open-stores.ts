import type { WholeStore } from '../../core/ports/record-pages.ts';
import type { StoreSettings, StoreTest } from '../../core/ports/store-settings.ts';
import { Failure } from '../../model/failure.ts';
import { openStore, testStore } from '../store/open-store.ts';
import { describeStore } from '../store/store-address.ts';

/**
 * Opens the store that is copied, which has to be there and of this version: nothing is made or migrated in it.
 * @throws Failure where it is not, or can't be reached
 */
export async function openSource(settings: StoreSettings): Promise<WholeStore> {
  const found = await testStore(settings);
  if (found.schema === 'new') {
    throw new Failure('not-found', `There is no store yet at ${describeStore(settings)}`, {
      hint: 'Name the store that is to be copied with --from.',
    });
  }
  if (found.schema !== 'current') throw notUsable(settings, found);
  return openBesideOthers(settings);
}

/**
 * Opens the store that the copy goes to; a new one is made.
 * @throws Failure where it can't be reached or written, or is of another version
 */
export async function openTarget(settings: StoreSettings): Promise<WholeStore> {
  const found = await testStore(settings);
  if (!found.isOk || (found.schema !== 'new' && found.schema !== 'current')) throw notUsable(settings, found);
  if (found.isReadOnly) {
    throw new Failure('forbidden', `${describeStore(settings)} can only be read`, {
      hint: 'Name a user who may write with --to.',
    });
  }
  return openBesideOthers(settings);
}

/** A Podwatt may have the file open: a damaged one is left to it. */
async function openBesideOthers(settings: StoreSettings): Promise<WholeStore> {
  if (settings.kind !== 'sqlite') return openStore(settings);
  const { openSqliteResults } = await import('../../storage/sqlite/index.ts');
  return openSqliteResults({ file: settings.file, readers: 1, heals: false });
}

function notUsable(settings: StoreSettings, { problem, schema }: StoreTest): Failure {
  const where = describeStore(settings);
  if (problem === null) {
    const what = schema === 'older' ? `An older Podwatt made ${where}` : `${where} can't be used`;
    return new Failure('store', what, { hint: 'Start Podwatt on it once: it brings the store to its own version.' });
  }
  const { message, hint } = problem;
  return new Failure('store', `${where}: ${message}`, hint === null ? {} : { hint });
}
