import { describe } from 'vitest';
import { needs } from '../../../setup/programs.ts';
import { kubernetesStoreContract } from '../kubernetes-store-contract.ts';
import { openNewElasticsearch } from '../open-elasticsearch.ts';
import { openMemory } from '../open-memory.ts';
import { openNewPostgres } from '../open-postgres.ts';
import { openNewSqlite } from '../open-sqlite.ts';

kubernetesStoreContract('memory', openMemory);
kubernetesStoreContract('SQLite', () => openNewSqlite());

describe.runIf(needs('postgres'))('PostgreSQL of npm', () => {
  kubernetesStoreContract('PostgreSQL', () => openNewPostgres());
});

describe.runIf(needs('elasticsearch'))('Elasticsearch 8', () => {
  kubernetesStoreContract('Elasticsearch', () => openNewElasticsearch());
});
