import { inject } from 'vitest';
import type { SharedServer } from '../setup/servers.ts';
import type { ElasticsearchAddress, ElasticsearchVersion } from './elasticsearch.ts';
import type { PostgresAddress } from './postgres.ts';
import type { PostgresFlavour } from './postgres-binaries.ts';

/** The PostgreSQL of this test run: use a schema or database of your own, and never stop it. */
export function sharedPostgres(flavour: PostgresFlavour = 'embedded'): Promise<PostgresAddress> {
  return ask<PostgresAddress>(`/postgres/${flavour}`);
}

/** The Elasticsearch of this test run: use an index prefix of your own, and never stop it. */
export function sharedElasticsearch(version: ElasticsearchVersion = '8.19.0'): Promise<ElasticsearchAddress> {
  return ask<ElasticsearchAddress>(`/elasticsearch/${version}`);
}

async function ask<T>(server: SharedServer): Promise<T> {
  const response = await fetch(`${inject('servers')}${server}`);
  if (!response.ok) throw new Error(`${server} did not start: ${await response.text()}`);
  return (await response.json()) as T;
}
