import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readWal, type WalPages } from './wal-pages.ts';

const MAGIC = 'SQLite format 3\0';
/** The page size that `openForWriting` gives new files. */
const OWN_PAGE_SIZE = 8192;

/**
 * The pages of a database file with its write-ahead log, read without the library: it gives up where a page is damaged,
 * this goes on behind it. Format: https://www.sqlite.org/fileformat2.html
 */
export class PageFile {
  readonly pageSize: number;
  /** Bytes of a page that hold content. */
  readonly usableSize: number;
  readonly pageCount: number;
  readonly hasHeader: boolean;
  /** Pages that the header promises and the file (with its log) lacks. */
  readonly missingPages: number;
  readonly #file: number;
  readonly #walFile: number | null;
  readonly #wal: WalPages | null;

  /** Throws what the system says where the file can't be read. */
  constructor(file: string) {
    this.#file = openSync(file, 'r');
    this.#walFile = openIfThere(`${file}-wal`);
    const wal = this.#walFile === null ? null : readWal(this.#walFile);
    const header = this.#header(wal);
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
    this.hasHeader = header.toString('latin1', 0, 16) === MAGIC && isPowerOfTwo(pageSize);
    this.pageSize = this.hasHeader ? pageSize : (wal?.pageSize ?? OWN_PAGE_SIZE);
    this.usableSize = this.pageSize - (this.hasHeader ? header.readUInt8(20) : 0);
    this.#wal = wal?.pageSize === this.pageSize ? wal : null;
    const inFile = Math.floor(fstatSync(this.#file).size / this.pageSize);
    const promised = this.hasHeader ? header.readUInt32BE(28) : 0;
    this.pageCount = Math.max(inFile, this.#wal?.pageCount ?? 0);
    this.missingPages = Math.max(0, promised - this.pageCount);
  }

  /** A page as it was committed last; null where the file ends before it. */
  page(number: number): Buffer | null {
    if (number < 1 || number > this.pageCount) return null;
    const bytes = Buffer.alloc(this.pageSize);
    const inWal = this.#wal?.offsets.get(number);
    const read =
      inWal !== undefined && this.#walFile !== null
        ? readSync(this.#walFile, bytes, 0, this.pageSize, inWal)
        : readSync(this.#file, bytes, 0, this.pageSize, (number - 1) * this.pageSize);
    return read < this.pageSize ? null : bytes;
  }

  close(): void {
    closeSync(this.#file);
    if (this.#walFile !== null) closeSync(this.#walFile);
  }

  #header(wal: WalPages | null): Buffer {
    const bytes = Buffer.alloc(100);
    const inWal = wal?.offsets.get(1);
    if (inWal !== undefined && this.#walFile !== null) readSync(this.#walFile, bytes, 0, 100, inWal);
    else readSync(this.#file, bytes, 0, 100, 0);
    return bytes;
  }
}

function openIfThere(file: string): number | null {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function isPowerOfTwo(pageSize: number): boolean {
  return pageSize >= 512 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0;
}
