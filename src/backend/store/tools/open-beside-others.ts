import type { ResultsStore } from '../../../core/ports/results-store.ts';
import type { StoreSettings } from '../../../core/ports/store-settings.ts';
import { Failure } from '../../../model/failure.ts';
import { openStore, testStore } from '../open-store.ts';
import { describeStore } from '../store-address.ts';

/**
 * Opens a store that there is already, also while a Podwatt writes to it: a damaged file is left in its place.
 * @throws Failure where there is no store of this version
 */
export async function openBesideOthers(settings: StoreSettings): Promise<ResultsStore> {
  const found = await testStore(settings);
  if (found.schema !== 'current') {
    const { message, hint } = found.problem ?? {
      message: `There is no store of this version at ${describeStore(settings)}`,
      hint: null,
    };
    throw new Failure('store', message, {
      hint: hint ?? 'Start Podwatt once: it makes the store, or brings it to its own version.',
    });
  }
  if (settings.kind !== 'sqlite') return openStore(settings);
  const { openSqliteResults } = await import('../../../storage/sqlite/index.ts');
  return openSqliteResults({ file: settings.file, readers: 1, heals: false });
}
