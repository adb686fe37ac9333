import type { PageFile } from './page-file.ts';
import { readRowId, readVarint } from './record.ts';

const TYPES = { 2: ['index', true], 5: ['table', true], 10: ['index', false], 13: ['table', false] } as const;
const MAX_PAYLOAD_BYTES = 256 * 1024 * 1024;
const HEADER_OF_FILE_BYTES = 100;

/** One page of a table (by row id) or of an index (also of a table without row ids). */
export interface TreePage {
  readonly kind: 'table' | 'index';
  readonly isInterior: boolean;
  /** Of an interior page, in order. */
  readonly children: readonly number[];
  /** Where each cell that may hold a record begins. */
  readonly cells: readonly number[];
}

/** What a page is; null where its head contradicts itself, so that it is no page of a tree. */
export function readTreePage(file: PageFile, number: number, page: Buffer): TreePage | null {
  const head = number === 1 ? HEADER_OF_FILE_BYTES : 0;
  const type = TYPES[page.readUInt8(head) as keyof typeof TYPES];
  if (type === undefined) return null;
  const [kind, isInterior] = type;
  const count = page.readUInt16BE(head + 3);
  const firstPointer = head + (isInterior ? 12 : 8);
  const contentStart = page.readUInt16BE(head + 5) || 65_536;
  if (firstPointer + 2 * count > Math.min(contentStart, file.usableSize)) return null;
  const cells: number[] = [];
  const children: number[] = [];
  for (let place = 0; place < count; place += 1) {
    const cell = page.readUInt16BE(firstPointer + 2 * place);
    if (cell < contentStart || cell > file.usableSize - 4) return null;
    cells.push(isInterior ? cell + 4 : cell);
    if (isInterior) children.push(page.readUInt32BE(cell));
  }
  if (isInterior) children.push(page.readUInt32BE(head + 8));
  if (children.some((child) => child < 2 || child > file.pageCount + file.missingPages)) return null;
  return { kind, isInterior, children, cells: kind === 'table' && isInterior ? [] : cells };
}

export interface Cell {
  readonly rowId: bigint | null;
  readonly payload: Buffer;
}

/** The record of a cell with what of it stands on overflow pages; null where it can't be. */
export function readCell(
  file: PageFile,
  page: Buffer,
  kind: 'table' | 'index',
  at: number,
  onOverflow: (number: number) => void,
): Cell | null {
  const [size, afterSize] = readVarint(page, at);
  if (!(size >= 1 && size <= MAX_PAYLOAD_BYTES)) return null;
  const [rowId, start] = kind === 'table' ? readRowId(page, afterSize) : [null, afterSize];
  const local = localBytes(size, kind, file.usableSize);
  if (start + local > file.usableSize) return null;
  if (local === size) return { rowId, payload: page.subarray(start, start + size) };
  const pieces = [page.subarray(start, start + local)];
  let missing = size - local;
  let next = page.readUInt32BE(start + local);
  while (missing > 0) {
    const overflow = file.page(next);
    if (overflow === null) return null;
    onOverflow(next);
    const piece = overflow.subarray(4, Math.min(file.usableSize, 4 + missing));
    pieces.push(piece);
    missing -= piece.length;
    next = overflow.readUInt32BE(0);
  }
  return { rowId, payload: Buffer.concat(pieces) };
}

/** How much of a record its own page holds ("Cell Payload Overflow Pages" of the format). */
function localBytes(size: number, kind: 'table' | 'index', usable: number): number {
  const most = kind === 'table' ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (size <= most) return size;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (usable - 4));
  return fitting <= most ? fitting : least;
}
