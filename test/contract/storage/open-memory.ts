import { MemoryStore } from '../../fakes/backend/memory-store.ts';
import type { StoreFixture } from './store-fixture.ts';

/** The fake that tests of the backend stand on has to do the same as the stores. */
export async function openMemory(): Promise<StoreFixture> {
  const store = new MemoryStore();
  const { entries, clusters, kubernetes, metricRows, costRows, results } = store;
  const { recommendationRows, statusChangeRows, savingsRows, scoreRows } = store;
  const maps = [
    ...[entries, clusters, ...Object.values(kubernetes), metricRows, costRows, results],
    ...[recommendationRows, statusChangeRows, savingsRows, scoreRows],
  ];
  return {
    store,
    dump: async () => JSON.stringify(maps.map((map) => [...map])),
    openAnother: async () => store,
    interrupt: async () => undefined,
    tamper: async () => undefined,
    remove: async () => undefined,
  };
}
