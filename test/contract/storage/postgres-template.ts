import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import { openPostgresResults } from '../../../src/storage/postgres/index.ts';
import type { PostgresAddress } from '../../services/postgres.ts';
import { postgresSettingsOf } from './postgres-schema.ts';

const TEMPLATE = 'podwatt_template';
const SCHEMA = 'podwatt_test';
/** Any number that nobody else locks by. */
const LOCK = 7_041_776;

/**
 * A database with a store's empty schema, copied from one that was migrated once for this run's server: a tenth of the
 * time that migrating takes. Migrations have tests of their own.
 */
export async function copyTemplate(address: PostgresAddress): Promise<PostgresSettings> {
  const database = `test_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await withAdministrator(address, async (client) => {
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (rowCount === 0) await makeTemplate(address, client);
    await client.query(`CREATE DATABASE ${database} TEMPLATE ${TEMPLATE} STRATEGY = FILE_COPY`);
  });
  return postgresSettingsOf(address, { database, schema: SCHEMA });
}

/** Ends whoever is still connected. */
export async function dropCopy(address: PostgresAddress, { database }: PostgresSettings): Promise<void> {
  await withAdministrator(address, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`));
}

// Made under another name first: one that was cut off is never taken for the template.
async function makeTemplate(address: PostgresAddress, client: pg.Client): Promise<void> {
  const draft = `${TEMPLATE}_draft`;
  await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${draft}`);
  const store = await openPostgresResults(postgresSettingsOf(address, { database: draft, schema: SCHEMA }));
  await store.close();
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${TEMPLATE}`);
}

async function withAdministrator(
  { host, port, user, password }: PostgresAddress,
  use: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
