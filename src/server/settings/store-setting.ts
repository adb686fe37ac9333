import { readFile } from 'node:fs/promises';
import type { StoreChoice } from '../../backend/config.ts';
import type { StoreSecrets } from '../../backend/store/address-deps.ts';
import { parseStoreAddress } from '../../backend/store/store-address.ts';
import type { Environment } from './environment.ts';

export interface StoreSettingInput {
  readonly url: string;
  /** The option, variable or line that holds the address. */
  readonly name: string;
  readonly env: Environment;
  readonly workingDir: string;
}

/**
 * Reads the address of a store with the secrets that variables hold for it.
 * @throws Failure 'bad-input' that names where the address stands
 */
export async function loadStore({ url, name, env, workingDir }: StoreSettingInput): Promise<StoreChoice> {
  const settings = await parseStoreAddress(url, {
    readFile: (path) => readFile(path, 'utf8'),
    workingDir,
    secrets: storeSecrets(url, env),
    subject: name,
  });
  return { settings, chosenBy: 'command' };
}

/** Secrets from variables. PostgreSQL's own variable counts for PostgreSQL only, and last. */
export function storeSecrets(url: string, env: Environment): StoreSecrets {
  const ofPostgres = /^postgres(ql)?:/i.test(url.trim()) ? env.PGPASSWORD : undefined;
  const password = env.PODWATT_STORE_PASSWORD || ofPostgres;
  const apiKey = env.PODWATT_STORE_API_KEY;
  return { ...(password ? { password } : {}), ...(apiKey ? { apiKey } : {}) };
}
