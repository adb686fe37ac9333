import { ceilTo, type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';

const HOUR = 3600;
const DAY = 86_400;

/** Where the sums of a piece of time are read: the rows themselves, or a roll-up. */
export type Level = 'row' | 'hour' | 'day';

/** A part of one bucket that one table answers exactly. */
export interface Piece {
  readonly level: Level;
  /** Index of the bucket in the question. */
  readonly bucket: number;
  readonly startSeconds: EpochSeconds;
  readonly endSeconds: EpochSeconds;
}

/**
 * Cuts ranges into whole UTC days, whole hours and the rest, so that each part is read from the coarsest table that is
 * exact for it. As a window never crosses an hour and belongs where it starts, the parts add up to the range.
 */
export function piecesOf(buckets: readonly TimeRange[]): readonly Piece[] {
  const pieces: Piece[] = [];
  buckets.forEach((range, bucket) => {
    cut(pieces, bucket, range.startSeconds, range.endSeconds, 'day');
  });
  return pieces;
}

function cut(pieces: Piece[], bucket: number, start: EpochSeconds, end: EpochSeconds, level: Level): void {
  if (start >= end) return;
  if (level === 'row') {
    pieces.push({ level, bucket, startSeconds: start, endSeconds: end });
    return;
  }
  const step = level === 'day' ? DAY : HOUR;
  const finer = level === 'day' ? 'hour' : 'row';
  const first = ceilTo(start, step);
  const last = floorTo(end, step);
  if (first >= last) {
    cut(pieces, bucket, start, end, finer);
    return;
  }
  cut(pieces, bucket, start, first, finer);
  pieces.push({ level, bucket, startSeconds: first, endSeconds: last });
  cut(pieces, bucket, last, end, finer);
}
