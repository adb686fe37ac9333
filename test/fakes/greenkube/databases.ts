import Database from 'better-sqlite3';
import type { PostgresSettings } from '../../../src/core/ports/store-settings.ts';
import { withClient } from '../../contract/storage/postgres-schema.ts';
import { greenKubeTables, insertOf, type Line, type Value } from './tables.ts';

type Tables = Readonly<Record<string, readonly Line[]>>;

/** Makes the file of a GreenKube with lines in it, or puts more into one. */
export function fillSqlite(file: string, tables: Tables, { isNew = true } = {}): void {
  const database = new Database(file);
  if (isNew) for (const statement of greenKubeTables('sqlite')) database.exec(statement);
  database.transaction(() => {
    for (const [table, lines] of Object.entries(tables)) {
      for (const line of lines) {
        const values = Object.values(line).map((value) => (typeof value === 'boolean' ? Number(value) : value));
        database.prepare(insertOf(table, line, () => '?')).run(...values);
      }
    }
  })();
  database.close();
}

/** The same in a schema of PostgreSQL, which is made first. */
export async function fillPostgres(settings: PostgresSettings, tables: Tables): Promise<void> {
  await withClient(settings, async (client) => {
    await client.query(`CREATE SCHEMA ${settings.schema}`);
    for (const statement of greenKubeTables('postgres')) await client.query(statement);
    for (const [table, lines] of Object.entries(tables)) {
      for (const line of lines) {
        await client.query(
          insertOf(table, line, (index) => `$${index + 1}`),
          Object.values<Value>(line),
        );
      }
    }
  });
}
