import type { TimeRange } from '../../../model/time.ts';
import { isoOf } from '../instants.ts';
import type { Column } from '../schema/table.ts';
import type { Statement } from '../statement.ts';
import type { RecordTable } from './record-table.ts';

/** How a store says a column so that it comes as text or a number. */
export type SayColumn = (column: Column) => string;

/** As SQLite keeps them. */
export const AS_KEPT: SayColumn = ({ name }) => `t.${name}`;

/** PostgreSQL: instants and days as text, JSON as text. */
export const AS_TEXT: SayColumn = ({ name, kind }) => {
  switch (kind) {
    case 'time':
      return `to_char(t.${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ${name}`;
    case 'date':
    case 'json':
      return `t.${name}::text AS ${name}`;
    default:
      return `t.${name}`;
  }
};

/** A condition with `?` for each of its parameters; columns are of `t`. */
export interface Condition {
  readonly text: string;
  readonly parameters: readonly (string | number)[];
}

export function where(text: string, ...parameters: readonly (string | number)[]): Condition {
  return { text, parameters };
}

/** Lines of `what` that meet all conditions. */
function over(what: string, from: string, conditions: readonly Condition[], rest: Condition): Statement {
  const text = conditions.length === 0 ? '' : ` WHERE ${conditions.map((each) => each.text).join(' AND ')}`;
  return {
    text: `SELECT ${what} FROM ${from} t${text}${rest.text}`,
    parameters: [...conditions.flatMap((each) => each.parameters), ...rest.parameters],
  };
}

type Named = Pick<RecordTable<object>, 'name'>;

const NOTHING: Condition = { text: '', parameters: [] };

/** Records in an order, a part of them. */
export function records(
  { table }: Pick<RecordTable<object>, 'table'>,
  say: SayColumn,
  conditions: readonly Condition[],
  order: string,
  limit: number | null = null,
  offset = 0,
): Statement {
  const rest =
    limit === null
      ? { text: ` ORDER BY ${order}`, parameters: [] }
      : { text: ` ORDER BY ${order} LIMIT ? OFFSET ?`, parameters: [limit, offset] };
  return over(table.columns.map(say).join(', '), table.name, conditions, rest);
}

export function count({ name }: Named, conditions: readonly Condition[]): Statement {
  return over('COUNT(*) AS total', name, conditions, NOTHING);
}

export function ids({ name }: Named, conditions: readonly Condition[]): Statement {
  return over('t.id', name, conditions, { text: ' ORDER BY t.id', parameters: [] });
}

/** Instants of a column in a range. */
export function within(column: string, { startSeconds, endSeconds }: TimeRange): readonly Condition[] {
  const [from, to] = [isoOf(Math.ceil(startSeconds)), isoOf(Math.ceil(endSeconds))];
  return [where(`t.${column} >= ?`, from), where(`t.${column} < ?`, to)];
}

const DAY = 86_400;
const dayOf = (seconds: number): string => isoOf(seconds).slice(0, 10);

/** Days that start in a range. */
export function daysWithin({ startSeconds, endSeconds }: TimeRange): { readonly from: string; readonly to: string } {
  const first = (seconds: number): string => dayOf(Math.ceil(seconds / DAY) * DAY);
  return { from: first(startSeconds), to: first(endSeconds) };
}

/** Hours that start in a range, as the day and the hour that they begin and end with. */
export function hoursWithin({ startSeconds, endSeconds }: TimeRange): {
  readonly from: readonly [string, number];
  readonly to: readonly [string, number];
} {
  const first = (seconds: number): readonly [string, number] => {
    const hour = Math.ceil(seconds / 3600);
    return [dayOf(hour * 3600), hour % 24];
  };
  return { from: first(startSeconds), to: first(endSeconds) };
}

export function costDays(range: TimeRange): readonly Condition[] {
  const { from, to } = daysWithin(range);
  return [where('t.hour IS NULL'), where('t.date >= ?', from), where('t.date < ?', to)];
}

export function costHours(range: TimeRange): readonly Condition[] {
  const { from, to } = hoursWithin(range);
  return [
    where('t.hour IS NOT NULL'),
    where('(t.date > ? OR (t.date = ? AND t.hour >= ?))', from[0], from[0], from[1]),
    where('(t.date < ? OR (t.date = ? AND t.hour < ?))', to[0], to[0], to[1]),
  ];
}

/** `IN (?, ?)`. */
export function among(column: string, values: readonly string[]): Condition {
  return where(`t.${column} IN (${values.map(() => '?').join(', ')})`, ...values);
}
