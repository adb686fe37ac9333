import type { ClientBase } from 'pg';
import { Failure } from '../../model/failure.ts';
import type { Migration } from '../sql/migration.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { quoteIdentifier, quoteText } from './quoting.ts';

const TABLE = 'schema_migrations';

/**
 * Newest migration that the schema has seen; 0 where it is missing or empty. Throws `Failure` store where another
 * program keeps its own migrations there.
 */
export async function versionOf(client: ClientBase, schema: string): Promise<number> {
  const { rows } = await client.query<{ columns: string[] | null }>(
    `SELECT array_agg(a.attname::text) AS columns FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped`,
    [schema, TABLE],
  );
  const columns = rows[0]?.columns ?? null;
  if (columns === null) return 0;
  if (!['version', 'name', 'applied_at'].every((column) => columns.includes(column))) throw othersSchema(schema);
  const found = await client.query<{ version: number | null }>(
    `SELECT MAX(version)::integer AS version FROM ${quoteIdentifier(schema)}.${TABLE}`,
  );
  return found.rows[0]?.version ?? 0;
}

/**
 * Brings a schema to the newest version: makes it where it is missing, then all missing steps in one transaction, under
 * a lock that a second start waits for. A schema that a newer Podwatt made is refused (`Failure` store), untouched.
 */
export async function migratePostgres(
  client: ClientBase,
  schema: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const known = migrations.at(-1)?.version ?? 0;
  if (isCurrent(await versionOf(client, schema), known)) return;
  await locked(client, schema, async () => {
    const done = await versionOf(client, schema);
    if (isCurrent(done, known)) return;
    if (!(await hasSchema(client, schema))) await client.query(`CREATE SCHEMA ${quoteIdentifier(schema)}`);
    await client.query(`SELECT set_config('search_path', ${quoteText(quoteIdentifier(schema))}, true)`);
    if (done === 0) {
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${TABLE} (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL)`,
      );
    }
    for (const { version, name, statements } of migrations) {
      if (version <= done) continue;
      for (const statement of statements) await client.query(statement);
      await client.query(`INSERT INTO ${TABLE} (version, name, applied_at) VALUES ($1, $2, now())`, [version, name]);
    }
  });
}

/** Takes back the steps above `toVersion`, newest first. Throws `Failure` store where a step can't be taken back. */
export async function migrateDown(
  client: ClientBase,
  schema: string,
  toVersion: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  await locked(client, schema, async () => {
    const done = await versionOf(client, schema);
    await client.query(`SELECT set_config('search_path', ${quoteText(quoteIdentifier(schema))}, true)`);
    for (const { version, name, down } of [...migrations].reverse()) {
      if (version <= toVersion || version > done) continue;
      if (down === undefined)
        throw new Failure('store', `Step ${version} (${name}) of the schema can't be taken back.`);
      for (const statement of down) await client.query(statement);
      await client.query(`DELETE FROM ${TABLE} WHERE version = $1`, [version]);
    }
  });
}

function isCurrent(found: number, known: number): boolean {
  if (found > known) throw newerStore(found, known);
  return found === known;
}

async function locked(client: ClientBase, schema: string, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('podwatt schema ' || $1, 0))", [schema]);
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function hasSchema(client: ClientBase, schema: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  return rowCount === 1;
}

function newerStore(found: number, known: number): Failure {
  return new Failure('store', `A newer Podwatt made this store (version ${found}; this one knows ${known}).`, {
    hint: 'Install the newest Podwatt, or choose another schema. The store was left as it is.',
  });
}

function othersSchema(schema: string): Failure {
  return new Failure('store', `The schema ${schema} belongs to another program: its ${TABLE} is not Podwatt's.`, {
    hint: 'Choose another schema for Podwatt, for example podwatt. Nothing was changed.',
  });
}
