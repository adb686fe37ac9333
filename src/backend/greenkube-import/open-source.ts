import type { GreenKubeSource } from '../../core/ports/greenkube-source.ts';
import type { StoreSettings } from '../../core/ports/store-settings.ts';
import { Failure } from '../../model/failure.ts';
import { describeStore } from '../store/store-address.ts';

/**
 * Opens the database of a GreenKube; its driver is loaded only now.
 * @throws Failure 'bad-input' for what is not GreenKube's, or as a store's opening does
 */
export async function openGreenKube(settings: StoreSettings): Promise<GreenKubeSource> {
  switch (settings.kind) {
    case 'sqlite': {
      const { openSqliteGreenKube } = await import('../../storage/sqlite/greenkube/open-greenkube.ts');
      return openSqliteGreenKube(settings);
    }
    case 'postgres': {
      const { openPostgresGreenKube } = await import('../../storage/postgres/greenkube/open-greenkube.ts');
      return openPostgresGreenKube(settings, describeStore(settings));
    }
    case 'elasticsearch':
      throw new Failure('bad-input', 'A GreenKube on Elasticsearch can not be imported', {
        hint: 'Give its SQLite file or PostgreSQL database: sqlite:///path/of/greenkube.db or postgres://user@host/database.',
      });
  }
}
