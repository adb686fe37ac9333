import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encryptionStatus, type RotationDeps, rotateKey } from '../../../../src/backend/registry/rotation.ts';
import { openKubeconfig, sealKubeconfig } from '../../../../src/backend/registry/sealed-kubeconfigs.ts';
import { envelopeKeyId } from '../../../../src/backend/secrets/envelope.ts';
import { type GivenKey, KeyRing } from '../../../../src/backend/secrets/key-ring.ts';
import { clusterEntry } from '../../../fakes/backend/kube-objects.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';

let dataDir: string;
let state: MemoryState;
let store: MemoryStore;
let sealedSettings: number;

function depsOf(given?: GivenKey): RotationDeps {
  return {
    store,
    keys: new KeyRing({ dataDir, state, given }),
    sealSettingsAnew: async () => {
      sealedSettings += 1;
    },
    contextsChanged: () => undefined,
    refuseReadOnly: () => undefined,
  };
}

const textOf = (id: string) => `kubeconfig of ${id}`;
const IDS = ['c1', 'c2', 'c3', 'c4'];

async function register(keys: KeyRing): Promise<void> {
  const key = await keys.inForce();
  for (const id of IDS) {
    await store.putClusterEntry(clusterEntry({ id, name: id, sealedKubeconfig: sealKubeconfig(textOf(id), id, key) }));
  }
  await store.putClusterEntry(clusterEntry({ id: 'own', name: 'own', sealedKubeconfig: null }));
}

/** What a Podwatt that starts now can open, and with which keys it is sealed. */
async function afterRestart(given?: GivenKey) {
  const { keys } = depsOf(given);
  const entries = await Promise.all(IDS.map(async (id) => (await store.clusterEntry(id))!));
  return {
    texts: await Promise.all(entries.map((entry) => openKubeconfig(entry, keys).catch(() => null))),
    keyIds: [...new Set(entries.map((entry) => envelopeKeyId(entry.sealedKubeconfig ?? '')))],
  };
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'podwatt-rotation-'));
  state = new MemoryState();
  store = new MemoryStore();
  sealedSettings = 0;
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe('rotating the key of the data folder', () => {
  test('seals everything anew, keeps the key before, and leaves contexts of files alone', async () => {
    const deps = depsOf();
    await register(deps.keys);
    const before = await deps.keys.inForce();
    const answer = await rotateKey(null, deps);
    expect(answer).toMatchObject({ sealed_anew: 4, already_sealed: 0, not_opened: [] });
    expect(answer.kept_key_file).toContain(before.id);
    expect(await afterRestart()).toEqual({ texts: IDS.map(textOf), keyIds: [answer.key_id] });
    expect((await store.clusterEntry('own'))?.sealedKubeconfig).toBeNull();
    expect(sealedSettings).toBe(1);
  });

  test.each([1, 2, 3, 4])('a crash at write %i loses nothing, and the next rotation ends the work', async (crashAt) => {
    const deps = depsOf();
    await register(deps.keys);
    const put = store.putClusterEntry.bind(store);
    let writes = 0;
    store.putClusterEntry = async (entry) => {
      writes += 1;
      if (writes === crashAt) throw new Error('the machine went off');
      await put(entry);
    };
    await expect(rotateKey(null, deps)).rejects.toThrow('went off');
    store.putClusterEntry = put;
    expect((await afterRestart()).texts).toEqual(IDS.map(textOf));
    const answer = await rotateKey(null, depsOf());
    expect([answer.sealed_anew, answer.already_sealed]).toEqual([5 - crashAt, crashAt - 1]);
    expect(await afterRestart()).toEqual({ texts: IDS.map(textOf), keyIds: [answer.key_id] });
  });

  test('a rotation of nothing makes a new key', async () => {
    const deps = depsOf();
    const before = await deps.keys.inForce();
    expect((await rotateKey(null, deps)).key_id).not.toBe(before.id);
  });
});

describe('a key of the person', () => {
  test('in a file that is made: sealed anew, said what to set, readable also where that is forgotten', async () => {
    const deps = depsOf();
    await register(deps.keys);
    const path = join(dataDir, 'mine.key');
    const answer = await rotateKey(path, deps);
    expect(answer).toMatchObject({ sealed_anew: 4, kept_key_file: null });
    expect(answer.advice.join()).toContain(`PODWATT_ENCRYPTION_KEY_FILE=${path}`);
    const given = { kind: 'file', name: 'PODWATT_ENCRYPTION_KEY_FILE', path } as const;
    expect(await afterRestart(given)).toEqual({ texts: IDS.map(textOf), keyIds: [answer.key_id] });
    expect((await afterRestart()).texts).toEqual(IDS.map(textOf));
  });

  test('that was set in a variable takes over by a rotation', async () => {
    await register(depsOf().keys);
    const given = { kind: 'variable', name: 'PODWATT_ENCRYPTION_KEY', text: 'ab'.repeat(32) } as const;
    const before = await encryptionStatus(depsOf(given));
    expect(before.records).toEqual([{ key_id: expect.any(String), count: 4, can_open: true }]);
    expect(before.advice.join()).toContain('podwatt encryption rotate');
    const answer = await rotateKey(null, depsOf(given));
    expect([answer.sealed_anew, answer.kept_key_file]).toEqual([4, null]);
    const after = await encryptionStatus(depsOf(given));
    expect(after).toMatchObject({ key_id: answer.key_id, source: 'variable', advice: [] });
    expect((await rotateKey(null, depsOf(given))).already_sealed).toBe(4);
  });

  test('a file that holds no key changes nothing', async () => {
    const deps = depsOf();
    await register(deps.keys);
    const before = await afterRestart();
    await expect(rotateKey(dataDir, deps)).rejects.toMatchObject({ code: 'bad-input' });
    expect(await afterRestart()).toEqual(before);
  });
});

describe('records of a key that is not here', () => {
  test('are said, left as they are, and do not hold the others up', async () => {
    const deps = depsOf();
    await register(deps.keys);
    const lost = { id: 'feedfeedfeed', bytes: new Uint8Array(32).fill(7) };
    const sealed = sealKubeconfig('elsewhere', 'c2', lost);
    await store.putClusterEntry(clusterEntry({ id: 'c2', name: 'far', sealedKubeconfig: sealed }));
    const status = await encryptionStatus(deps);
    expect(status.records).toContainEqual({ key_id: 'feedfeedfeed', count: 1, can_open: false });
    expect(status.advice.join()).toContain('feedfeedfeed');
    const answer = await rotateKey(null, deps);
    expect(answer).toMatchObject({ sealed_anew: 3, not_opened: [{ cluster: 'far', key_id: 'feedfeedfeed' }] });
    expect((await store.clusterEntry('c2'))?.sealedKubeconfig).toBe(sealed);
  });
});
