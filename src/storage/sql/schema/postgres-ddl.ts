import { type Column, type ColumnKind, columnCheck, createIndex, type Table } from './table.ts';

const TYPES: Readonly<Record<ColumnKind, string>> = {
  // Order by bytes, as the other stores have it, whatever the database was made with.
  text: 'text COLLATE "C"',
  count: 'integer',
  bytes: 'bigint',
  number: 'double precision',
  flag: 'boolean',
  time: 'timestamptz',
  date: 'date',
  json: 'jsonb',
};

/** The statement that makes a table on PostgreSQL, partitioned where the table says so. */
export function postgresTable(table: Table): string {
  const lines = [
    ...table.columns.map(definition),
    `PRIMARY KEY (${table.primaryKey.join(', ')})`,
    ...(table.foreignKeys ?? []).map(
      (key) => `FOREIGN KEY (${key.column}) REFERENCES ${key.table} (id) ON DELETE ${key.onDelete}`,
    ),
    ...(table.checks ?? []).map(({ name, condition }) => `CONSTRAINT ${name} CHECK (${condition})`),
  ];
  const partition = table.monthlyBy === undefined ? '' : ` PARTITION BY RANGE (${table.monthlyBy})`;
  return `CREATE TABLE ${table.name} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n)${partition}`;
}

/** Everything that `tables` are on PostgreSQL, in order: tables, what their columns mean, indexes. */
export function postgresTables(tables: readonly Table[]): readonly string[] {
  return tables.flatMap((table) => [
    postgresTable(table),
    comments(table),
    ...table.indexes.map((index) => createIndex(table.name, index)),
  ]);
}

/** `COMMENT ON` the table and each column, one text of several statements. */
function comments(table: Table): string {
  return [
    `COMMENT ON TABLE ${table.name} IS ${quoted(table.meaning)}`,
    ...table.columns.map(({ name, meaning }) => `COMMENT ON COLUMN ${table.name}.${name} IS ${quoted(meaning)}`),
  ].join(';\n');
}

function definition(column: Column): string {
  const parts = [column.name, TYPES[column.kind]];
  if (column.isRequired) parts.push('NOT NULL');
  if (column.fallback !== undefined) parts.push(`DEFAULT ${column.fallback}`);
  const check = columnCheck(column);
  if (check !== null) parts.push(`CHECK (${check})`);
  return parts.join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
