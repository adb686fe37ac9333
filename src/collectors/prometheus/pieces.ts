import { type Window, windowEndSeconds } from '../../model/time.ts';

/** What the size of an answer goes by. */
export interface PieceLoad {
  readonly podCount: number;
  readonly nodeCount: number;
  /** Values that one answer may hold. */
  readonly maxSamples: number;
}

/** Points of the memory subquery that Prometheus may hold for one query; its default limit is 50 million. */
const MAX_SUBQUERY_POINTS = 5_000_000;
const CONTAINERS_PER_POD = 3;
const SUBQUERY_STEP_SECONDS = 30;
export const TIMES_STEP_SECONDS = 15;
const MAX_PIECE_SECONDS = 24 * 3600;

/** How many windows of that length one set of queries may span; at least one. */
export function windowsPerPiece(windowSeconds: number, load: PieceLoad): number {
  const pods = Math.max(1, load.podCount);
  const nodes = Math.max(1, load.nodeCount);
  // The largest answer, the pods' times, has four series a pod.
  const byAnswer = load.maxSamples / (4 * pods);
  const byTimes = (load.maxSamples * TIMES_STEP_SECONDS) / nodes / windowSeconds;
  const bySubquery = (MAX_SUBQUERY_POINTS * SUBQUERY_STEP_SECONDS) / (pods * CONTAINERS_PER_POD) / windowSeconds;
  const byLength = MAX_PIECE_SECONDS / windowSeconds;
  return Math.max(1, Math.floor(Math.min(byAnswer, byTimes, bySubquery, byLength)));
}

/** The first windows of the list that follow one another, at most `count`. */
export function nextPiece(windows: readonly Window[], from: number, count: number): readonly Window[] {
  const piece: Window[] = [];
  for (const window of windows.slice(from, from + count)) {
    const last = piece.at(-1);
    const follows =
      last === undefined ||
      (windowEndSeconds(last) === window.startSeconds && last.durationSeconds === window.durationSeconds);
    if (!follows) break;
    piece.push(window);
  }
  return piece;
}
