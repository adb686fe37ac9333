import { describe } from 'vitest';
import { needs } from '../../../setup/programs.ts';
import { openNewElasticsearch } from '../open-elasticsearch.ts';
import { openMemory } from '../open-memory.ts';
import { openNewPostgres } from '../open-postgres.ts';
import { openNewSqlite } from '../open-sqlite.ts';
import type { OpenStore } from '../store-fixture.ts';
import { ledgerContract } from './ledger-contract.ts';
import { recommendationsContract } from './recommendations-contract.ts';
import { usageContract } from './usage-contract.ts';

function everySaving(name: string, open: OpenStore, runs: number): void {
  recommendationsContract(name, open);
  ledgerContract(name, open);
  usageContract(name, open, runs);
}

recommendationsContract('memory', openMemory);
ledgerContract('memory', openMemory);
everySaving('SQLite', () => openNewSqlite(), 20);

describe.runIf(needs('postgres'))('PostgreSQL of npm', () => {
  everySaving('PostgreSQL', () => openNewPostgres(), 5);
});

describe.runIf(needs('elasticsearch'))('Elasticsearch 8', () => {
  everySaving('Elasticsearch', () => openNewElasticsearch(), 3);
});
