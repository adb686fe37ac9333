import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { StoreKind, StoreSettings } from '../../core/ports/store-settings.ts';
import { Failure } from '../../model/failure.ts';
import type { StoreChoice } from '../config.ts';
import { StoredValue } from '../settings/stored-value.ts';
import { parseStoreAddress } from './store-address.ts';
import { type StoreTarget, targetOf } from './store-target.ts';

export type OpenStore = (settings: StoreSettings) => Promise<ResultsStore>;

export interface StoreChoicesOptions {
  readonly dataDir: string;
  /** From a command, variable or file. */
  readonly given: StoreChoice | undefined;
  /** In place of the real opening, in tests. */
  readonly open: OpenStore | undefined;
}

/**
 * Which store it is: what a command, variable or file says, else the address that was set in the app, else the file in
 * the data folder.
 */
export class StoreChoices {
  readonly #options: StoreChoicesOptions;
  /** May hold a password; kept in `app.sqlite`, which only this user may read. */
  readonly #address: StoredValue<string | null>;

  private constructor(options: StoreChoicesOptions, address: StoredValue<string | null>) {
    this.#options = options;
    this.#address = address;
  }

  static async open(state: AppState, options: StoreChoicesOptions): Promise<StoreChoices> {
    return new StoreChoices(options, await StoredValue.open(state, 'store-address', z.string().nullable(), null));
  }

  get chosenBy(): StoreChoice['chosenBy'] {
    const { given } = this.#options;
    if (given !== undefined && given.chosenBy !== 'default') return given.chosenBy;
    return this.#address.value === null ? 'default' : 'app';
  }

  /** An address that was set in the app and can't be understood any more is a store that can't be opened: none other is used. */
  async target(): Promise<StoreTarget> {
    const { given, open } = this.#options;
    if (given !== undefined && given.chosenBy !== 'default') return targetOf(given.settings, open);
    const address = this.#address.value;
    if (address === null) return this.fallback();
    try {
      return await this.read(address);
    } catch {
      const location = 'the address that was set in the app';
      return { kind: kindOf(address), location, open: async () => (await this.read(address)).open() };
    }
  }

  /** @throws Failure 'bad-input' for an address that can't be understood */
  async read(address: string): Promise<StoreTarget> {
    return targetOf(await readAddress(address), this.#options.open);
  }

  fallback(): StoreTarget {
    const { given, dataDir, open } = this.#options;
    if (given?.chosenBy === 'default') return targetOf(given.settings, open);
    return targetOf({ kind: 'sqlite', file: join(dataDir, 'podwatt.sqlite') }, open);
  }

  async remember(address: string | null): Promise<void> {
    await this.#address.update(() => address);
  }

  /** @throws Failure 'conflict' where the app has no say */
  refuseIfGiven(): void {
    if (this.chosenBy !== 'command') return;
    throw new Failure('conflict', 'The results store was chosen when Podwatt was started', {
      hint: 'Change or remove --store, PODWATT_STORE or the store line of the configuration file, then start Podwatt again.',
    });
  }
}

/** @throws Failure 'bad-input' */
export function readAddress(address: string): Promise<StoreSettings> {
  return parseStoreAddress(address, { readFile: (path) => readFile(path, 'utf8') });
}

function kindOf(address: string): StoreKind {
  if (/^postgres/i.test(address)) return 'postgres';
  return /^elasticsearch/i.test(address) ? 'elasticsearch' : 'sqlite';
}
