import type { StoreProblem } from '../../../core/ports/store-care.ts';
import type { StoreSettings } from '../../../core/ports/store-settings.ts';
import { Failure } from '../../../model/failure.ts';
import { openStore, testStore } from '../open-store.ts';
import { describeStore } from '../store-address.ts';

export interface StoreCheck {
  readonly location: string;
  readonly serverVersion: string | null;
  readonly problems: readonly StoreProblem[];
}

export type OnProgress = (done: number, of: number) => void;

/**
 * Integrity of a store, and its roll-ups against its rows. Makes and migrates nothing.
 * @throws Failure where there is no store yet, or it can't be reached
 */
export async function checkStore(
  settings: StoreSettings,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<StoreCheck> {
  const location = describeStore(settings);
  const found = await testStore(settings);
  const { serverVersion } = found;
  if (found.schema === 'new') {
    throw new Failure('not-found', `There is no store yet at ${location}`, {
      hint: 'Start Podwatt once, or name another store with --store.',
    });
  }
  if (settings.kind === 'sqlite') {
    const { checkSqliteFile } = await import('../../../storage/sqlite/index.ts');
    return { location, serverVersion, problems: await checkSqliteFile(settings.file, onProgress, signal) };
  }
  if (found.schema !== 'current') {
    const { message, hint } = found.problem ?? OLDER;
    throw new Failure('store', message, hint === null ? {} : { hint });
  }
  const store = await openStore(settings);
  try {
    return { location, serverVersion, problems: await store.verify(signal) };
  } finally {
    await store.close();
  }
}

const OLDER = {
  message: 'An older Podwatt made this store',
  hint: 'Start Podwatt once: it brings the store to its own version.',
};
