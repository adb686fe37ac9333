import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keychainKey, type SafeStorage } from '../../../src/main/keychain-key.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'podwatt-keychain-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A keychain that marks what it sealed with its own name, and opens only that. */
function keychain(name = 'login', more: Partial<SafeStorage> = {}): SafeStorage {
  return {
    isEncryptionAvailable: () => true,
    encryptString: (text) => Buffer.from(`${name}:${Buffer.from(text).toString('hex')}`),
    decryptString: (sealed) => {
      const [by, hex = ''] = sealed.toString().split(':');
      if (by !== name) throw new Error('not sealed by this keychain');
      return Buffer.from(hex, 'hex').toString();
    },
    ...more,
  };
}

describe('the key of the keychain', () => {
  it('is made once, and is the same after that', async () => {
    const key = await keychainKey(folder, keychain());
    expect(Buffer.from(key ?? '', 'base64')).toHaveLength(32);
    expect(await keychainKey(folder, keychain())).toBe(key);
  });

  it('is another one in another folder', async () => {
    expect(await keychainKey(join(folder, 'a'), keychain())).not.toBe(await keychainKey(join(folder, 'b'), keychain()));
  });

  it('stands sealed in a file of its owner', async () => {
    const key = await keychainKey(folder, keychain());
    const file = join(folder, 'keychain.key');
    expect(await readFile(file, 'utf8')).not.toContain(key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['keychain.key']);
  });

  it.each([
    ['there is none', { isEncryptionAvailable: () => false }],
    ['it keeps nothing from anybody', { getSelectedStorageBackend: () => 'basic_text' }],
  ])('is not there where %s: nothing is written', async (_why, more) => {
    expect(await keychainKey(folder, keychain('login', more))).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken from a keychain of Linux that keeps secrets', async () => {
    const more = { getSelectedStorageBackend: () => 'gnome_libsecret' };
    expect(await keychainKey(folder, keychain('login', more))).not.toBeNull();
  });

  it('is not there where another keychain sealed it; the file stays, and opens again with its own', async () => {
    const key = await keychainKey(folder, keychain('login'));
    const before = await readFile(join(folder, 'keychain.key'));
    expect(await keychainKey(folder, keychain('other'))).toBeNull();
    expect(await readFile(join(folder, 'keychain.key'))).toEqual(before);
    expect(await keychainKey(folder, keychain('login'))).toBe(key);
  });

  it('is not there where the file holds no key, or the keychain refuses', async () => {
    await writeFile(join(folder, 'keychain.key'), keychain().encryptString('short'));
    expect(await keychainKey(folder, keychain())).toBeNull();
    const refusing = {
      encryptString: () => {
        throw new Error('locked');
      },
    };
    expect(await keychainKey(join(folder, 'new'), keychain('login', refusing))).toBeNull();
    expect(await readdir(folder)).toEqual(['keychain.key']);
  });
});
