import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { KEY_BYTES } from './sealed-text.ts';

export const KEY_FILE = 'secret.key';
const OWNER_ONLY = 0o600;

/**
 * The key of a data folder, made at its first use: 32 random bytes in base64, readable by the owner only. A file that
 * others may read is closed to them.
 * @throws Failure 'store' for a file that can't be read or written or holds no key
 */
export async function keyOfFolder(dataDir: string): Promise<Uint8Array> {
  const file = join(dataDir, KEY_FILE);
  try {
    return (await readKey(file)) ?? (await makeKey(file));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure('store', `The key of the secrets in ${file} can't be used (${code}).`, {
      hint: 'Check that the data folder can be read and written by the user who runs Podwatt.',
      cause: error,
    });
  }
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

async function makeKey(file: string): Promise<Uint8Array> {
  const key = randomBytes(KEY_BYTES);
  // `wx`: two that begin at once must not each seal with a key of their own.
  const handle = await open(file, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return key;
}
