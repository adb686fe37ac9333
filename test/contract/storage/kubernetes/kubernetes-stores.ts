import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { PostgresSettings } from '../../../../src/core/ports/store-settings.ts';
import { makeKubernetesMonths } from '../../../../src/storage/postgres/kubernetes-months.ts';
import { migratePostgres } from '../../../../src/storage/postgres/migrate.ts';
import { Session } from '../../../../src/storage/postgres/session.ts';
import { migrate } from '../../../../src/storage/sqlite/migrate.ts';
import { MIGRATIONS } from '../../../../src/storage/sqlite/migrations/index.ts';
import { sharedPostgres } from '../../../services/shared.ts';
import { type Content, insertIntoPostgres, insertIntoSqlite, instantsOf } from './stored-rows.ts';

/** A schema of its own on this run's PostgreSQL, brought up to date. Dates and instants come as text. */
export interface PostgresSchema {
  readonly client: pg.Client;
  readonly session: Session;
  readonly schema: string;
  /** One more connection; who asked ends it. */
  another(): Promise<pg.Client>;
  fill(content: Content, nowSeconds: number): Promise<void>;
  remove(): Promise<void>;
}

/** A schema of its own on this run's PostgreSQL, not made yet. */
export async function newPostgresSettings(): Promise<PostgresSettings> {
  const { host, port, user, password } = await sharedPostgres();
  return {
    kind: 'postgres',
    host,
    port,
    database: 'postgres',
    user,
    password,
    schema: `test_${randomUUID().slice(0, 8)}`,
    sslMode: 'disable',
    certificateAuthority: null,
    statementTimeoutMilliseconds: 30_000,
    poolSize: 2,
  };
}

/** A connection that finds the schema's tables by their names. */
export async function connectTo({
  host,
  port,
  user,
  password,
  database,
  schema,
}: PostgresSettings): Promise<pg.Client> {
  const client = new pg.Client({
    host,
    port,
    user: user ?? undefined,
    password: password ?? undefined,
    database,
    options: `-c search_path=${schema} -c timezone=UTC -c datestyle=ISO`,
    types: { getTypeParser: (id: number) => (text: string) => parsed(id, text) },
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export async function newPostgresSchema(): Promise<PostgresSchema> {
  const settings = await newPostgresSettings();
  const { schema } = settings;
  const client = await connectTo(settings);
  await migratePostgres(client, schema);
  const session = new Session(client);
  return {
    client,
    session,
    another: () => connectTo(settings),
    schema,
    fill: async (content, nowSeconds) => {
      await session.transaction(async () => {
        const created = instantsOf(content, 'k8s_pods', 'created_at');
        await makeKubernetesMonths(session, 'k8s_pods', created, nowSeconds);
        const collected = instantsOf(content, 'k8s_resource_metrics', 'collected_at');
        await makeKubernetesMonths(session, 'k8s_resource_metrics', collected, nowSeconds);
      });
      await insertIntoPostgres(client, content);
    },
    remove: async () => {
      await client.query(`DROP SCHEMA ${schema} CASCADE`);
      await client.end();
    },
  };
}

const NUMBERS = new Set<number>([
  pg.types.builtins.INT2,
  pg.types.builtins.INT4,
  pg.types.builtins.INT8,
  pg.types.builtins.FLOAT4,
  pg.types.builtins.FLOAT8,
  pg.types.builtins.OID,
]);

function parsed(id: number, text: string): unknown {
  if (NUMBERS.has(id)) return Number(text);
  if (id === pg.types.builtins.BOOL) return text === 't';
  if (id === pg.types.builtins.TIMESTAMPTZ) return new Date(text).toISOString().replace('.000Z', 'Z');
  if (id === pg.types.builtins.JSON || id === pg.types.builtins.JSONB) return JSON.parse(text);
  return text;
}

/** A store in a file (in memory unless named), brought up to date and filled. */
export async function newSqlite(content: Content = [], file = ':memory:'): Promise<Database.Database> {
  const database = new Database(file);
  await migrate(database, MIGRATIONS, 0);
  insertIntoSqlite(database, content);
  return database;
}
