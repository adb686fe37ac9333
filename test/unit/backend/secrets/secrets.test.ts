import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEY_FILE, keyOfFolder } from '../../../../src/backend/secrets/key-file.ts';
import { openSealed, sealText } from '../../../../src/backend/secrets/sealed-text.ts';
import { SealedSecrets } from '../../../../src/backend/secrets/secrets.ts';
import { openAppState } from '../../../../src/storage/sqlite/index.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';

const key = new Uint8Array(32).fill(7);
const SECRET = 'em-key-äöü-0123456789';

describe('a sealed text', () => {
  test('opens with its key and under its name only', () => {
    const sealed = sealText(SECRET, 'a', key);
    expect(openSealed(sealed, 'a', key)).toBe(SECRET);
    expect(openSealed(sealed, 'b', key)).toBeNull();
    expect(openSealed(sealed, 'a', new Uint8Array(32).fill(8))).toBeNull();
  });

  test('is another one each time, and holds nothing of the text', () => {
    const sealed = sealText(SECRET, 'a', key);
    expect(sealText(SECRET, 'a', key)).not.toBe(sealed);
    const bytes = Buffer.from(sealed.slice(3), 'base64');
    expect(bytes.includes(Buffer.from(SECRET.slice(0, 6)))).toBe(false);
  });

  test.each([undefined, null, 7, '', 'plain', 'v1:', 'v1:AAAA', 'v2:AAAA'])('%j is none', (value) => {
    expect(openSealed(value, 'a', key)).toBeNull();
  });

  test('any bit that was changed is noticed', () => {
    const sealed = Buffer.from(sealText('x', 'a', key).slice(3), 'base64');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(openSealed(`v1:${changed.toString('base64')}`, 'a', key)).toBeNull();
    }
  });
});

describe('secrets', () => {
  test('are set, read, replaced and taken away by name', async () => {
    const secrets = new SealedSecrets({ state: new MemoryState(), key: async () => key });
    expect(await secrets.get('a')).toBeNull();
    await secrets.set('a', 'one');
    await secrets.set('b', 'two');
    await secrets.set('a', 'three');
    expect([await secrets.get('a'), await secrets.get('b')]).toEqual(['three', 'two']);
    await secrets.delete('a');
    expect([await secrets.get('a'), await secrets.get('b')]).toEqual([null, 'two']);
  });

  test('the key is asked for once, and only when there is a secret', async () => {
    let asked = 0;
    const ask = async () => {
      asked += 1;
      return key;
    };
    const secrets = new SealedSecrets({ state: new MemoryState(), key: ask });
    await secrets.get('a');
    await secrets.delete('a');
    expect(asked).toBe(0);
    await secrets.set('a', 'x');
    await secrets.get('a');
    expect(asked).toBe(1);
  });

  test('a key that could not be had is asked for again', async () => {
    let isLocked = true;
    const secrets = new SealedSecrets({
      state: new MemoryState(),
      key: async () => {
        if (isLocked) throw new Error('the keychain is locked');
        return key;
      },
    });
    await expect(secrets.set('a', 'x')).rejects.toThrow('locked');
    isLocked = false;
    await secrets.set('a', 'x');
    expect(await secrets.get('a')).toBe('x');
  });
});

describe('on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwatt-secrets-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('neither the file of the settings nor the key file holds a secret', async () => {
    const file = join(folder, 'app.sqlite');
    const state = await openAppState({ file });
    const secrets = new SealedSecrets({ state, key: () => keyOfFolder(folder) });
    await secrets.set('electricity-maps-key', SECRET);
    await state.close();
    for (const name of [file, join(folder, KEY_FILE)]) {
      const bytes = await readFile(name);
      expect(bytes.includes(Buffer.from(SECRET))).toBe(false);
      expect(bytes.includes(Buffer.from(Buffer.from(SECRET).toString('base64')))).toBe(false);
    }
    const again = await openAppState({ file });
    const reopened = new SealedSecrets({ state: again, key: () => keyOfFolder(folder) });
    expect(await reopened.get('electricity-maps-key')).toBe(SECRET);
    await rm(join(folder, KEY_FILE));
    const without = new SealedSecrets({ state: again, key: () => keyOfFolder(folder) });
    expect(await without.get('electricity-maps-key')).toBeNull();
    await again.close();
  });

  test('the key file is the owner’s only, and made once', async () => {
    const made = await keyOfFolder(folder);
    expect(made).toHaveLength(32);
    expect((await stat(join(folder, KEY_FILE))).mode & 0o777).toBe(0o600);
    expect(Buffer.compare(await keyOfFolder(folder), made)).toBe(0);
    await chmod(join(folder, KEY_FILE), 0o644);
    await keyOfFolder(folder);
    expect((await stat(join(folder, KEY_FILE))).mode & 0o777).toBe(0o600);
  });

  test.each(['', 'not a key', randomBytes(31).toString('base64')])(
    'a file that holds %j is refused and left as it is',
    async (text) => {
      await writeFile(join(folder, KEY_FILE), text);
      const error = await keyOfFolder(folder).catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ name: 'Failure', code: 'store' });
      expect(await readFile(join(folder, KEY_FILE), 'utf8')).toBe(text);
      if (text !== '') expect(String(error)).not.toContain(text);
    },
  );

  test('a folder that is not there is said so', async () => {
    await expect(keyOfFolder(join(folder, 'none'))).rejects.toMatchObject({ code: 'store' });
  });
});
