import type { StoreSettings } from '../../../core/ports/store-settings.ts';
import { describeStore } from '../store-address.ts';
import { openBesideOthers } from './open-beside-others.ts';

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
  const store = await openBesideOthers(settings);
  try {
    const bytesBefore = (await store.info()).sizeBytes;
    await store.vacuum(signal);
    return { location: describeStore(settings), bytesBefore, bytesAfter: (await store.info()).sizeBytes };
  } finally {
    await store.close();
  }
}
