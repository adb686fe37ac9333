import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { LedgerEntry } from '../../model/results.ts';
import { BACKFILL_WINDOW_SECONDS, LIVE_WINDOW_SECONDS, type TimeRange } from '../../model/time.ts';

const Notices = z.array(
  z.object({
    code: z.string(),
    severity: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    hint: z.string().nullable(),
  }),
);

const Line = z.object({
  cluster_id: z.string(),
  start_seconds: z.number(),
  duration_seconds: z.literal([LIVE_WINDOW_SECONDS, BACKFILL_WINDOW_SECONDS]),
  state: z.enum(['whole', 'partial', 'no-data']),
  covered_seconds: z.number(),
  reason: z.string().nullable(),
  notices: z.string(),
  row_count: z.number(),
  closed_at_seconds: z.number(),
});

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

function entryOf(line: unknown): LedgerEntry {
  const entry = Line.parse(line);
  return {
    clusterId: entry.cluster_id,
    window: { startSeconds: entry.start_seconds, durationSeconds: entry.duration_seconds },
    state: entry.state,
    coveredSeconds: entry.covered_seconds,
    reason: entry.reason,
    notices: Notices.parse(JSON.parse(entry.notices)),
    rowCount: entry.row_count,
    closedAtSeconds: entry.closed_at_seconds,
  };
}
