import type { PageFile } from './page-file.ts';
import { readRecord, type StoredValue } from './record.ts';
import { readCell, readTreePage, type TreePage } from './tree-page.ts';

export interface StoredRecord {
  /** Null in an index, and so in a table without row ids. */
  readonly rowId: bigint | null;
  readonly values: readonly StoredValue[];
}

/** What reading trees of a file came upon. */
export class TreeReading {
  /** Pages that were read as part of some tree, or hold the rest of a long record. */
  readonly used = new Set<number>();
  /** Pages and cells that should be there and can't be read. */
  unreadable = 0;
}

/** All records of the tree at `root` that can be read, in the tree's order; damaged pages are passed over. */
export function* readTree(
  file: PageFile,
  root: number,
  kind: 'table' | 'index',
  reading: TreeReading,
): Generator<StoredRecord> {
  const waiting = [root];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const page = reading.used.has(number) ? null : file.page(number);
    const tree = page === null ? null : readTreePage(file, number, page);
    if (page === null || tree === null || tree.kind !== kind) {
      reading.unreadable += 1;
      continue;
    }
    reading.used.add(number);
    // Reversed: what is taken next is the leftmost.
    waiting.push(...[...tree.children].reverse());
    yield* recordsOf(file, page, tree, reading);
  }
}

/** The records of one page. */
export function* recordsOf(
  file: PageFile,
  page: Buffer,
  tree: TreePage,
  reading: TreeReading,
): Generator<StoredRecord> {
  for (const at of tree.cells) {
    const cell = readCell(file, page, tree.kind, at, (number) => reading.used.add(number));
    const values = cell === null ? null : readRecord(cell.payload);
    if (cell === null || values === null) reading.unreadable += 1;
    else yield { rowId: cell.rowId, values };
  }
}
