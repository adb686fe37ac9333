import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEY_BYTES = 32;
const FILE = 'keychain.key';

/** What is used of Electron's `safeStorage`. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
  /** Linux only; `basic_text` keeps nothing from anybody. */
  getSelectedStorageBackend?(): string;
}

/**
 * The key that seals secrets, 32 bytes in base64, itself sealed by the keychain of the computer in a file of a folder.
 * Null where there is no keychain, or where it can't open the file any more: the file is kept then, since the keychain
 * may come back, and the backend takes the key of its data folder, which it says plainly.
 */
export async function keychainKey(folder: string, safe: SafeStorage): Promise<string | null> {
  if (!safe.isEncryptionAvailable() || safe.getSelectedStorageBackend?.() === 'basic_text') return null;
  const file = join(folder, FILE);
  try {
    const sealed = await readFile(file).catch(nullWhereMissing);
    if (sealed !== null) return keyIn(safe.decryptString(sealed));
    const key = randomBytes(KEY_BYTES).toString('base64');
    const made = safe.encryptString(key);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(file, made, { mode: 0o600, flag: 'wx' });
    return key;
  } catch {
    return null;
  }
}

function keyIn(text: string): string | null {
  return Buffer.from(text, 'base64').length === KEY_BYTES ? text : null;
}

function nullWhereMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
