/** How retries spread: the first pause, and the longest. */
export interface RetryPace {
  readonly firstSeconds: number;
  readonly longestSeconds: number;
}

export const FIRST_RETRY_SECONDS = 5;
export const LONGEST_RETRY_SECONDS = 300;
const CLUSTER_PACE: RetryPace = { firstSeconds: FIRST_RETRY_SECONDS, longestSeconds: LONGEST_RETRY_SECONDS };

/**
 * Seconds to wait after the n-th failure in a row (n from 1): doubles from 5 s to at most 5 minutes, or as `pace` says.
 * `random` in [0, 1) takes away up to half, so that clusters which failed together don't come back together.
 */
export function retrySeconds(failuresInARow: number, random: number, pace: RetryPace = CLUSTER_PACE): number {
  const doubled = pace.firstSeconds * 2 ** Math.min(Math.max(0, failuresInARow - 1), 20);
  return Math.min(pace.longestSeconds, doubled) * (1 - random / 2);
}
