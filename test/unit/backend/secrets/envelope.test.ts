import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { envelopeKeyId, openEnvelope, sealEnvelope } from '../../../../src/backend/secrets/envelope.ts';
import { KEY_FILE, keyOfFolder } from '../../../../src/backend/secrets/key-file.ts';
import { KeyRing } from '../../../../src/backend/secrets/key-ring.ts';
import { parseKey, sealingKey } from '../../../../src/backend/secrets/sealing-key.ts';
import { SealedSecrets } from '../../../../src/backend/secrets/secrets.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';

const TEXT = 'token: canary-7f3a';

describe('an envelope', () => {
  const key = sealingKey(randomBytes(32));
  const other = sealingKey(randomBytes(32));

  test('opens with its key, under its name, and says which key it needs', () => {
    const sealed = sealEnvelope(TEXT, 'kubeconfig/c1', key);
    expect(sealed).not.toContain('canary');
    expect(Buffer.from(sealed, 'base64').includes(Buffer.from('canary'))).toBe(false);
    expect(envelopeKeyId(sealed)).toBe(key.id);
    expect(openEnvelope(sealed, 'kubeconfig/c1', key)).toBe(TEXT);
    expect(openEnvelope(sealed, 'kubeconfig/c2', key)).toBeNull();
    expect(openEnvelope(sealed, 'kubeconfig/c1', other)).toBeNull();
    expect(openEnvelope(sealed, 'kubeconfig/c1', { id: key.id, bytes: other.bytes })).toBeNull();
  });

  test('has a data key of its own each time', () => {
    const [one, two] = [sealEnvelope(TEXT, 'a', key), sealEnvelope(TEXT, 'a', key)];
    expect(one.split('.')[2]).not.toBe(two.split('.')[2]);
    expect(one.split('.')[3]).not.toBe(two.split('.')[3]);
  });

  test('that was changed at any place does not open, and throws nothing', () => {
    const sealed = sealEnvelope(TEXT, 'a', key);
    const ends = [...sealed.matchAll(/\.|$/g)].map(({ index }) => index);
    for (let at = 0; at < sealed.length; at += 7) {
      // The last letters of base64 may hold bits that stand for nothing.
      if (ends.some((end) => end >= at && end - at < 4)) continue;
      const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
      expect(openEnvelope(changed, 'a', key)).toBeNull();
    }
    for (const broken of ['', 'e1', 'e1.x', sealed.slice(0, -10), `${sealed}.x`, sealed.replace('e1', 'e2')]) {
      expect(openEnvelope(broken, 'a', key)).toBeNull();
    }
    expect(envelopeKeyId('v1:abc')).toBeNull();
  });
});

describe('a key that a person brings', () => {
  const bytes = randomBytes(32);
  test.each([
    ['base64', bytes.toString('base64')],
    ['base64url without padding', bytes.toString('base64url')],
    ['hexadecimal', bytes.toString('hex')],
    ['with a line break', `${bytes.toString('hex').toUpperCase()}\n`],
  ])('%s', (_name, text) => {
    expect(parseKey(text, 'X').id).toBe(sealingKey(bytes).id);
  });

  test.each(['', 'secret', bytes.toString('hex').slice(2), `${bytes.toString('base64')}AA`])(
    'one that is none is refused, and not shown',
    (text) => {
      const refused = expect.objectContaining({ code: 'bad-input', message: expect.stringContaining('MY_KEY') });
      expect(() => parseKey(text, 'MY_KEY')).toThrow(refused);
      try {
        parseKey(text, 'MY_KEY');
      } catch (error) {
        if (text !== '') expect(String(error)).not.toContain(text);
      }
    },
  );

  test('its id tells nothing of it', () => {
    expect(sealingKey(bytes).id).toMatch(/^[0-9a-f]{12}$/);
    expect(bytes.toString('hex')).not.toContain(sealingKey(bytes).id);
  });
});

describe('the keys of a Podwatt', () => {
  let dataDir: string;
  let state: MemoryState;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'podwatt-keys-'));
    state = new MemoryState();
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  test('the person’s own comes first, then the host’s, then that of the folder, which is made only then', async () => {
    const own = randomBytes(32).toString('hex');
    const host = randomBytes(32);
    const given = { kind: 'variable', name: 'PODWATT_ENCRYPTION_KEY', text: own } as const;
    const first = new KeyRing({ dataDir, state, given, host: async () => host });
    expect([(await first.inForce()).id, first.source, first.location]).toEqual([
      parseKey(own, '').id,
      'variable',
      'PODWATT_ENCRYPTION_KEY',
    ]);
    const second = new KeyRing({ dataDir, state, host: async () => host });
    expect([(await second.inForce()).id, second.source]).toEqual([sealingKey(host).id, 'keychain']);
    expect(await readdir(dataDir)).toEqual([]);
    const third = new KeyRing({ dataDir, state });
    expect([(await third.inForce()).id, third.source]).toEqual([
      sealingKey(await keyOfFolder(dataDir)).id,
      'data-folder',
    ]);
    expect((await stat(join(dataDir, KEY_FILE))).mode & 0o777).toBe(0o600);
  });

  test('the folder’s key still opens after a person brought one', async () => {
    const folder = sealingKey(await keyOfFolder(dataDir));
    const given = { kind: 'variable', name: 'X', text: randomBytes(32).toString('hex') } as const;
    const ring = new KeyRing({ dataDir, state, given });
    expect((await ring.find(folder.id))?.id).toBe(folder.id);
    expect(await ring.find('000000000000')).toBeNull();
  });

  test('a key file that is gone is said, and nothing is made in its place', async () => {
    const path = join(dataDir, 'own.key');
    const ring = new KeyRing({ dataDir, state, given: { kind: 'file', name: 'PODWATT_ENCRYPTION_KEY_FILE', path } });
    await expect(ring.inForce()).rejects.toMatchObject({
      code: 'bad-input',
      hint: expect.stringContaining('Nothing is lost'),
    });
    expect(await readdir(dataDir)).toEqual([]);
    await writeFile(path, randomBytes(32).toString('base64'));
    expect((await ring.inForce()).id).toMatch(/^[0-9a-f]{12}$/);
  });

  test('renewing keeps the key before in a file of its own, owner only', async () => {
    const ring = new KeyRing({ dataDir, state });
    const before = await ring.inForce();
    const { key, keptFile } = await ring.renewFolderKey();
    expect((await ring.inForce()).id).toBe(key.id);
    expect(key.id).not.toBe(before.id);
    expect(keptFile).toBe(join(dataDir, `${KEY_FILE}.${before.id}`));
    expect((await stat(keptFile)).mode & 0o777).toBe(0o600);
    const again = new KeyRing({ dataDir, state });
    expect([(await again.inForce()).id, (await again.find(before.id))?.id]).toEqual([key.id, before.id]);
    expect((await readdir(dataDir)).sort()).toEqual([KEY_FILE, `${KEY_FILE}.${before.id}`]);
  });

  test('what a rotation left that ended before its key was in force is thrown away', async () => {
    const ring = new KeyRing({ dataDir, state });
    const before = await ring.inForce();
    await writeFile(join(dataDir, `${KEY_FILE}.new`), 'half a k');
    expect((await new KeyRing({ dataDir, state }).inForce()).id).toBe(before.id);
    await ring.renewFolderKey();
    expect((await readFile(join(dataDir, KEY_FILE), 'utf8')).trim()).toHaveLength(44);
  });

  test('a new key file is made, taken at once, and remembered for reading', async () => {
    const path = join(dataDir, 'new.key');
    const ring = new KeyRing({ dataDir, state });
    const before = await ring.inForce();
    const key = await ring.takeKeyFile(path);
    expect([(await ring.inForce()).id, ring.source, ring.location]).toEqual([key.id, 'key-file', path]);
    expect((await ring.find(before.id))?.id).toBe(before.id);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    // The person forgot the variable: what was sealed with the file still opens.
    const forgot = new KeyRing({ dataDir, state });
    expect((await forgot.inForce()).id).toBe(before.id);
    expect((await forgot.find(key.id))?.id).toBe(key.id);
  });

  test('a key of a person or a keychain is not renewed behind their back', async () => {
    const ring = new KeyRing({ dataDir, state, host: async () => randomBytes(32) });
    await expect(ring.renewFolderKey()).rejects.toMatchObject({
      code: 'bad-input',
      hint: expect.stringContaining('--new-key-file'),
    });
  });

  test('sealed settings follow the key, and open by the one before until then', async () => {
    const ring = new KeyRing({ dataDir, state });
    const secrets = new SealedSecrets({
      state,
      key: async () => (await ring.inForce()).bytes,
      olderKeys: async () => (await ring.older()).map((key) => key.bytes),
    });
    await secrets.set('a', 'x');
    const before = state.values.get('secret/a');
    await ring.renewFolderKey();
    await secrets.sealAnew(['a', 'never-set']);
    expect(state.values.get('secret/a')).not.toBe(before);
    expect(await secrets.get('a')).toBe('x');
    const alone = new SealedSecrets({ state, key: () => keyOfFolder(dataDir) });
    expect(await alone.get('a')).toBe('x');
  });
});
