import { describe, expect, it } from 'vitest';
import { DelegatingKubernetes } from '../../../../src/backend/store/delegating-kubernetes.ts';
import type { KubernetesStore } from '../../../../src/core/ports/kubernetes-store.ts';
import { Failure } from '../../../../src/model/failure.ts';

const NAMES = Object.getOwnPropertyNames(DelegatingKubernetes.prototype).filter((name) => name !== 'constructor');

/** Says which call came with what, and answers with that. */
function recorder(): KubernetesStore {
  return new Proxy({} as KubernetesStore, {
    get:
      (_, name) =>
      (...input: readonly unknown[]) =>
        Promise.resolve({ name, input }),
  });
}

class Passing extends DelegatingKubernetes {
  calls = 0;
  readonly #store: KubernetesStore | null;

  constructor(store: KubernetesStore | null) {
    super();
    this.#store = store;
  }

  protected async use<T>(call: (store: KubernetesStore) => Promise<T>): Promise<T> {
    this.calls += 1;
    if (this.#store === null) throw new Failure('store-away', 'The results store is away');
    return call(this.#store);
  }
}

type Calls = Record<string, (...input: readonly unknown[]) => Promise<unknown>>;

describe('passing on the Kubernetes part', () => {
  it('is of every call', () => {
    expect(NAMES).toHaveLength(32);
    expect(NAMES).toEqual(expect.arrayContaining(['writeObjects', 'markGone', 'putCosts', 'raiseAlert', 'costsBy']));
  });

  it.each(NAMES)('gives %s with all that it was given, and its answer back', async (name) => {
    const passing = new Passing(recorder());
    const input = [1, 'two', { three: 3 }, null];
    expect(await (passing as unknown as Calls)[name]?.(...input)).toEqual({ name, input });
    expect(passing.calls).toBe(1);
  });

  it.each(NAMES)('lets %s fail where the store is away', async (name) => {
    const passing = new Passing(null);
    await expect((passing as unknown as Calls)[name]?.()).rejects.toMatchObject({ code: 'store-away' });
  });
});
