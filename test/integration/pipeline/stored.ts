import { join } from 'node:path';
import Database from 'better-sqlite3';

/** What a person's SQL tool would see; the store's own code is not asked. */
export function withTables<T>(dataDir: string, read: (database: Database.Database) => T): T {
  const database = new Database(join(dataDir, 'podwatt.sqlite'), { readonly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** Every row of every table as text, by table; for "as it was". Without leases: their epoch grows with each run. */
export function dump(dataDir: string): Record<string, string[]> {
  return withTables(dataDir, (database) => {
    const tables = database
      .prepare(
        "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' and name <> 'lease_rows' order by name",
      )
      .pluck()
      .all() as string[];
    return Object.fromEntries(
      tables.map((table) => [
        table,
        database
          .prepare(`select * from "${table}"`)
          .raw()
          .all()
          .map((row) => JSON.stringify(row))
          .sort(),
      ]),
    );
  });
}

export interface StoredRow {
  readonly namespace: string;
  readonly pod_name: string;
  readonly node: string;
  readonly timestamp: string;
  readonly duration_seconds: number;
  readonly joules: number;
  readonly co2e_grams: number;
  readonly embodied_co2e_grams: number;
  readonly total_cost: number;
}

export function storedRows(dataDir: string): StoredRow[] {
  return withTables(dataDir, (database) => database.prepare('select * from combined_metrics').all() as StoredRow[]);
}
