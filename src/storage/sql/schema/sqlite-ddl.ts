import { type Column, type ColumnKind, columnCheck, createIndex, type Table } from './table.ts';

const TYPES: Readonly<Record<ColumnKind, string>> = {
  text: 'TEXT',
  count: 'INTEGER',
  bytes: 'INTEGER',
  number: 'REAL',
  flag: 'INTEGER',
  time: 'TEXT',
  date: 'TEXT',
  json: 'TEXT',
};

/** The statement that makes a table on SQLite; each column's meaning stands beside it as a comment. */
export function sqliteTable(table: Table): string {
  const lines = [
    ...table.columns.map((column) => ({ sql: definition(column), meaning: column.meaning })),
    { sql: `PRIMARY KEY (${table.primaryKey.join(', ')})`, meaning: '' },
    ...(table.foreignKeys ?? []).map((key) => ({
      sql: `FOREIGN KEY (${key.column}) REFERENCES ${key.table} (id) ON DELETE ${key.onDelete}`,
      meaning: '',
    })),
    ...(table.checks ?? []).map(({ name, condition }) => ({
      sql: `CONSTRAINT ${name} CHECK (${condition})`,
      meaning: '',
    })),
  ];
  const body = lines.map(({ sql, meaning }, place) => {
    const comma = place === lines.length - 1 ? '' : ',';
    return `  ${sql}${comma}${meaning === '' ? '' : ` -- ${meaning}`}`;
  });
  return `CREATE TABLE ${table.name} ( -- ${table.meaning}\n${body.join('\n')}\n) STRICT`;
}

/** Everything that `tables` are on SQLite, in order. */
export function sqliteTables(tables: readonly Table[]): readonly string[] {
  return tables.flatMap((table) => [
    sqliteTable(table),
    ...table.indexes.map((index) => createIndex(table.name, index)),
  ]);
}

function definition(column: Column): string {
  const parts = [column.name, TYPES[column.kind]];
  if (column.isRequired) parts.push('NOT NULL');
  if (column.fallback !== undefined) parts.push(`DEFAULT ${column.fallback}`);
  const check = sqliteCheck(column);
  if (check !== null) parts.push(`CHECK (${check})`);
  return parts.join(' ');
}

/** SQLite has no kinds of its own for these, so that a condition keeps them what they are. */
function sqliteCheck(column: Column): string | null {
  if (column.kind === 'flag') return `${column.name} IN (0, 1)`;
  if (column.kind === 'json') return `json_valid(${column.name})`;
  if (column.kind === 'time') return `${column.name} GLOB '????-??-??T??:??:??*Z'`;
  if (column.kind === 'date') return `${column.name} GLOB '????-??-??'`;
  return columnCheck(column);
}
