import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreSettings } from '../../../src/core/ports/store-settings.ts';
import { elasticsearchSettingsOf, removeIndices } from '../../contract/storage/elasticsearch-indices.ts';
import { postgresSettingsOf, withClient } from '../../contract/storage/postgres-schema.ts';
import { sharedElasticsearch, sharedPostgres } from '../../services/shared.ts';
import type { Program } from '../../setup/programs.ts';

/** Where a store may be made, by whatever process is given the settings. */
export interface Target {
  readonly settings: StoreSettings;
  remove(): Promise<void>;
}

export interface TargetKind {
  readonly name: string;
  /** What it needs beyond npm's packages. */
  readonly program: Program | null;
  make(): Promise<Target>;
}

export const SQLITE: TargetKind = {
  name: 'SQLite',
  program: null,
  make: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'podwatt-target-'));
    return {
      settings: { kind: 'sqlite', file: join(folder, 'results.sqlite') },
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  },
};

export const POSTGRES: TargetKind = {
  name: 'PostgreSQL',
  program: 'postgres',
  make: async () => {
    const settings = postgresSettingsOf(await sharedPostgres());
    const remove = (): Promise<void> =>
      withClient(settings, async (client) => {
        await client.query(`DROP SCHEMA IF EXISTS ${settings.schema} CASCADE`);
      });
    return { settings, remove };
  },
};

export const ELASTICSEARCH: TargetKind = {
  name: 'Elasticsearch',
  program: 'elasticsearch',
  make: async () => {
    const settings = elasticsearchSettingsOf((await sharedElasticsearch()).url);
    return { settings, remove: () => removeIndices(settings) };
  },
};

export const ALL_TARGETS: readonly TargetKind[] = [SQLITE, POSTGRES, ELASTICSEARCH];
