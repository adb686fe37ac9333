import * as z from 'zod';
import type { LedgerEntry } from '../../model/results.ts';
import { BACKFILL_WINDOW_SECONDS, LIVE_WINDOW_SECONDS } from '../../model/time.ts';
import { isoOf, secondsOf } from './instants.ts';

/** An entry with what the writer needs to know of it. */
export interface LedgerDocument {
  readonly entry: LedgerEntry;
  readonly generation: string;
  /** Of all that the window wrote but when it was closed: the same again changes nothing. */
  readonly contentHash: string;
}

/** A ledger entry as a document of `collection-runs`. */
export function ledgerDocument({ entry, generation, contentHash }: LedgerDocument): object {
  return {
    cluster_id: entry.clusterId,
    timestamp: isoOf(entry.window.startSeconds),
    duration_seconds: entry.window.durationSeconds,
    generation,
    content_hash: contentHash,
    state: entry.state,
    covered_seconds: entry.coveredSeconds,
    reason: entry.reason,
    notices: entry.notices,
    row_count: entry.rowCount,
    closed_at: isoOf(entry.closedAtSeconds),
  };
}

const Document = z.object({
  cluster_id: z.string(),
  timestamp: z.string(),
  duration_seconds: z.literal([LIVE_WINDOW_SECONDS, BACKFILL_WINDOW_SECONDS]),
  generation: z.string(),
  content_hash: z.string(),
  state: z.enum(['whole', 'partial', 'no-data']),
  covered_seconds: z.number(),
  reason: z.string().nullable(),
  notices: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['info', 'warning', 'error']),
      message: z.string(),
      hint: z.string().nullable(),
    }),
  ),
  row_count: z.number(),
  closed_at: z.string(),
});

/** The reverse of `ledgerDocument`. */
export function ledgerDocumentOf(source: unknown): LedgerDocument {
  const line = Document.parse(source);
  return {
    entry: {
      clusterId: line.cluster_id,
      window: { startSeconds: secondsOf(line.timestamp), durationSeconds: line.duration_seconds },
      state: line.state,
      coveredSeconds: line.covered_seconds,
      reason: line.reason,
      notices: line.notices,
      rowCount: line.row_count,
      closedAtSeconds: secondsOf(line.closed_at),
    },
    generation: line.generation,
    contentHash: line.content_hash,
  };
}
