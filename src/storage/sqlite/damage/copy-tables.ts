import type Database from 'better-sqlite3';
import type { Roots } from './find-roots.ts';
import { freePages } from './free-pages.ts';
import type { PageFile } from './page-file.ts';
import { readTree, recordsOf, type StoredRecord, TreeReading } from './read-tree.ts';
import { narrow, type StoredValue } from './record.ts';
import { fits, type TableShape } from './table-shapes.ts';
import { readTreePage } from './tree-page.ts';

const ROWS_A_TRANSACTION = 20_000;
/** Shorter records look alike: which table a page without a tree belongs to would be a guess. */
const LEAST_COLUMNS_OF_STRAYS = 8;

/** Tables of which parts could not be read. */
export type DamagedTables = ReadonlySet<string>;

/**
 * Copies every record of the damaged file that can be read into the tables of the new one. Records that the new
 * table refuses, as a value has a wrong type, count as unreadable.
 */
export function copyTables(
  file: PageFile,
  roots: Roots,
  shapes: readonly TableShape[],
  target: Database.Database,
): DamagedTables {
  const damaged = new Set<string>();
  const reading = new TreeReading();
  for (const shape of shapes) {
    const root = roots.tables.get(shape.name);
    const before = reading.unreadable;
    const put = inserter(target, shape);
    const refused = root === undefined ? 1 : insertAll(target, put, readTree(file, root, shape.kind, reading));
    if (refused > 0 || reading.unreadable > before) damaged.add(shape.name);
  }
  if (damaged.size > 0)
    copyStrays(
      file,
      roots,
      shapes.filter(({ name }) => damaged.has(name)),
      target,
      reading,
    );
  return damaged;
}

/** Pages whose parent is damaged hang on no tree any more, and are known by what they hold. */
function copyStrays(
  file: PageFile,
  roots: Roots,
  shapes: readonly TableShape[],
  target: Database.Database,
  reading: TreeReading,
): void {
  const free = freePages(file);
  if (free === null) return;
  for (const root of roots.indexes) for (const _ of readTree(file, root, 'index', reading));
  const hasPointerMaps = file.page(1)?.readUInt32BE(52) !== 0;
  const candidates = shapes.filter(({ columns }) => columns.length >= LEAST_COLUMNS_OF_STRAYS);
  for (let number = 2; number <= file.pageCount; number += 1) {
    if (reading.used.has(number) || free.has(number) || (hasPointerMaps && isPointerMap(file, number))) continue;
    const page = file.page(number);
    const tree = page === null ? null : readTreePage(file, number, page);
    if (page === null || tree === null || tree.cells.length === 0) continue;
    const mine = new TreeReading();
    const records = [...recordsOf(file, page, tree, mine)];
    const [shape, ...others] = candidates.filter(
      (each) => each.kind === tree.kind && records.every(({ values }) => fits(each, values)),
    );
    if (mine.unreadable === 0 && shape !== undefined && others.length === 0) {
      insertAll(target, inserter(target, shape), records);
    }
  }
}

/** Every so many pages there is one that tells the parents of those behind it; it can look like anything. */
function isPointerMap(file: PageFile, number: number): boolean {
  return (number - 2) % (Math.floor(file.usableSize / 5) + 1) === 0;
}

/** False where the table refuses the record. */
type Put = (record: StoredRecord) => boolean;

function inserter(target: Database.Database, { name, columns }: TableShape): Put {
  const written = columns.map((column, place) => ({ column, place })).filter(({ column }) => !column.isGenerated);
  const statements = new Map<number, Database.Statement<StoredValue[]>>();
  return ({ rowId, values }) => {
    // A record from before a column was added is shorter; the table's default stands in.
    const present = written.filter(({ place }) => place < values.length);
    let statement = statements.get(present.length);
    if (statement === undefined) {
      const names = present.map(({ column }) => `"${column.name}"`).join(', ');
      statement = target.prepare(
        `INSERT OR IGNORE INTO "${name}" (${names}) VALUES (${present.map(() => '?').join(', ')})`,
      );
      statements.set(present.length, statement);
    }
    const bound = present.map(({ column, place }) =>
      column.isRowId && rowId !== null ? narrow(rowId) : (values[place] ?? null),
    );
    try {
      // A second record of a key is passed over, such as one that each new file has already.
      statement.run(...bound);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')) return false;
      throw error;
    }
  };
}

/** Inserts in pieces; answers how many were refused. */
function insertAll(target: Database.Database, put: Put, records: Iterable<StoredRecord>): number {
  let refused = 0;
  let inPiece = 0;
  target.exec('BEGIN IMMEDIATE');
  for (const record of records) {
    if (!put(record)) refused += 1;
    inPiece += 1;
    if (inPiece % ROWS_A_TRANSACTION === 0) target.exec('COMMIT; BEGIN IMMEDIATE');
  }
  target.exec('COMMIT');
  return refused;
}
