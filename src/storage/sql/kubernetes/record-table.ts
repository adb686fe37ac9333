import * as z from 'zod';
import { Failure } from '../../../model/failure.ts';
import type { JsonValue } from '../../../model/kubernetes/objects.ts';
import { isoOf, secondsOf } from '../instants.ts';
import type { Column, Table } from '../schema/table.ts';

/** A value of a column: JSON as what it is, instants as ISO-8601. */
export type StoredValue = string | number | boolean | null | readonly JsonValue[] | Readonly<Record<string, JsonValue>>;
/** A line by column: what a document of Elasticsearch holds. */
export type StoredLine = Readonly<Record<string, StoredValue>>;

interface Place {
  readonly column: Column;
  readonly field: string;
}

/**
 * A table and the records of the model that are its lines. The field of a column follows from its name: `created_at` is
 * `createdAtSeconds`, `pod_count` is `podCount`; only those that are called otherwise are given.
 */
export class RecordTable<Kept extends object> {
  readonly table: Table;
  readonly #places: readonly Place[];
  readonly #schema: z.ZodType<Readonly<Record<string, unknown>>>;

  constructor(
    table: Table,
    otherwise: Readonly<Record<string, keyof Kept & string>> = {},
    json: Readonly<Record<string, z.ZodType>> = {},
  ) {
    this.table = table;
    this.#places = table.columns.map((column) => ({ column, field: otherwise[column.name] ?? fieldOf(column) }));
    this.#schema = z.object(Object.fromEntries(table.columns.map((column) => [column.name, schemaOf(column, json)])));
  }

  get name(): string {
    return this.table.name;
  }

  get columns(): readonly string[] {
    return this.table.columns.map(({ name }) => name);
  }

  /** Every column, null where nothing is known. Throws `Failure` bad-input for what the table could not keep. */
  lineOf(record: Kept): StoredLine {
    const fields = record as Readonly<Record<string, unknown>>;
    return Object.fromEntries(
      this.#places.map(({ column, field }) => {
        const value = fields[field];
        const plain = plainOf(this.table, column, value);
        if (plain === null) return [column.name, null];
        if (column.kind === 'json') return [column.name, jsonOf(value)];
        return [column.name, column.kind === 'flag' ? plain === 1 : plain];
      }),
    );
  }

  /** The same in the order of the columns, JSON as text. */
  valuesOf(record: Kept): (string | number | null)[] {
    const fields = record as Readonly<Record<string, unknown>>;
    return this.#places.map(({ column, field }) => plainOf(this.table, column, fields[field]));
  }

  /** The reverse of both. */
  recordOf(line: unknown): Kept {
    const row = this.#schema.parse(line);
    const record = Object.fromEntries(
      this.#places.map(({ column, field }) => {
        const value = row[column.name];
        return [field, column.kind === 'time' && typeof value === 'string' ? secondsOf(value) : value];
      }),
    );
    // Its fields are those of the columns, checked by their kind: record-tables.ts pairs the two.
    return record as Kept;
  }
}

function fieldOf({ name, kind }: Column): string {
  const camel = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return kind === 'time' ? `${camel}Seconds` : camel;
}

function schemaOf({ name, kind, isRequired, oneOf }: Column, json: Readonly<Record<string, z.ZodType>>): z.ZodType {
  const kept = ofKind();
  return isRequired ? kept : kept.nullish().transform((value) => value ?? null);

  function ofKind(): z.ZodType {
    switch (kind) {
      case 'count':
      case 'bytes':
      case 'number':
        return z.number();
      case 'flag':
        return z.union([z.boolean(), z.literal([0, 1]).transform((value) => value === 1)]);
      case 'json':
        return z.preprocess(
          (value): unknown => (typeof value === 'string' ? JSON.parse(value) : value),
          json[name] ?? z.unknown(),
        );
      case 'text':
      case 'time':
      case 'date':
        return oneOf === undefined ? z.string() : z.enum(oneOf);
    }
  }
}

/** JSON as text. */
function plainOf(table: Table, column: Column, value: unknown): string | number | null {
  if (value === null || value === undefined) {
    if (column.isRequired) throw badLine(table, column, 'is missing');
    return null;
  }
  switch (column.kind) {
    case 'time':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw badLine(table, column, 'is no instant');
      return isoOf(value);
    case 'count':
    case 'bytes':
      return numberOf(table, column, typeof value === 'number' ? Math.round(value) : value);
    case 'number':
      return numberOf(table, column, value);
    case 'flag':
      return Number(value === true);
    case 'json':
      return jsonTextOf(value);
    case 'text':
    case 'date':
      return textOf(table, column, value);
  }
}

function numberOf(table: Table, column: Column, value: unknown): number {
  const { least, most, mayBeNegative } = column;
  const lowest = least ?? (mayBeNegative === true ? Number.NEGATIVE_INFINITY : 0);
  const isGood = typeof value === 'number' && Number.isFinite(value) && value >= lowest && value <= (most ?? Infinity);
  if (!isGood) throw badLine(table, column, `can't be ${String(value)}`);
  // No store tells -0 from 0.
  return value === 0 ? 0 : value;
}

function textOf(table: Table, column: Column, value: unknown): string {
  if (typeof value !== 'string') throw badLine(table, column, 'is no text');
  if (column.oneOf !== undefined && !column.oneOf.includes(value)) throw badLine(table, column, "can't be that");
  return value.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** PostgreSQL keeps no NUL and no half of a surrogate pair in JSON: these become U+FFFD on every store. */
function jsonTextOf(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\u')) return text;
  return text.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\ufffd');
}

function jsonOf(value: unknown): StoredValue {
  return JSON.parse(jsonTextOf(value)) as StoredValue;
}

function badLine(table: Table, column: Column, what: string): Failure {
  return new Failure('bad-input', `Nothing was stored: ${table.name}.${column.name} ${what}.`, {
    hint: 'This is a fault in Podwatt; please report it with the log.',
  });
}
