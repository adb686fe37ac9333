import {
  type LedgerEntry,
  type NodeSnapshot,
  type NodeWindowRow,
  type ResultRow,
  ROW_KINDS,
  type WindowResult,
} from '../../model/results.ts';
import type { RowSources } from '../../model/sources.ts';
import { badInput, checkWindow } from '../sql/check-window.ts';
import { KEY_TEXTS, ROW_TEXTS } from '../sql/row-columns.ts';
import { sourceCodeOf } from '../sql/source-code.ts';
import { NUMBERS_A_ROW, packNumbers } from './pack-numbers.ts';

/** Texts a row: its key's, then its own. */
export const TEXTS_A_ROW = KEY_TEXTS.length + ROW_TEXTS.length;
/** Codes a row: row_kind, sources, is_estimated. */
export const CODES_A_ROW = 3;

/**
 * A window on its way to the writing thread: buffers that change hands without a copy, most texts once. `texts[0]`
 * stands for "none".
 */
export interface PackedWindow {
  readonly entry: LedgerEntry;
  readonly epoch: number;
  readonly texts: readonly string[];
  readonly rowTexts: Uint32Array<ArrayBuffer>;
  readonly rowCodes: Uint32Array<ArrayBuffer>;
  readonly rowNumbers: Float64Array<ArrayBuffer>;
  readonly nodeWindows: readonly NodeWindowRow[];
  readonly nodeSnapshots: readonly NodeSnapshot[];
}

/** Checks a window and packs it. Throws `Failure` bad-input for numbers that could not be kept exactly, and the like. */
export function packWindow(result: WindowResult, epoch: number): PackedWindow {
  const { entry, rows } = result;
  checkWindow(result, epoch);
  const texts = new TextTable();
  const rowTexts = new Uint32Array(rows.length * TEXTS_A_ROW);
  const rowCodes = new Uint32Array(rows.length * CODES_A_ROW);
  const rowNumbers = new Float64Array(rows.length * NUMBERS_A_ROW);
  let sources: RowSources | null = null;
  let sourceCode = 0;
  rows.forEach((row, index) => {
    if (row.clusterId !== entry.clusterId) throw badInput('a row names another cluster than its window');
    packTexts(row, texts, rowTexts, index * TEXTS_A_ROW);
    packNumbers(row, rowNumbers, index * NUMBERS_A_ROW);
    // Rows of one window often share what their sources are.
    if (row.sources !== sources) {
      sources = row.sources;
      sourceCode = sourceCodeOf(sources);
    }
    const at = index * CODES_A_ROW;
    rowCodes[at] = ROW_KINDS.indexOf(row.rowKind);
    rowCodes[at + 1] = sourceCode;
    rowCodes[at + 2] = row.isEstimated ? 1 : 0;
  });
  const { nodeWindows, nodeSnapshots } = result;
  return { entry, epoch, texts: texts.all, rowTexts, rowCodes, rowNumbers, nodeWindows, nodeSnapshots };
}

/** The buffers that change hands. */
export function transferOf(packed: PackedWindow): ArrayBuffer[] {
  return [packed.rowTexts.buffer, packed.rowCodes.buffer, packed.rowNumbers.buffer];
}

class TextTable {
  readonly all: string[] = [''];
  readonly #places = new Map<string, number>();
  readonly #lists = new Map<readonly string[], number>();
  readonly #last = new Array<string | null>(TEXTS_A_ROW).fill(null);
  readonly #lastPlaces = new Uint32Array(TEXTS_A_ROW);

  /** Of a text in a column: that of the row before, most of the time. */
  placeIn(column: number, text: string | null): number {
    if (text === this.#last[column]) return this.#lastPlaces[column] ?? 0;
    const place = this.#placeOf(text);
    this.#last[column] = text;
    this.#lastPlaces[column] = place;
    return place;
  }

  /** Rows of one window often share one list of reasons: its JSON is written once. */
  placeOfList(list: readonly string[]): number {
    const known = this.#lists.get(list);
    if (known !== undefined) return known;
    const place = this.#placeOf(JSON.stringify(list));
    this.#lists.set(list, place);
    return place;
  }

  /** Of a text that is another in nearly every row: looking for it among the others finds nothing. */
  placeOfOwn(text: string | null): number {
    return text === null ? 0 : this.all.push(text) - 1;
  }

  #placeOf(text: string | null): number {
    if (text === null) return 0;
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const place = this.all.push(text) - 1;
    this.#places.set(text, place);
    return place;
  }
}

function packTexts(row: ResultRow, texts: TextTable, into: Uint32Array, at: number): void {
  into[at] = texts.placeIn(0, row.namespace);
  into[at + 1] = texts.placeOfOwn(row.podName);
  into[at + 2] = texts.placeIn(2, row.node);
  into[at + 3] = texts.placeIn(3, row.ownerKind);
  into[at + 4] = texts.placeIn(4, row.ownerName);
  into[at + 5] = texts.placeIn(5, row.team);
  into[at + 6] = texts.placeIn(6, row.emapsZone);
  into[at + 7] = texts.placeIn(7, row.provider);
  into[at + 8] = texts.placeIn(8, row.nodeZone);
  into[at + 9] = texts.placeIn(9, row.nodeInstanceType);
  into[at + 10] = texts.placeOfOwn(row.podUid);
  into[at + 11] = texts.placeOfList(row.estimationReasons);
  into[at + 12] = texts.placeIn(12, row.calculationVersion);
}
