/**
 * What a column holds. `time` is ISO-8601 text (`…Z`, whole seconds) on SQLite and timestamptz on PostgreSQL; `json` is
 * text there and jsonb here; `flag` 0 or 1 and boolean.
 */
export type ColumnKind = 'text' | 'count' | 'bytes' | 'number' | 'flag' | 'time' | 'date' | 'json';

export interface ColumnRules {
  readonly oneOf?: readonly string[];
  /** Counts, bytes and numbers are never below 0 unless this says so. */
  readonly mayBeNegative?: boolean;
  readonly least?: number;
  readonly most?: number;
  /** Text of any length that is shown and never searched by. */
  readonly isLong?: boolean;
  /** Default, as SQL of both dialects. */
  readonly fallback?: string;
}

export interface Column extends ColumnRules {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly isRequired: boolean;
  /** What it is, with its unit; goes into the schema itself as a comment. */
  readonly meaning: string;
}

export interface TableIndex {
  readonly name: string;
  /** Columns or expressions, in order. */
  readonly on: readonly string[];
  readonly isUnique?: boolean;
  /** Condition of a partial index, the same in both dialects. */
  readonly where?: string;
}

export interface ForeignKey {
  readonly column: string;
  readonly table: string;
  readonly onDelete: 'CASCADE' | 'SET NULL';
}

export interface Check {
  readonly name: string;
  readonly condition: string;
}

/** A table of both SQL stores; part of the migration that makes it, so a released one is never changed. */
export interface Table {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys?: readonly ForeignKey[];
  readonly checks?: readonly Check[];
  readonly indexes: readonly TableIndex[];
  /** Column whose months are partitions on PostgreSQL; SQLite has an index instead. */
  readonly monthlyBy?: string;
}

export function required(name: string, kind: ColumnKind, meaning: string, rules: ColumnRules = {}): Column {
  return { name, kind, isRequired: true, meaning, ...rules };
}

export function optional(name: string, kind: ColumnKind, meaning: string, rules: ColumnRules = {}): Column {
  return { name, kind, isRequired: false, meaning, ...rules };
}

/** The rule of a column as a condition of both dialects; null if every value of its kind may stand there. */
export function columnCheck({ name, kind, oneOf, mayBeNegative, least, most }: Column): string | null {
  if (oneOf !== undefined) return `${name} IN (${oneOf.map((value) => `'${value}'`).join(', ')})`;
  if (kind !== 'count' && kind !== 'bytes' && kind !== 'number') return null;
  const lowest = least ?? (mayBeNegative === true ? undefined : 0);
  const limits = [
    ...(lowest === undefined ? [] : [`${name} >= ${lowest}`]),
    ...(most === undefined ? [] : [`${name} <= ${most}`]),
  ];
  return limits.length === 0 ? null : limits.join(' AND ');
}

/** `CREATE INDEX` of both dialects. */
export function createIndex(table: string, { name, on, isUnique, where }: TableIndex): string {
  const condition = where === undefined ? '' : ` WHERE ${where}`;
  return `CREATE ${isUnique === true ? 'UNIQUE ' : ''}INDEX ${name} ON ${table} (${on.join(', ')})${condition}`;
}
