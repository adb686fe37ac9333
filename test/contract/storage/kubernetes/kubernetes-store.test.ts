import { describe } from 'vitest';
import { MemoryStore } from '../../../fakes/backend/memory-store.ts';
import { needs } from '../../../setup/programs.ts';
import { kubernetesStoreContract } from '../kubernetes-store-contract.ts';
import { openNewElasticsearch } from '../open-elasticsearch.ts';
import { openNewPostgres } from '../open-postgres.ts';
import { openNewSqlite } from '../open-sqlite.ts';
import type { StoreFixture } from '../store-fixture.ts';

/** The fake that tests of the backend stand on has to do the same. */
async function openMemory(): Promise<StoreFixture> {
  const store = new MemoryStore();
  const { entries, clusters, kubernetes, metricRows, costRows, results } = store;
  const maps = [entries, clusters, ...Object.values(kubernetes), metricRows, costRows, results];
  return {
    store,
    dump: async () => JSON.stringify(maps.map((map) => [...map])),
    openAnother: async () => store,
    interrupt: async () => undefined,
    tamper: async () => undefined,
    remove: async () => undefined,
  };
}

kubernetesStoreContract('memory', openMemory);
kubernetesStoreContract('SQLite', () => openNewSqlite());

describe.runIf(needs('postgres'))('PostgreSQL of npm', () => {
  kubernetesStoreContract('PostgreSQL', () => openNewPostgres());
});

describe.runIf(needs('elasticsearch'))('Elasticsearch 8', () => {
  kubernetesStoreContract('Elasticsearch', () => openNewElasticsearch());
});
