/** Waiting and chance, as arguments: a test moves them by hand. */
export interface WatchPace {
  nowMilliseconds(): number;
  /** Ends after the time, or at once when the signal fires. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
}

const FIRST_PAUSE_MILLISECONDS = 1_000;
const LONGEST_PAUSE_MILLISECONDS = 60_000;
/** A watch without a sign of life for so long is taken for dead; bookmarks come about once a minute. */
export const IDLE_MILLISECONDS = 180_000;
/** How often a list is read where watches are forbidden. */
export const POLL_MILLISECONDS = 60_000;
/** Lists that may not be read, or that the server doesn't have, are tried again this often: rights may be given. */
export const REFUSED_MILLISECONDS = 300_000;
/** A watch that ends sooner counts as a failure, so that a server that closes each at once isn't asked without end. */
export const SHORT_WATCH_MILLISECONDS = 1_000;

/** Pause after the n-th failure in a row: doubles from 1 s to a minute, less up to half of it by chance. */
export function pauseMilliseconds(failuresInARow: number, random: number, asked = 0): number {
  const doubled = FIRST_PAUSE_MILLISECONDS * 2 ** Math.min(Math.max(0, failuresInARow - 1), 10);
  const pause = Math.min(LONGEST_PAUSE_MILLISECONDS, doubled) * (1 - random / 2);
  return Math.max(pause, Math.min(LONGEST_PAUSE_MILLISECONDS, asked * 1000));
}
