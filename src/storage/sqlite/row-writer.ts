import type Database from 'better-sqlite3';
import { Failure } from '../../model/failure.ts';
import type { Window } from '../../model/time.ts';
import type { Dictionary, KeyTexts } from './dictionary.ts';
import { CODES_A_ROW, NUMBERS_A_ROW, type PackedWindow, TEXTS_A_ROW } from './packed-window.ts';
import { KEY_TEXTS, ROW_NUMBERS } from './row-columns.ts';

/** Rows of one window with their ids, in the order of their keys. */
export interface ResolvedRows {
  readonly count: number;
  readonly keys: ReadonlySet<number>;
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
const VALUES_A_ROW = COLUMNS.length - 3;

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
    const places = new Set<string>();
    const podKeys: number[] = [];
    for (let row = 0; row < count; row += 1) {
      const key = this.#dictionary.podKey(cluster, keyTexts(packed, ids, row));
      if (places.has(key.place)) throw twice();
      places.add(key.place);
      podKeys.push(key.pod);
    }
    // In the order of the table's key: fast to insert, and the same content is the same digest.
    const order = podKeys.map((_, row) => row).sort((left, right) => (podKeys[left] ?? 0) - (podKeys[right] ?? 0));
    const values = new Float64Array(count * VALUES_A_ROW);
    order.forEach((row, place) => {
      let at = place * VALUES_A_ROW;
      const put = (value: number | undefined): void => {
        values[at] = value ?? 0;
        at += 1;
      };
      put(podKeys[row]);
      for (let own = KEY_TEXTS.length; own < TEXTS_A_ROW; own += 1)
        put(ids[packed.rowTexts[row * TEXTS_A_ROW + own] ?? 0]);
      put(packed.rowCodes[row * CODES_A_ROW + 1]);
      put(packed.rowCodes[row * CODES_A_ROW + 2]);
      for (let number = 0; number < NUMBERS_A_ROW; number += 1) put(packed.rowNumbers[row * NUMBERS_A_ROW + number]);
    });
    return { count, keys: new Set(podKeys), values };
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
