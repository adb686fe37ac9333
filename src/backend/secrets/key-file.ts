import { chmod, link, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { syncFolder, writeNewKey } from './named-key-file.ts';
import { KEY_BYTES } from './sealed-text.ts';

export const KEY_FILE = 'secret.key';
const OWNER_ONLY = 0o600;
const OLDER_KEY = /^secret\.key\.[0-9a-f]{12}$/;

/**
 * The key of a data folder, made at its first use: 32 random bytes in base64, readable by the owner only. A file that
 * others may read is closed to them.
 * @throws Failure 'store' for a file that can't be read or written or holds no key
 */
export async function keyOfFolder(dataDir: string): Promise<Uint8Array> {
  const file = join(dataDir, KEY_FILE);
  try {
    return (await readKey(file)) ?? (await writeNewKey(file));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('store', `The key of the secrets in ${file} can't be used (${code}).`, {
      hint: 'Check that the data folder can be read and written by the user who runs Podwatt.',
      cause: error,
    });
  }
}

/** Keys that the folder had before, and the present one where there is one. A file that holds no key is left out. */
export async function olderKeysOfFolder(dataDir: string): Promise<readonly Uint8Array[]> {
  const names = await readdir(dataDir).catch(() => []);
  const files = names.filter((name) => name === KEY_FILE || OLDER_KEY.test(name)).map((name) => join(dataDir, name));
  const keys = await Promise.all(files.map((file) => readKey(file).catch(() => null)));
  return keys.filter((key) => key !== null);
}

/**
 * Puts a new key in the place of the present one, which is kept as `secret.key.<id>`. At every moment the disk holds
 * each key that sealed something, and `secret.key` is whole.
 */
export async function replaceKeyOfFolder(
  dataDir: string,
  presentId: string,
): Promise<{ readonly bytes: Uint8Array; readonly keptFile: string }> {
  const file = join(dataDir, KEY_FILE);
  const kept = `${file}.${presentId}`;
  const fresh = `${file}.new`;
  // What an earlier rotation left before it took its key: nothing is sealed with it.
  await rm(fresh, { force: true });
  const bytes = await writeNewKey(fresh);
  await link(file, kept).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  await rename(fresh, file);
  await syncFolder(dataDir);
  return { bytes, keptFile: kept };
}

async function readKey(file: string): Promise<Uint8Array | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) {
    throw new Failure('store', `${file} does not hold a key of Podwatt.`, {
      hint: 'Put the file back from a backup, or remove it and enter the secrets again.',
    });
  }
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) await chmod(file, OWNER_ONLY);
  return key;
}
