import type { ResultsStore } from '../../../core/ports/results-store.ts';
import type { StoreSettings } from '../../../core/ports/store-settings.ts';
import { Failure } from '../../../model/failure.ts';
import { openStore, testStore } from '../open-store.ts';
import { describeStore } from '../store-address.ts';

export interface Vacuumed {
  readonly location: string;
  /** Null where the store can't tell. */
  readonly bytesBefore: number | null;
  readonly bytesAfter: number | null;
}

/**
 * Gives room back; a Podwatt may be running on the store.
 * @throws Failure where there is no store of this version
 */
export async function vacuumStore(settings: StoreSettings, signal: AbortSignal): Promise<Vacuumed> {
  const location = describeStore(settings);
  const found = await testStore(settings);
  if (found.schema !== 'current') {
    const { message, hint } = found.problem ?? {
      message: `There is no store of this version at ${location}`,
      hint: null,
    };
    throw new Failure('store', message, {
      hint: hint ?? 'Start Podwatt once: it makes the store, or brings it to its own version.',
    });
  }
  const store = await openBesideOthers(settings);
  try {
    const bytesBefore = (await store.info()).sizeBytes;
    await store.vacuum(signal);
    return { location, bytesBefore, bytesAfter: (await store.info()).sizeBytes };
  } finally {
    await store.close();
  }
}

async function openBesideOthers(settings: StoreSettings): Promise<ResultsStore> {
  if (settings.kind !== 'sqlite') return openStore(settings);
  const { openSqliteResults } = await import('../../../storage/sqlite/index.ts');
  return openSqliteResults({ file: settings.file, readers: 1, heals: false });
}
