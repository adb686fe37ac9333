import type { RowsPage, StoredRow } from '../../core/ports/results-store.ts';
import { Failure } from '../../model/failure.ts';
import type { TimeRange } from '../../model/time.ts';
import { FINE_RANGE_SECONDS } from '../ranges/resolve-range.ts';

/** Where a page of rows goes on: rows come window by window, so the rest is what starts from a window on. */
export interface RowsPlace {
  readonly range: TimeRange;
  /** Rows of the first window that were given already. */
  readonly skip: number;
}

/** @throws Failure 'bad-input' where it isn't one that Podwatt gave */
export function placeOf(cursor: string): RowsPlace {
  const match = /^rows-(\d{1,11})-(\d{1,11})-(\d{1,7})$/.exec(cursor);
  const [startSeconds, endSeconds, skip] = (match ?? []).slice(1).map(Number);
  const isGood = startSeconds !== undefined && endSeconds !== undefined && skip !== undefined;
  if (!isGood || startSeconds >= endSeconds || endSeconds - startSeconds > FINE_RANGE_SECONDS) {
    throw new Failure('bad-input', 'cursor is not one that Podwatt gave: take next_cursor of the answer before');
  }
  return { range: { startSeconds, endSeconds }, skip };
}

/** The cursor after a page; null after the last one. The end of the range stays, so that pages fit together. */
export function cursorAfter(page: RowsPage, { range, skip }: RowsPlace): string | null {
  const last = page.rows.at(-1);
  const isLast = !page.totalIsLowerBound && skip + page.rows.length >= page.total;
  if (last === undefined || isLast) return null;
  const { startSeconds } = last;
  const isOneWindow = startSeconds === range.startSeconds;
  const given = page.rows.filter((row: StoredRow) => row.startSeconds === startSeconds).length;
  return `rows-${startSeconds}-${range.endSeconds}-${given + (isOneWindow ? skip : 0)}`;
}
