import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { resultsStoreContract } from './results-store-contract.ts';

resultsStoreContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'podwatt-store-'));
  const store = await openSqliteResults({ file: join(folder, 'results.sqlite') });
  return {
    store,
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
