import type Database from 'better-sqlite3';
import { Failure } from '../../model/failure.ts';
import type { Window } from '../../model/time.ts';
import { KEY_TEXTS, ROW_NUMBERS } from '../sql/row-columns.ts';
import type { Dictionary, KeyIds, KeyTexts } from './dictionary.ts';
import { CODES_A_ROW, NUMBERS_A_ROW, type PackedWindow, TEXTS_A_ROW } from './packed-window.ts';

/** Rows of one window with their ids, in the order of their keys. */
export interface ResolvedRows {
  readonly count: number;
  /** Of each row, in order. */
  readonly keys: readonly KeyIds[];
  /**
   * VALUES_A_ROW numbers a row: what is bound after cluster, start and duration, NaN for null. One buffer in place of
   * an object a row, and the content, independent of the order in which rows came: what is hashed.
   */
  readonly values: Float64Array;
}

const COLUMNS = [
  'cluster_key',
  'start_seconds',
  'duration_seconds',
  'key_id',
  'pod_uid',
  'estimation_reasons',
  'calculation_version',
  'sources',
  'is_estimated',
  ...ROW_NUMBERS.map(([column]) => column),
  'grid_intensity_at_seconds',
];
/** Values a row. */
export const VALUES_A_ROW = COLUMNS.length - 3;
/** Place of the code of sources among the values of a row. */
export const SOURCES_VALUE = COLUMNS.indexOf('sources') - 3;
/** Place of the first of ROW_NUMBERS. */
export const FIRST_NUMBER = COLUMNS.indexOf(ROW_NUMBERS[0][0]) - 3;

/** Puts rows of a window into `result_rows`, and takes them out. */
export class RowWriter {
  readonly #dictionary: Dictionary;
  readonly #insert: Database.Statement<(number | null)[]>;
  readonly #keysOf: Database.Statement<[number, number], number>;
  readonly #remove: Database.Statement<[number, number]>;

  constructor(database: Database.Database, dictionary: Dictionary) {
    this.#dictionary = dictionary;
    this.#insert = database.prepare(
      `INSERT INTO result_rows (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
    );
    this.#keysOf = database
      .prepare<[number, number], number>('SELECT key_id FROM result_rows WHERE cluster_key = ? AND start_seconds = ?')
      .pluck();
    this.#remove = database.prepare('DELETE FROM result_rows WHERE cluster_key = ? AND start_seconds = ?');
  }

  /** Finds or makes the ids of all texts and keys. Throws `Failure` bad-input for two rows of one pod and node. */
  resolve(packed: PackedWindow, cluster: number): ResolvedRows {
    const count = packed.rowTexts.length / TEXTS_A_ROW;
    const ids = packed.texts.map((text, place) => (place === 0 ? 0 : this.#dictionary.textId(text)));
    const places = new Set<number>();
    const found: KeyIds[] = [];
    for (let row = 0; row < count; row += 1) {
      const key = this.#dictionary.podKey(cluster, keyTexts(packed, ids, row));
      if (places.has(key.place)) throw twice();
      places.add(key.place);
      found.push(key);
    }
    // In the order of the table's key: fast to insert, and the same content is the same digest.
    const podOf = (row: number): number => found[row]?.pod ?? 0;
    const order = found.map((_, row) => row).sort((left, right) => podOf(left) - podOf(right));
    const values = new Float64Array(count * VALUES_A_ROW);
    const own = TEXTS_A_ROW - KEY_TEXTS.length;
    order.forEach((row, place) => {
      const at = place * VALUES_A_ROW;
      values[at] = podOf(row);
      for (let text = 0; text < own; text += 1) {
        values[at + 1 + text] = ids[packed.rowTexts[row * TEXTS_A_ROW + KEY_TEXTS.length + text] ?? 0] ?? 0;
      }
      values[at + SOURCES_VALUE] = packed.rowCodes[row * CODES_A_ROW + 1] ?? 0;
      values[at + SOURCES_VALUE + 1] = packed.rowCodes[row * CODES_A_ROW + 2] ?? 0;
      const from = row * NUMBERS_A_ROW;
      values.set(packed.rowNumbers.subarray(from, from + NUMBERS_A_ROW), at + FIRST_NUMBER);
    });
    const keys = order.flatMap((row) => found[row] ?? []);
    return { count, keys, values };
  }

  /** Removes the rows of a window; answers their keys. */
  remove(cluster: number, startSeconds: number): readonly number[] {
    const keys = this.#keysOf.all(cluster, startSeconds);
    this.#remove.run(cluster, startSeconds);
    return keys;
  }

  insert(rows: ResolvedRows, cluster: number, window: Window): void {
    const bound: (number | null)[] = [cluster, window.startSeconds, window.durationSeconds];
    for (let at = 0; at < rows.values.length; at += VALUES_A_ROW) {
      for (let place = 0; place < VALUES_A_ROW; place += 1) {
        const value = rows.values[at + place] ?? 0;
        bound[3 + place] = Number.isNaN(value) ? null : value;
      }
      this.#insert.run(...bound);
    }
  }
}

function keyTexts(packed: PackedWindow, ids: readonly number[], row: number): KeyTexts {
  const text = (place: number): number => ids[packed.rowTexts[row * TEXTS_A_ROW + place] ?? 0] ?? 0;
  return {
    kind: packed.rowCodes[row * CODES_A_ROW] ?? 0,
    namespace: text(0),
    pod: text(1),
    node: text(2),
    ownerKind: text(3),
    ownerName: text(4),
    team: text(5),
    zone: text(6),
    provider: text(7),
    nodeZone: text(8),
    instanceType: text(9),
  };
}

function twice(): Failure {
  return new Failure('bad-input', 'The window was not stored: it holds two rows of one pod on one node.', {
    hint: 'This is a fault in Podwatt; please report it with the log.',
  });
}
