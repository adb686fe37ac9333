import type { WholeStore } from '../../core/ports/record-pages.ts';
import type { StoreSettings, StoreTest } from '../../core/ports/store-settings.ts';

/**
 * Opens a results store, making or migrating what is missing. A store's driver is loaded only where it is used.
 * @throws Failure as the store's own opening does
 */
export async function openStore(settings: StoreSettings): Promise<WholeStore> {
  switch (settings.kind) {
    case 'sqlite': {
      const { openSqliteResults } = await import('../../storage/sqlite/index.ts');
      return openSqliteResults({ file: settings.file });
    }
    case 'postgres': {
      const { openPostgresResults } = await import('../../storage/postgres/index.ts');
      return openPostgresResults(settings);
    }
    case 'elasticsearch': {
      const { openElasticsearchResults } = await import('../../storage/elasticsearch/index.ts');
      return openElasticsearchResults(settings);
    }
  }
}

/** "Test connection": what is wrong is in the answer. Nothing is made or changed. */
export async function testStore(settings: StoreSettings): Promise<StoreTest> {
  switch (settings.kind) {
    case 'sqlite': {
      const { testSqlite } = await import('../../storage/sqlite/test-sqlite.ts');
      return testSqlite(settings);
    }
    case 'postgres': {
      const { testPostgres } = await import('../../storage/postgres/index.ts');
      return testPostgres(settings);
    }
    case 'elasticsearch': {
      const { testElasticsearch } = await import('../../storage/elasticsearch/index.ts');
      return testElasticsearch(settings);
    }
  }
}
