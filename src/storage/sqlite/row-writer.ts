import type Database from 'better-sqlite3';
import { Failure } from '../../model/failure.ts';
import type { Window } from '../../model/time.ts';
import { KEY_TEXTS, OPTIONAL_ROW_NUMBERS, ROW_NUMBERS } from '../sql/row-columns.ts';
import type { Dictionary, KeyIds } from './dictionary.ts';
import { NUMBERS_A_ROW } from './pack-numbers.ts';
import { CODES_A_ROW, type PackedWindow, TEXTS_A_ROW } from './packed-window.ts';
import { RowInsert } from './row-insert.ts';
import { SeenPlaces } from './seen-places.ts';

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
  ...OPTIONAL_ROW_NUMBERS.map(([column]) => column),
  'grid_intensity_at_seconds',
];
/** Values a row. */
export const VALUES_A_ROW = COLUMNS.length - 3;
/** Place of the code of sources among the values of a row. */
export const SOURCES_VALUE = COLUMNS.indexOf('sources') - 3;
/** Place of the first of ROW_NUMBERS. */
export const FIRST_NUMBER = COLUMNS.indexOf(ROW_NUMBERS[0][0]) - 3;

const OWN_TEXTS = TEXTS_A_ROW - KEY_TEXTS.length;
const MARKET_VALUE = COLUMNS.indexOf('co2e_market_grams') - 3;
const LOCATION_VALUE = COLUMNS.indexOf('co2e_grams') - 3;

/** Puts rows of a window into `result_rows`, and takes them out. */
export class RowWriter {
  readonly #dictionary: Dictionary;
  readonly #seen = new SeenPlaces();
  readonly #insert: RowInsert;
  readonly #keysOf: Database.Statement<[number, number], number>;
  readonly #remove: Database.Statement<[number, number]>;

  constructor(database: Database.Database, dictionary: Dictionary) {
    this.#dictionary = dictionary;
    this.#insert = new RowInsert(database, 'result_rows', COLUMNS);
    this.#keysOf = database
      .prepare<[number, number], number>('SELECT key_id FROM result_rows WHERE cluster_key = ? AND start_seconds = ?')
      .pluck();
    this.#remove = database.prepare('DELETE FROM result_rows WHERE cluster_key = ? AND start_seconds = ?');
  }

  /** Finds or makes the ids of all texts and keys. Throws `Failure` bad-input for two rows of one pod and node. */
  resolve(packed: PackedWindow, cluster: number): ResolvedRows {
    const count = packed.rowTexts.length / TEXTS_A_ROW;
    const ids = this.#dictionary.textIds(packed.texts);
    const found: KeyIds[] = [];
    const seen = this.#seen.next();
    for (let row = 0; row < count; row += 1) {
      const kind = packed.rowCodes[row * CODES_A_ROW] ?? 0;
      const key = this.#dictionary.podKeyAt(cluster, kind, ids, packed.rowTexts, row * TEXTS_A_ROW);
      if (seen.wasThere(key.place)) throw twice();
      found.push(key);
    }
    const keys: KeyIds[] = [];
    const values = new Float64Array(count * VALUES_A_ROW);
    for (const row of inKeyOrder(found)) {
      const key = found[row];
      if (key === undefined) continue;
      fillValues(values, keys.length * VALUES_A_ROW, packed, row, key.pod, ids);
      keys.push(key);
    }
    return { count, keys, values };
  }

  /** Removes the rows of a window; answers their keys. */
  remove(cluster: number, startSeconds: number): readonly number[] {
    const keys = this.#keysOf.all(cluster, startSeconds);
    this.#remove.run(cluster, startSeconds);
    return keys;
  }

  insert(rows: ResolvedRows, cluster: number, window: Window): void {
    // What is hashed and summed up stays as it is.
    const kept = rows.values.slice();
    for (let at = 0; at < kept.length; at += VALUES_A_ROW) {
      // Grams by contracts are left out where they are those of the grid: null takes one byte in place of nine.
      if (kept[at + MARKET_VALUE] === kept[at + LOCATION_VALUE]) kept[at + MARKET_VALUE] = Number.NaN;
    }
    this.#insert.run([cluster, window.startSeconds, window.durationSeconds], kept);
  }
}

/** Rows in the order of the table's key: fast to insert, and the same content is the same digest. */
function inKeyOrder(keys: readonly KeyIds[]): Iterable<number> {
  const { length } = keys;
  const ranks = Float64Array.from(keys, ({ pod }, row) => pod * length + row);
  return ranks.sort().map((rank) => rank % length);
}

function fillValues(
  values: Float64Array,
  at: number,
  packed: PackedWindow,
  row: number,
  pod: number,
  ids: Uint32Array,
): void {
  values[at] = pod;
  const texts = row * TEXTS_A_ROW + KEY_TEXTS.length;
  for (let text = 0; text < OWN_TEXTS; text += 1) values[at + 1 + text] = ids[packed.rowTexts[texts + text] ?? 0] ?? 0;
  values[at + SOURCES_VALUE] = packed.rowCodes[row * CODES_A_ROW + 1] ?? 0;
  values[at + SOURCES_VALUE + 1] = packed.rowCodes[row * CODES_A_ROW + 2] ?? 0;
  const from = row * NUMBERS_A_ROW;
  for (let place = 0; place < NUMBERS_A_ROW; place += 1) {
    values[at + FIRST_NUMBER + place] = packed.rowNumbers[from + place] ?? 0;
  }
}

function twice(): Failure {
  return new Failure('bad-input', 'The window was not stored: it holds two rows of one pod on one node.', {
    hint: 'This is a fault in Podwatt; please report it with the log.',
  });
}
