import { literal, literals } from './statement.ts';

/** How a store keeps the texts of its keys, and where its SQL differs: what the shared statements are built with. */
export interface KeyStyle {
  /** The text of a key column; NULL for none. */
  textOf(column: string): string;
  /** What a key column is compared with: SQL with one `?` for the text. */
  readonly parameter: string;
  /** A key column that stands for no text. */
  readonly none: string;
  /** A join of which the left side leads. */
  readonly join: string;
  /** Joins the lines `r` of a roll-up, or the rows themselves, that are of the clusters and in the time of the piece `p`. */
  lines(table: string, clusterKeys: readonly number[]): string;
  /** True where `text` holds `part`. */
  contains(text: string, part: string): string;
  /** The smaller of two. */
  least(left: string, right: string): string;
}

/** Key columns are ids of a dictionary of texts; 0 is none (SQLite). */
export const DICTIONARY: KeyStyle = {
  textOf: (column) => `(SELECT text FROM texts WHERE id = ${column})`,
  parameter: '(SELECT id FROM texts WHERE text = ?)',
  none: '0',
  // SQLite keeps the order of a CROSS JOIN.
  join: 'CROSS JOIN',
  lines: (table, clusterKeys) =>
    `CROSS JOIN ${table} r ON r.cluster_key ${oneOf(clusterKeys)} AND r.start_seconds >= p.lo AND r.start_seconds < p.hi`,
  contains: (text, part) => `instr(${text}, ${part}) > 0`,
  least: (left, right) => `MIN(${left}, ${right})`,
};

/** Key columns are the texts themselves; an empty one is none (PostgreSQL). */
export const IN_CLEAR: KeyStyle = {
  textOf: (column) => `NULLIF(${column}, '')`,
  parameter: '?',
  none: "''",
  join: 'JOIN',
  // OFFSET 0 keeps it a question by piece: each is a range of an index. Joined freely, the planner can't tell how few
  // lines a piece is of, and reads whole tables.
  lines: (table, clusterKeys) => {
    const ofPiece =
      table === RESULT_ROWS
        ? `cluster_id = ANY(ARRAY(SELECT cluster_id FROM cluster_keys WHERE id ${oneOf(clusterKeys)})) ` +
          'AND timestamp >= to_timestamp(p.lo) AND timestamp < to_timestamp(p.hi)'
        : `cluster_key ${oneOf(clusterKeys)} AND start_seconds >= p.lo AND start_seconds < p.hi`;
    return `CROSS JOIN LATERAL (SELECT * FROM ${table} WHERE ${ofPiece} OFFSET 0) r`;
  },
  contains: (text, part) => `strpos(${text}, ${part}) > 0`,
  least: (left, right) => `LEAST(${left}, ${right})`,
};

/** Rows of windows, as both stores name them. */
export const RESULT_ROWS = 'result_rows';

/** `= 1` or `IN (1, 2)`. */
export function oneOf(ids: readonly number[]): string {
  return ids.length === 1 ? `= ${literal(ids[0] ?? 0)}` : `IN (${literals(ids)})`;
}
