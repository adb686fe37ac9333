import type { PageFile } from './page-file.ts';
import { readTree, TreeReading } from './read-tree.ts';
import { fits, type TableShape } from './table-shapes.ts';

export interface Roots {
  /** First page of each table, by name. */
  readonly tables: ReadonlyMap<string, number>;
  /** First pages of indexes. */
  readonly indexes: readonly number[];
}

/** What the file itself says of where its tables begin; empty where that can't be read. */
export function rootsInFile(file: PageFile): Roots {
  const tables = new Map<string, number>();
  const indexes: number[] = [];
  for (const { values } of readTree(file, 1, 'table', new TreeReading())) {
    const [type, name, , root] = values;
    if (typeof name !== 'string' || typeof root !== 'number' || root < 1) continue;
    if (type === 'table') tables.set(name, root);
    if (type === 'index') indexes.push(root);
  }
  return { tables, indexes };
}

/**
 * Where the first pages of a file are lost, its tables can still be where a new file (or one that was just vacuumed) has
 * them, as the same statements made it. Answers the layout of which every table that has records fits; null if none does.
 */
export function fittingLayout(file: PageFile, layouts: readonly (readonly TableShape[])[]): Roots | null {
  for (const layout of layouts) {
    const found = layout.map((shape) => firstRecordFits(file, shape));
    if (!found.includes('differs') && found.includes('fits')) {
      return { tables: new Map(layout.map(({ name, rootPage }) => [name, rootPage])), indexes: [] };
    }
  }
  return null;
}

function firstRecordFits(file: PageFile, shape: TableShape): 'fits' | 'empty' | 'differs' {
  const reading = new TreeReading();
  for (const { values } of readTree(file, shape.rootPage, shape.kind, reading)) {
    return fits(shape, values) ? 'fits' : 'differs';
  }
  return 'empty';
}
