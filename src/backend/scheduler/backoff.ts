export const FIRST_RETRY_SECONDS = 5;
export const LONGEST_RETRY_SECONDS = 300;

/**
 * Seconds to wait after the n-th failure in a row (n from 1): doubles from 5 s to at most 5 minutes.
 * `random` in [0, 1) takes away up to half, so that clusters which failed together don't come back together.
 */
export function retrySeconds(failuresInARow: number, random: number): number {
  const doubled = FIRST_RETRY_SECONDS * 2 ** Math.min(Math.max(0, failuresInARow - 1), 20);
  return Math.min(LONGEST_RETRY_SECONDS, doubled) * (1 - random / 2);
}
