import { createHash } from 'node:crypto';
import type { ResultRow, WindowResult } from '../../model/results.ts';
import { badInput, checkWindow, describeNumber, isStorable } from '../sql/check-window.ts';
import { isoOf } from './instants.ts';
import { rowDocument } from './row-document.ts';

/** A window that can be stored as it is. */
export interface WindowContent {
  readonly result: WindowResult;
  /** In the order of their places, whatever order they came in. */
  readonly rows: readonly ResultRow[];
  /** Of everything but the time of closing. */
  readonly hash: string;
}

/** Checks a window. Throws `Failure` bad-input for what could not be kept exactly, and for two rows of one place. */
export function contentOf(result: WindowResult, epoch: number): WindowContent {
  checkWindow(result, epoch);
  const { clusterId, window } = result.entry;
  const placed = result.rows.map((row) => ({ row, place: placeOf(row) }));
  placed.sort((left, right) => (left.place < right.place ? -1 : 1));
  const { closedAtSeconds: _, ...entry } = result.entry;
  const hash = createHash('sha256').update(JSON.stringify([entry, result.nodeWindows, result.nodeSnapshots]));
  const timestamp = isoOf(window.startSeconds);
  placed.forEach(({ row, place }, index) => {
    if (place === placed[index - 1]?.place) {
      throw badInput(`${row.namespace}/${row.podName} has two rows on node ${row.node}`);
    }
    checkRow(row, clusterId);
    hash.update(JSON.stringify(rowDocument(row, window, timestamp, '')));
  });
  return { result, rows: placed.map(({ row }) => row), hash: hash.digest('base64url') };
}

/** What there is one row of in a window. */
export function placeOf({ namespace, podName, node }: ResultRow): string {
  return JSON.stringify([namespace, podName, node]);
}

function checkRow(row: ResultRow, clusterId: string): void {
  if (row.clusterId !== clusterId) throw badInput('a row names another cluster than its window');
  for (const [field, value] of Object.entries(row)) {
    if (typeof value === 'number' && !isStorable(value)) {
      throw badInput(`${field} of ${row.namespace}/${row.podName} is ${describeNumber(value)}`);
    }
  }
}
