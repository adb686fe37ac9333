import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { StoredValue } from './record.ts';

/** A table of ours, as its records are laid out. */
export interface TableShape {
  readonly name: string;
  /** Tables without row ids are indexes by their form. */
  readonly kind: 'table' | 'index';
  readonly rootPage: number;
  /** In the order of a record. */
  readonly columns: readonly Column[];
}

export interface Column {
  readonly name: string;
  readonly type: 'INTEGER' | 'REAL' | 'TEXT' | 'BLOB' | 'ANY';
  readonly mayBeNull: boolean;
  /** Stands in place of the row id, and is null in the record. */
  readonly isRowId: boolean;
  /** Computed from others: stored, but not to be written. */
  readonly isGenerated: boolean;
}

const Listed = z.object({ name: z.string(), wr: z.number(), root: z.number() });
const Described = z.object({
  name: z.string(),
  type: z.string(),
  notnull: z.number(),
  pk: z.number(),
  hidden: z.number(),
});
const HIDDEN_VIRTUAL = 2;

/** The shapes of all tables of a sound file, by name. */
export function tableShapes(database: Database.Database): readonly TableShape[] {
  const tables = database
    .prepare(
      `SELECT l.name, l.wr, s.rootpage AS root FROM pragma_table_list l JOIN sqlite_schema s ON s.name = l.name
       WHERE l.schema = 'main' AND l.type = 'table' AND s.type = 'table' AND l.name NOT LIKE 'sqlite~_%' ESCAPE '~'
       ORDER BY s.rowid`,
    )
    .all();
  return z
    .array(Listed)
    .parse(tables)
    .map(({ name, wr, root }) => {
      const described = z.array(Described).parse(database.prepare('SELECT * FROM pragma_table_xinfo(?)').all(name));
      const stored = described.filter(({ hidden }) => hidden !== HIDDEN_VIRTUAL);
      const keys = stored.filter(({ pk }) => pk > 0).sort((left, right) => left.pk - right.pk);
      const hasRowId = wr === 0;
      const ordered = hasRowId ? stored : [...keys, ...stored.filter(({ pk }) => pk === 0)];
      return {
        name,
        kind: hasRowId ? 'table' : 'index',
        rootPage: root,
        columns: ordered.map((column) => ({
          name: column.name,
          type: typeOf(column.type),
          mayBeNull: column.notnull === 0,
          isRowId: hasRowId && keys.length === 1 && column.pk === 1 && column.type === 'INTEGER',
          isGenerated: column.hidden !== 0,
        })),
      };
    });
}

function typeOf(declared: string): Column['type'] {
  switch (declared) {
    case 'INTEGER':
    case 'INT':
      return 'INTEGER';
    case 'REAL':
    case 'TEXT':
    case 'BLOB':
      return declared;
    default:
      return 'ANY';
  }
}

/** True where a record can be one of this table: as many values, each of its column's type. */
export function fits({ columns }: TableShape, values: readonly StoredValue[]): boolean {
  return (
    values.length === columns.length && columns.every((column, place) => fitsColumn(column, values[place] ?? null))
  );
}

function fitsColumn({ type, mayBeNull, isRowId }: Column, value: StoredValue): boolean {
  if (value === null) return mayBeNull || isRowId;
  switch (type) {
    case 'INTEGER':
      return Number.isInteger(value) || typeof value === 'bigint';
    case 'REAL':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'TEXT':
      return typeof value === 'string';
    case 'BLOB':
      return Buffer.isBuffer(value);
    case 'ANY':
      return true;
  }
}
