import type Database from 'better-sqlite3';
import type { LedgerEntry } from '../../model/results.ts';
import type { TimeRange } from '../../model/time.ts';
import { entryOf } from '../sql/ledger-line.ts';

const SELECT =
  'SELECT c.cluster_id, l.* FROM ledger l JOIN cluster_keys c ON c.id = l.cluster_key WHERE c.cluster_id = ?';

/** Entries whose window starts in the range, by start. */
export function readLedger(
  database: Database.Database,
  { clusterId, range }: { readonly clusterId: string; readonly range: TimeRange },
): readonly LedgerEntry[] {
  return database
    .prepare(`${SELECT} AND l.start_seconds >= ? AND l.start_seconds < ? ORDER BY l.start_seconds`)
    .all(clusterId, range.startSeconds, range.endSeconds)
    .map(entryOf);
}

/** The youngest entry that has data. */
export function readLastDataEntry(database: Database.Database, clusterId: string): LedgerEntry | null {
  const line = database
    .prepare(`${SELECT} AND l.state <> 'no-data' ORDER BY l.start_seconds DESC LIMIT 1`)
    .get(clusterId);
  return line === undefined ? null : entryOf(line);
}

/** The oldest entry. */
export function readFirstEntry(database: Database.Database, clusterId: string): LedgerEntry | null {
  const line = database.prepare(`${SELECT} ORDER BY l.start_seconds LIMIT 1`).get(clusterId);
  return line === undefined ? null : entryOf(line);
}
