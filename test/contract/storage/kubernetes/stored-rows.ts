import type Database from 'better-sqlite3';
import type pg from 'pg';

export type Value = string | number | null;
/** A row by column; what is left out has its default. */
export type Row = Readonly<Record<string, Value>>;
/** Rows by table, parents first. */
export type Content = readonly (readonly [table: string, rows: readonly Row[]])[];

export function insertIntoSqlite(database: Database.Database, content: Content): void {
  database.transaction(() => {
    for (const [table, rows] of content) {
      for (const [columns, same] of byColumns(rows)) {
        const places = columns.map(() => '?').join(', ');
        const insert = database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
        for (const row of same) insert.run(columns.map((column) => row[column] ?? null));
      }
    }
  })();
}

export async function insertIntoPostgres(client: pg.ClientBase, content: Content): Promise<void> {
  for (const [table, rows] of content) {
    for (const [columns, same] of byColumns(rows)) {
      const list = columns.join(', ');
      await client.query(
        `INSERT INTO ${table} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::${table}, $1::json)`,
        [JSON.stringify(same)],
      );
    }
  }
}

/** Rows that name the same columns together. */
function byColumns(rows: readonly Row[]): readonly (readonly [string[], Row[]])[] {
  const groups = new Map<string, [string[], Row[]]>();
  for (const row of rows) {
    const columns = Object.keys(row);
    const group = groups.get(columns.join()) ?? [columns, []];
    groups.set(columns.join(), group);
    group[1].push(row);
  }
  return [...groups.values()];
}

/** When each row of a table that PostgreSQL keeps by month belongs, in seconds. */
export function instantsOf(content: Content, table: string, column: string): number[] {
  return content
    .filter(([name]) => name === table)
    .flatMap(([, rows]) => rows.map((row) => Date.parse(String(row[column])) / 1000));
}
