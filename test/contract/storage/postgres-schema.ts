import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import type { PostgresAddress } from '../../services/postgres.ts';

/** Settings for a schema of its own on a server, as the server's superuser. */
export function postgresSettingsOf(
  { host, port, user, password }: PostgresAddress,
  { database = 'postgres', schema = `test_${randomUUID().slice(0, 8)}` } = {},
): PostgresSettings {
  return {
    kind: 'postgres',
    host,
    port,
    database,
    user,
    password,
    schema,
    sslMode: 'disable',
    certificateAuthority: null,
    statementTimeoutMilliseconds: 30_000,
    poolSize: 4,
  };
}

/** A connection of one's own whose names are of the schema. */
export async function withClient<T>(settings: PostgresSettings, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const { host, port, database, user, password, schema } = settings;
  const client = new pg.Client({
    host,
    port,
    database,
    user: user ?? undefined,
    password: password ?? undefined,
    application_name: 'podwatt-test',
    options: `-c search_path=${schema}`,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
