import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { allEntries } from '../../../../src/backend/registry/all-entries.ts';
import { removalWords } from '../../../../src/backend/registry/removal-words.ts';
import {
  openKubeconfig,
  problemOfSealed,
  sealKubeconfig,
} from '../../../../src/backend/registry/sealed-kubeconfigs.ts';
import { KeyRing } from '../../../../src/backend/secrets/key-ring.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { clusterEntry } from '../../../fakes/backend/kube-objects.ts';
import { MemoryState } from '../../../fakes/backend/memory-state.ts';
import { newCluster, pasted, registryBench, TOKEN } from './registry-bench.ts';

const keysOf = (key: Uint8Array) =>
  new KeyRing({ dataDir: '/nonexistent', state: new MemoryState(), host: async () => key });

describe('every cluster of the registry', () => {
  const store = (count: number) => {
    const entries = Array.from({ length: count }, (_, index) => clusterEntry({ id: `c${index}` }));
    const clusterEntries = vi.fn(async ({ limit, offset }: { limit: number; offset: number }) => ({
      items: entries.slice(offset, offset + limit),
      total: entries.length,
    }));
    return { clusterEntries };
  };

  test.each([
    [0, 1],
    [1, 1],
    [500, 1],
    [501, 2],
    [1200, 3],
  ])('%d of them take %d pages', async (count, pages) => {
    const some = store(count);
    const ids = (await allEntries(some)).map(({ id }) => id);
    expect([new Set(ids).size, some.clusterEntries.mock.calls.length]).toEqual([count, pages]);
  });

  test('a store that counts more than it gives does not hold it for ever', async () => {
    const clusterEntries = vi.fn(async ({ offset }: { offset: number }) => ({
      items: offset === 0 ? [clusterEntry()] : [],
      total: 9,
    }));
    expect(await allEntries({ clusterEntries })).toHaveLength(1);
    expect(clusterEntries).toHaveBeenCalledTimes(2);
  });
});

describe('sealed kubeconfigs', () => {
  const entry = (sealedKubeconfig: string | null, id = 'c1') => ({ id, name: 'shop', sealedKubeconfig });

  test('open with their key, for their cluster', async () => {
    const keys = keysOf(randomBytes(32));
    const sealed = sealKubeconfig(pasted(), 'c1', await keys.inForce());
    expect(sealed).not.toContain(TOKEN);
    expect(await openKubeconfig(entry(sealed), keys)).toContain(TOKEN);
    expect(await problemOfSealed(entry(sealed), keys)).toBeNull();
    await expect(openKubeconfig(entry(sealed, 'c2'), keys)).rejects.toMatchObject({ code: 'store' });
  });

  test('two seals of the same text have nothing in common but the key’s name', async () => {
    const key = await keysOf(randomBytes(32)).inForce();
    const [one, two] = [sealKubeconfig('same', 'c1', key), sealKubeconfig('same', 'c1', key)];
    const parts = (text: string) => text.split('.');
    expect(parts(one).slice(0, 2)).toEqual(parts(two).slice(0, 2));
    expect(
      parts(one)
        .slice(2)
        .filter((part) => parts(two).includes(part)),
    ).toEqual([]);
  });

  test.each([[null], [''], ['no envelope'], ['e1.short']])('%j is damaged, and that is said', async (sealed) => {
    const problem = await problemOfSealed(entry(sealed), keysOf(randomBytes(32)));
    expect(problem?.message).toContain('is damaged');
    expect(problem?.hint).toContain('Restore the store from a backup');
  });

  test('one bit that was changed is found', async () => {
    const keys = keysOf(randomBytes(32));
    const sealed = sealKubeconfig(pasted(), 'c1', await keys.inForce());
    const last = sealed.at(-2) === 'A' ? 'B' : 'A';
    const changed = `${sealed.slice(0, -2)}${last}${sealed.at(-1)}`;
    await expect(openKubeconfig(entry(changed), keys)).rejects.toMatchObject({
      code: 'store',
      message: expect.stringContaining('is damaged'),
    });
  });

  test('another key is named, and nothing of the text is told', async () => {
    const right = keysOf(randomBytes(32));
    const wrong = keysOf(randomBytes(32));
    const sealed = sealKubeconfig(pasted(), 'c1', await right.inForce());
    const error = await openKubeconfig(entry(sealed), wrong).catch((caught: unknown) => caught as Failure);
    expect(error).toMatchObject({ code: 'store', hint: expect.stringContaining((await right.inForce()).id ?? '') });
    expect(JSON.stringify(error)).not.toContain(TOKEN);
  });
});

describe('contexts of registered clusters', () => {
  let bench: ReturnType<typeof registryBench>;
  beforeEach(() => {
    bench = registryBench();
  });

  test('the store is asked again after a while, not for each list', async () => {
    await bench.registry.register(newCluster(pasted()));
    const asked = vi.spyOn(bench.store, 'clusterEntries');
    await bench.contexts.list();
    await bench.contexts.list();
    expect(asked).toHaveBeenCalledTimes(1);
    await bench.time.advance(31);
    await bench.contexts.list();
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test('what another Podwatt registered shows then', async () => {
    await bench.contexts.list();
    const sealed = sealKubeconfig(pasted(), 'c7', await bench.keys.inForce());
    await bench.store.putClusterEntry(clusterEntry({ id: 'c7', contextName: 'elsewhere', sealedKubeconfig: sealed }));
    expect((await bench.contexts.list()).contexts).toEqual([]);
    await bench.time.advance(31);
    expect((await bench.contexts.list()).contexts.map(({ name }) => name)).toEqual(['elsewhere']);
  });

  test('a change here is told, until nobody listens', async () => {
    const heard = vi.fn();
    const stop = bench.contexts.watch(heard);
    await bench.registry.register(newCluster(pasted()));
    expect(heard).toHaveBeenCalledTimes(1);
    stop();
    bench.contexts.changed();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  test('a kind of sign-in that is not known is said to be so', async () => {
    const sealed = sealKubeconfig(pasted(), 'c7', await bench.keys.inForce());
    const metadata = { auth_kind: 'telepathy' };
    await bench.store.putClusterEntry(clusterEntry({ id: 'c7', sealedKubeconfig: sealed, metadata }));
    expect((await bench.contexts.list()).contexts[0]).toMatchObject({ authKind: 'unknown', file: null, problem: null });
  });

  test('clusters of the person’s own kubeconfig are none of them', async () => {
    await bench.store.putClusterEntry(clusterEntry());
    expect((await bench.contexts.list()).contexts).toEqual([]);
    await expect(bench.contexts.textOf('one')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a store that was never reached gives an empty list, not an error', async () => {
    bench.store.clusterEntries = async () => {
      throw new Failure('store-away', 'The store is away');
    };
    expect(await bench.contexts.list()).toEqual({ files: [], contexts: [] });
  });
});

describe('words of a removal', () => {
  test('name what goes with the sealed kubeconfig, or what stays of the own one', () => {
    const sealed = removalWords(clusterEntry({ sealedKubeconfig: 'e1.a.b' }));
    const own = removalWords(clusterEntry());
    expect(sealed.removes).toHaveLength(own.removes.length + 1);
    expect(sealed.keeps.join()).not.toContain('in your kubeconfig');
    expect(own.keeps[0]).toBe('The context "one" in your kubeconfig: it stays in the list, switched off');
    for (const { keeps } of [sealed, own]) {
      expect(keeps).toContain('The cluster itself: nothing is changed in Kubernetes');
    }
  });
});
