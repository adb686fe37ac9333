import * as others from '../recommendations/record-tables.ts';
import type { Table } from '../schema/table.ts';
import type { Statement } from '../statement.ts';
import type { RecordTable } from './record-table.ts';
import * as tables from './record-tables.ts';

/** Values of a line in the order of its table's columns. */
export type Values = readonly (string | number | null)[];

/** Lines for a table; each replaces the one of its key, or is left out where `keepsOld` and there is one. */
export interface Put {
  readonly table: string;
  readonly lines: readonly Values[];
  readonly keepsOld: boolean;
}

/** What one transaction does, in this order. `conflict` for a fence that is older than one seen, `bad-input` for lines that the tables refuse. */
export interface KubernetesWrite {
  readonly fences: readonly { readonly clusterId: string; readonly epoch: number }[];
  readonly puts: readonly Put[];
  readonly changes: readonly Statement[];
}

/** What tells two lines of a table apart; expressions stand for the column that they name. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  [tables.PODS.name]: ['id', 'created_at'],
  [tables.METRICS.name]: ['object_id', 'collected_at'],
  [tables.COSTS.name]: ['namespace_id', 'date', 'COALESCE(hour, -1)'],
  [tables.HEALTH.name]: ['cluster_id', 'timestamp'],
  [others.STATUS_CHANGES.name]: ['recommendation_id', 'timestamp', 'status'],
  [others.SAVINGS_DAYS.name]: ['recommendation_id', 'timestamp'],
  [others.SCORES.name]: ['cluster_id', 'namespace', 'date'],
};
const ID = ['id'];

const isColumnOf =
  (key: readonly string[]) =>
  (column: string): boolean =>
    key.some((part) => part === column || part.includes(`(${column},`));

/** Lines of records; of two with one key the last. */
export function putOf<Kept extends object>(
  table: RecordTable<Kept>,
  records: readonly Kept[],
  keepsOld = false,
): readonly Put[] {
  if (records.length === 0) return [];
  const isKey = isColumnOf(KEYS[table.name] ?? ID);
  const places = table.columns.flatMap((column, place) => (isKey(column) ? [place] : []));
  const lines = new Map<string, Values>();
  for (const record of records) {
    const values = table.valuesOf(record);
    lines.set(JSON.stringify(places.map((place) => values[place])), values);
  }
  return [{ table: table.name, lines: [...lines.values()], keepsOld }];
}

/** `INSERT` of both dialects around its values (`VALUES (…)` or a question), for the columns of a table. */
export function insertOf(put: Put, columns: readonly string[], values: string): string {
  const key = KEYS[put.table] ?? ID;
  const isKey = isColumnOf(key);
  const set = columns.filter((column) => !isKey(column)).map((column) => `${column} = excluded.${column}`);
  const conflict = put.keepsOld ? 'DO NOTHING' : `(${key.join(', ')}) DO UPDATE SET ${set.join(', ')}`;
  return `INSERT INTO ${put.table} (${columns.join(', ')}) ${values} ON CONFLICT ${conflict}`;
}

const BY_NAME = new Map([...Object.values(tables), ...Object.values(others)].map(({ table }) => [table.name, table]));

/** The definition of a table that records are kept in. */
export function tableNamed(name: string): Table {
  const table = BY_NAME.get(name);
  if (table === undefined) throw new RangeError(`${name} is no table that records are kept in`);
  return table;
}
