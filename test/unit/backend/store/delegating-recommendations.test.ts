import { describe, expect, it } from 'vitest';
import { DelegatingRecommendations } from '../../../../src/backend/store/delegating-recommendations.ts';
import { DelegatingStore } from '../../../../src/backend/store/delegating-store.ts';
import type { ResultsStore } from '../../../../src/core/ports/results-store.ts';
import { Failure } from '../../../../src/model/failure.ts';

const NAMES = Object.getOwnPropertyNames(DelegatingRecommendations.prototype).filter((name) => name !== 'constructor');

/** Says which call came with what, and answers with that. */
function recorder(): ResultsStore {
  return new Proxy({} as ResultsStore, {
    get:
      (_, name) =>
      (...input: readonly unknown[]) =>
        Promise.resolve({ name, input }),
  });
}

class Passing extends DelegatingStore {
  readonly #store: ResultsStore | null;

  constructor(store: ResultsStore | null) {
    super();
    this.#store = store;
  }

  protected async use<T>(call: (store: ResultsStore) => Promise<T>): Promise<T> {
    if (this.#store === null) throw new Failure('store-away', 'The results store is away');
    return call(this.#store);
  }

  protected callEach<T>(): AsyncIterable<T> {
    throw new Error('no call of these is one for each');
  }

  async close(): Promise<void> {}
}

type Calls = Record<string, (...input: readonly unknown[]) => Promise<unknown>>;

describe('passing on recommendations, savings, scores and use by hour', () => {
  it('is of every call', () => {
    expect(NAMES).toHaveLength(11);
    expect(NAMES).toEqual(expect.arrayContaining(['putRecommendations', 'savingsSums', 'latestScores']));
  });

  it.each([...NAMES, 'usageHours'])('gives %s with all that it was given, and its answer back', async (name) => {
    const input = name === 'usageHours' ? [{ by: 'node' }, new AbortController().signal] : [1, 'two', { three: 3 }];
    expect(await (new Passing(recorder()) as unknown as Calls)[name]?.(...input)).toEqual({ name, input });
  });

  it.each([...NAMES, 'usageHours'])('lets %s fail where the store is away', async (name) => {
    const passing = new Passing(null) as unknown as Calls;
    await expect(passing[name]?.()).rejects.toMatchObject({ code: 'store-away' });
  });
});
