import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { KEY_BYTES } from './sealed-text.ts';
import { parseKey, type SealingKey, sealingKey } from './sealing-key.ts';

const OWNER_ONLY = 0o600;

/** The key of a file; null where there is no such file. Throws `Failure` bad-input for one that holds no key. */
export async function readKeyFile(path: string): Promise<SealingKey | null> {
  try {
    return parseKey(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (codeOf(error) === 'ENOENT') return null;
    throw unusable(path, error);
  }
}

/** A new file with a new key. Throws `Failure` bad-input where it can't be made. */
export async function makeKeyFile(path: string): Promise<SealingKey> {
  try {
    return sealingKey(await writeNewKey(path));
  } catch (error) {
    throw unusable(path, error);
  }
}

/** 32 random bytes in a new file that only its owner reads, on disk when the answer comes. Never overwrites a file. */
export async function writeNewKey(path: string): Promise<Uint8Array> {
  const bytes = randomBytes(KEY_BYTES);
  const handle = await open(path, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(`${bytes.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(path));
  return bytes;
}

/** So that a file that was just made or renamed is still there after a power cut; not every system can. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function unusable(path: string, error: unknown): Failure {
  return new Failure('bad-input', `The key file ${path} can't be used (${codeOf(error)})`, {
    hint: 'Name a file in a folder that the user who runs Podwatt can read and write.',
    cause: error,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
