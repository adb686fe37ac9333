import { formatDay } from '../format/time.ts';
import type { StackData } from './stack.ts';

/** Where the reader of a chart stands: a bucket, and a series in it when one is picked. */
export interface Cursor {
  readonly index: number;
  readonly seriesKey: string | null;
}

/** What a key means to a chart. */
export type KeyDeed =
  | { readonly kind: 'move'; readonly cursor: Cursor }
  | { readonly kind: 'drill'; readonly cursor: Cursor }
  | { readonly kind: 'explain'; readonly cursor: Cursor }
  | { readonly kind: 'leave' };

/** Order in the hover card: names by amount, then Other, System, Unallocated as they stand in the stack. */
export function cardOrder(data: StackData, index: number): string[] {
  const amount = (key: string): number => data.series.find((series) => series.key === key)?.values[index] ?? 0;
  const names = data.series.filter((series) => series.kind === 'named').map((series) => series.key);
  const own = data.series.filter((series) => series.kind !== 'named').map((series) => series.key);
  return data.kind === 'power'
    ? data.series.map((series) => series.key)
    : [...names.toSorted((a, b) => amount(b) - amount(a)), ...own];
}

/** ←/→ one bucket, Shift a day, Home and End the ends, ↑/↓ a series, Enter drills, E explains, Esc leaves; null for other keys. */
export function readKey(
  data: StackData,
  cursor: Cursor | null,
  key: string,
  shift: boolean,
  tz: string,
): KeyDeed | null {
  const last = data.buckets.length - 1;
  if (last < 0) return null;
  const to = (index: number): KeyDeed => ({ kind: 'move', cursor: { index, seriesKey: cursor?.seriesKey ?? null } });
  switch (key) {
    case 'ArrowLeft':
      return to(cursor === null ? last : shift ? dayBefore(data, cursor.index, tz) : Math.max(0, cursor.index - 1));
    case 'ArrowRight':
      return to(cursor === null ? 0 : shift ? dayAfter(data, cursor.index, tz) : Math.min(last, cursor.index + 1));
    case 'Home':
      return to(0);
    case 'End':
      return to(last);
    case 'ArrowUp':
    case 'ArrowDown':
      return cursor === null
        ? to(last)
        : { kind: 'move', cursor: pickSeries(data, cursor, key === 'ArrowDown' ? 1 : -1) };
    case 'Enter':
      return cursor === null ? to(last) : { kind: 'drill', cursor };
    case 'e':
    case 'E':
      return cursor === null ? null : { kind: 'explain', cursor };
    case 'Escape':
      return cursor === null ? null : { kind: 'leave' };
    default:
      return null;
  }
}

function pickSeries(data: StackData, cursor: Cursor, step: number): Cursor {
  const order = cardOrder(data, cursor.index);
  const at = cursor.seriesKey === null ? -1 : order.indexOf(cursor.seriesKey);
  const next = at === -1 && step < 0 ? order.length - 1 : at + step;
  return { index: cursor.index, seriesKey: order[next] ?? null };
}

/** Start of the day of this bucket, or of the day before if the bucket is the first of its day. */
function dayBefore(data: StackData, index: number, tz: string): number {
  const day = (at: number): string => formatDay(data.buckets[at]?.startMs ?? 0, tz);
  let at = Math.max(0, index - 1);
  const target = day(at);
  while (at > 0 && day(at - 1) === target) at -= 1;
  return at;
}

function dayAfter(data: StackData, index: number, tz: string): number {
  const day = (at: number): string => formatDay(data.buckets[at]?.startMs ?? 0, tz);
  const today = day(index);
  let at = index;
  while (at < data.buckets.length - 1 && day(at) === today) at += 1;
  return at;
}
