import { describe } from 'vitest';
import { maintainContract } from '../contract/storage/maintain-contract.ts';
import { openNewElasticsearch } from '../contract/storage/open-elasticsearch.ts';
import { openNewPostgres } from '../contract/storage/open-postgres.ts';
import { openNewSqlite } from '../contract/storage/open-sqlite.ts';
import { needs } from '../setup/programs.ts';

// The same as in the contract suite, with many more schedules.
maintainContract('SQLite', openNewSqlite, 200);
describe.runIf(needs('postgres'))('PostgreSQL', () => maintainContract('PostgreSQL', openNewPostgres, 100));
describe.runIf(needs('elasticsearch'))('Elasticsearch', () =>
  maintainContract('Elasticsearch', openNewElasticsearch, 20),
);
