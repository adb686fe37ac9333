import { readSync } from 'node:fs';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC = 0x377f0682;

/** Pages that are committed in a write-ahead log: where the newest version of each begins in the log. */
export interface WalPages {
  readonly offsets: ReadonlyMap<number, number>;
  /** Pages of the database after the last commit; 0 where there is none. */
  readonly pageCount: number;
  readonly pageSize: number;
}

/**
 * Reads a write-ahead log up to the first frame whose checksum is wrong, as SQLite does (https://www.sqlite.org/walformat.html);
 * what comes after the last commit doesn't count. Null where the file is no log.
 */
export function readWal(descriptor: number): WalPages | null {
  const header = Buffer.alloc(HEADER_BYTES);
  if (readSync(descriptor, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return null;
  const magic = header.readUInt32BE(0);
  if (magic !== MAGIC && magic !== MAGIC + 1) return null;
  const isBigEndian = magic === MAGIC + 1;
  const pageSize = header.readUInt32BE(8);
  let sums = checksum(header, 0, 24, [0, 0], isBigEndian);
  if (sums[0] !== header.readUInt32BE(24) || sums[1] !== header.readUInt32BE(28)) return null;
  const committed = new Map<number, number>();
  let pending: [number, number][] = [];
  let pageCount = 0;
  const frame = Buffer.alloc(FRAME_HEADER_BYTES + pageSize);
  for (let offset = HEADER_BYTES; ; offset += frame.length) {
    if (readSync(descriptor, frame, 0, frame.length, offset) < frame.length) break;
    // The salts of an older round end the log.
    if (frame.compare(header, 16, 24, 8, 16) !== 0) break;
    sums = checksum(frame, 0, 8, sums, isBigEndian);
    sums = checksum(frame, FRAME_HEADER_BYTES, frame.length, sums, isBigEndian);
    if (sums[0] !== frame.readUInt32BE(16) || sums[1] !== frame.readUInt32BE(20)) break;
    pending.push([frame.readUInt32BE(0), offset + FRAME_HEADER_BYTES]);
    const pagesAfterCommit = frame.readUInt32BE(4);
    if (pagesAfterCommit === 0) continue;
    for (const [page, at] of pending) committed.set(page, at);
    pending = [];
    pageCount = pagesAfterCommit;
  }
  return { offsets: committed, pageCount, pageSize };
}

type Sums = readonly [number, number];

function checksum(bytes: Buffer, from: number, to: number, start: Sums, isBigEndian: boolean): Sums {
  let [first, second] = start;
  for (let at = from; at < to; at += 8) {
    const left = isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    const right = isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    first = (first + left + second) >>> 0;
    second = (second + right + first) >>> 0;
  }
  return [first, second];
}
