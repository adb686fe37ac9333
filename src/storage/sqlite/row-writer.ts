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
  /** Values of each row after cluster, start: key, duration and the rest are bound in `insert`. */
  readonly values: readonly (readonly (number | null)[])[];
  /** The content, independent of the order in which rows came. */
  readonly digest: Uint8Array;
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
const OWN_TEXTS = TEXTS_A_ROW - KEY_TEXTS.length;

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
    const keys = new Set<number>();
    const values: (number | null)[][] = [];
    for (let row = 0; row < count; row += 1) {
      const text = (place: number): number => ids[packed.rowTexts[row * TEXTS_A_ROW + place] ?? 0] ?? 0;
      const key = this.#dictionary.podKey(cluster, keyTexts(text, packed.rowCodes[row * CODES_A_ROW] ?? 0));
      if (places.has(key.place)) throw twice();
      places.add(key.place);
      keys.add(key.pod);
      const value: (number | null)[] = [key.pod];
      for (let own = 0; own < OWN_TEXTS; own += 1) value.push(text(KEY_TEXTS.length + own));
      value.push(packed.rowCodes[row * CODES_A_ROW + 1] ?? 0, packed.rowCodes[row * CODES_A_ROW + 2] ?? 0);
      for (let place = 0; place < NUMBERS_A_ROW; place += 1) {
        const number = packed.rowNumbers[row * NUMBERS_A_ROW + place] ?? 0;
        value.push(Number.isNaN(number) ? null : number);
      }
      values.push(value);
    }
    // In the order of the table's key: fast to insert, and the same content is the same digest.
    values.sort((left, right) => (left[0] ?? 0) - (right[0] ?? 0));
    return { count, keys, values, digest: digestOf(values) };
  }

  /** Removes the rows of a window; answers their keys. */
  remove(cluster: number, startSeconds: number): readonly number[] {
    const keys = this.#keysOf.all(cluster, startSeconds);
    this.#remove.run(cluster, startSeconds);
    return keys;
  }

  insert(rows: ResolvedRows, cluster: number, window: Window): void {
    for (const values of rows.values) {
      this.#insert.run(cluster, window.startSeconds, window.durationSeconds, ...values);
    }
  }
}

function keyTexts(text: (place: number) => number, kind: number): KeyTexts {
  return {
    kind,
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

function digestOf(values: readonly (readonly (number | null)[])[]): Uint8Array {
  const numbers = new Float64Array(values.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of values) {
    for (const value of row) {
      numbers[at] = value ?? Number.NaN;
      at += 1;
    }
  }
  return new Uint8Array(numbers.buffer);
}

function twice(): Failure {
  return new Failure('bad-input', 'The window was not stored: it holds two rows of one pod on one node.', {
    hint: 'This is a fault in Podwatt; please report it with the log.',
  });
}
