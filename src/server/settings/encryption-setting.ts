import { resolve } from 'node:path';
import type { BackendConfig } from '../../backend/config.ts';
import { parseKey } from '../../backend/secrets/sealing-key.ts';
import { Failure } from '../../model/failure.ts';
import type { Environment } from './environment.ts';

const KEY = 'PODWATT_ENCRYPTION_KEY';
const KEY_FILE = 'PODWATT_ENCRYPTION_KEY_FILE';

/**
 * The person's own key of stored kubeconfigs; null where none was brought. It stands in a variable only: options are
 * seen by others, and files of settings are copied.
 * @throws Failure 'bad-input' that names the variable, and never shows a key
 */
export function encryptionKeyIn(env: Environment): NonNullable<BackendConfig['encryptionKey']> | null {
  const text = env[KEY]?.trim() ?? '';
  const path = env[KEY_FILE]?.trim() ?? '';
  if (text !== '' && path !== '') {
    throw new Failure('bad-input', `${KEY} and ${KEY_FILE} exclude each other: set one of them`);
  }
  if (path !== '') return { kind: 'file', name: KEY_FILE, path: resolve(path) };
  if (text === '') return null;
  parseKey(text, KEY);
  return { kind: 'variable', name: KEY, text };
}
