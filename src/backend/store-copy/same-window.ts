import { isDeepStrictEqual } from 'node:util';
import type { LedgerEntry, WindowResult } from '../../model/results.ts';
import { windowEndSeconds } from '../../model/time.ts';

/** True where both say the same of a window, to the last bit, in whatever order their stores answer. */
export function isSameWindow(left: WindowResult, right: WindowResult): boolean {
  return isDeepStrictEqual(inOrder(left), inOrder(right));
}

/** True where two ledgers close a window alike. */
export function isSameEntry(left: LedgerEntry, right: LedgerEntry): boolean {
  return isDeepStrictEqual(left, right);
}

export function overlaps({ window: left }: LedgerEntry, { window: right }: LedgerEntry): boolean {
  return left.startSeconds < windowEndSeconds(right) && right.startSeconds < windowEndSeconds(left);
}

function inOrder({ entry, rows, nodeWindows, nodeSnapshots }: WindowResult): WindowResult {
  return {
    entry,
    rows: sortedBy(rows, ({ namespace, podName, node }) => JSON.stringify([namespace, podName, node])),
    nodeWindows: sortedBy(nodeWindows, ({ node }) => node),
    nodeSnapshots: sortedBy(nodeSnapshots, ({ name }) => name),
  };
}

function sortedBy<Item>(items: readonly Item[], placeOf: (item: Item) => string): readonly Item[] {
  const placed = items.map((item) => ({ item, place: placeOf(item) }));
  return placed.sort((left, right) => (left.place < right.place ? -1 : 1)).map(({ item }) => item);
}
