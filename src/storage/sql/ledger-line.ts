import * as z from 'zod';
import type { LedgerEntry } from '../../model/results.ts';
import { BACKFILL_WINDOW_SECONDS, LIVE_WINDOW_SECONDS } from '../../model/time.ts';

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

/** A ledger entry of an answer's line. */
export function entryOf(line: unknown): LedgerEntry {
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
