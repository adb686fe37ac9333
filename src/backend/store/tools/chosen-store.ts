import { join } from 'node:path';
import * as z from 'zod';
import type { StoreSettings } from '../../../core/ports/store-settings.ts';
import type { StoreChoice } from '../../config.ts';
import { readAddress } from '../store-choice.ts';

/**
 * The store that a Podwatt on this data folder uses: the one that was given, else the one chosen in the app, else the
 * file in the folder. Reads only; a Podwatt may be running.
 */
export async function chosenStore(dataDir: string, given: StoreChoice | null): Promise<StoreSettings> {
  if (given !== null) return given.settings;
  const { readAppValue } = await import('../../../storage/sqlite/index.ts');
  const address = z.string().safeParse(readAppValue(join(dataDir, 'app.sqlite'), 'store-address'));
  return address.success ? readAddress(address.data) : { kind: 'sqlite', file: join(dataDir, 'podwatt.sqlite') };
}
