import type { ResultsStore } from '../../core/ports/results-store.ts';
import {
  BACKFILL_WINDOW_SECONDS,
  type EpochSeconds,
  floorTo,
  type TimeRange,
  type Window,
  windowEndSeconds,
} from '../../model/time.ts';
import { planWindows } from '../pipeline/plan-windows.ts';
import { closableUntil } from '../scheduler/next-run.ts';

/** History is read in pieces of a day, so that live windows are never late for longer than one piece. */
export const PIECE_SECONDS = 86_400;
/** Gaps are filled as far back as this; few Prometheus servers keep more. */
export const LONGEST_GAP_SECONDS = 31 * 86_400;

/** Where history ends and live reading begins: the last full hour that could be read when collection began. */
export function liveFromSeconds(beganAtSeconds: EpochSeconds): EpochSeconds {
  return floorTo(closableUntil(beganAtSeconds), BACKFILL_WINDOW_SECONDS);
}

/** Live windows and gaps: from the start of collection, or from where all is closed, to the youngest window. */
export function liveRange(
  beganAtSeconds: EpochSeconds,
  closedUntilSeconds: EpochSeconds,
  nowSeconds: EpochSeconds,
): TimeRange {
  const endSeconds = closableUntil(nowSeconds);
  const oldest = floorTo(endSeconds - LONGEST_GAP_SECONDS, BACKFILL_WINDOW_SECONDS);
  const startSeconds = Math.max(liveFromSeconds(beganAtSeconds), closedUntilSeconds, oldest);
  return { startSeconds: Math.min(startSeconds, endSeconds), endSeconds };
}

export interface HistoryPlan {
  /** Days with missing windows, the newest first: people look at the last day first. */
  readonly pieces: readonly TimeRange[];
  readonly windowCount: number;
}

/** What is missing of the time before collection began. */
export async function planHistory(
  store: Pick<ResultsStore, 'listLedger'>,
  clusterId: string,
  beganAtSeconds: EpochSeconds,
  backfillSeconds: number,
): Promise<HistoryPlan> {
  const endSeconds = liveFromSeconds(beganAtSeconds);
  const range = {
    startSeconds: floorTo(Math.max(0, endSeconds - backfillSeconds), BACKFILL_WINDOW_SECONDS),
    endSeconds,
  };
  const ledger = await store.listLedger(clusterId, range);
  const { windows } = planWindows({ range, step: 'history', closableUntilSeconds: endSeconds, beganAtSeconds, ledger });
  return { pieces: piecesOf(windows, endSeconds), windowCount: windows.length };
}

function piecesOf(windows: readonly Window[], endSeconds: EpochSeconds): TimeRange[] {
  const byPiece = new Map<number, TimeRange>();
  for (const window of windows) {
    const piece = Math.floor((endSeconds - windowEndSeconds(window)) / PIECE_SECONDS);
    const startSeconds = Math.min(byPiece.get(piece)?.startSeconds ?? window.startSeconds, window.startSeconds);
    byPiece.set(piece, {
      startSeconds,
      endSeconds: Math.max(byPiece.get(piece)?.endSeconds ?? 0, windowEndSeconds(window)),
    });
  }
  return [...byPiece.entries()].sort(([a], [b]) => a - b).map(([, range]) => range);
}
