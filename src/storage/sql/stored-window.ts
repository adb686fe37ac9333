import type { StoredNodeWindow, StoredRow } from '../../core/ports/results-store.ts';
import type { LedgerEntry, NodeSnapshot, WindowResult } from '../../model/results.ts';

/** What a store found of one window. */
export interface FoundWindow {
  readonly entry: LedgerEntry;
  readonly rows: readonly StoredRow[];
  readonly nodeWindows: readonly StoredNodeWindow[];
  readonly nodeSnapshots: readonly NodeSnapshot[];
}

/** A window as it was written; null where it has no data, or not all of its rows are there any more. */
export function storedWindowOf({ entry, rows, nodeWindows, nodeSnapshots }: FoundWindow): WindowResult | null {
  if (entry.state === 'no-data' || rows.length !== entry.rowCount) return null;
  return {
    entry,
    rows: rows.map(({ startSeconds: _start, durationSeconds: _duration, ...row }) => row),
    nodeWindows: nodeWindows.map(({ startSeconds: _start, durationSeconds: _duration, ...row }) => row),
    nodeSnapshots,
  };
}
