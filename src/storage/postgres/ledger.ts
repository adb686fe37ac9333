import { Failure } from '../../model/failure.ts';
import type { LedgerEntry } from '../../model/results.ts';
import { type Window, windowEndSeconds } from '../../model/time.ts';
import { numberIn } from '../sql/sums.ts';
import type { Session } from './session.ts';

export interface KnownEntry {
  readonly hash: Buffer;
  readonly rowCount: number;
}

// No window is longer than an hour, so only those that start within the hour before can reach into this one.
const BEFORE = `SELECT l.content_hash AS hash, l.row_count,
    EXISTS (SELECT 1 FROM collection_runs o WHERE o.cluster_id = $1 AND o.timestamp > to_timestamp($2::bigint - 3600)
      AND o.timestamp < to_timestamp($4::bigint) AND o.timestamp + o.duration_seconds * interval '1 second' > to_timestamp($2::bigint)
      AND NOT (o.timestamp = to_timestamp($2::bigint) AND o.duration_seconds = $3::integer)) AS overlaps,
    EXISTS (SELECT 1 FROM pruned_days d WHERE d.cluster_id = $1 AND d.day = (to_timestamp($2::bigint) AT TIME ZONE 'UTC')::date) AS pruned
  FROM (SELECT 1) one LEFT JOIN collection_runs l ON l.cluster_id = $1 AND l.timestamp = to_timestamp($2::bigint)`;

/** What is known of a window. Throws `Failure` conflict where it may not be written. */
export async function entryBefore(session: Session, clusterId: string, window: Window): Promise<KnownEntry | null> {
  const { startSeconds, durationSeconds } = window;
  const values = [clusterId, startSeconds, durationSeconds, windowEndSeconds(window)];
  const [line = {}] = await session.prepared(BEFORE, values);
  if (line.overlaps === true) {
    throw new Failure('conflict', 'This time is already covered by windows of another length.', {
      hint: 'An hour is kept either as twelve windows of 5 minutes or as one of an hour. Collect it with the same step as before.',
    });
  }
  if (line.pruned === true) {
    throw new Failure('conflict', 'The rows of this day were removed by retention: it can not be written any more.', {
      hint: 'Its hours and days stay as they are. Keep rows for longer to be able to change older days.',
    });
  }
  return line.hash instanceof Buffer ? { hash: line.hash, rowCount: numberIn(line, 'row_count') } : null;
}

/** Closes a window, with how many rows it has in truth and what its content is. */
export async function putEntry(session: Session, entry: LedgerEntry, rowCount: number, hash: Buffer): Promise<void> {
  await session.prepared(
    `INSERT INTO collection_runs (cluster_id, timestamp, duration_seconds, state, covered_seconds, reason, notices,
       row_count, closed_at, content_hash)
     VALUES ($1, to_timestamp($2::bigint), $3, $4, $5, $6, $7, $8, to_timestamp($9::bigint), $10)
     ON CONFLICT (cluster_id, timestamp) DO UPDATE SET duration_seconds = excluded.duration_seconds,
       state = excluded.state, covered_seconds = excluded.covered_seconds, reason = excluded.reason,
       notices = excluded.notices, row_count = excluded.row_count, closed_at = excluded.closed_at,
       content_hash = excluded.content_hash`,
    [
      entry.clusterId,
      entry.window.startSeconds,
      entry.window.durationSeconds,
      entry.state,
      entry.coveredSeconds,
      entry.reason,
      JSON.stringify(entry.notices),
      rowCount,
      entry.closedAtSeconds,
      hash,
    ],
  );
}
