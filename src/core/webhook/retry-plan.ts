/** How often one message is sent at most. */
export const MOST_TRIES = 5;

/** Pauses after the first, second, third and fourth try: an hour together. */
const PAUSES_SECONDS = [60, 240, 900, 2400] as const;
/** Up to this share of a pause is taken away or added, so that those who failed together don't come back together. */
const JITTER = 0.2;
/** Who asks for a longer pause gets nothing any more: the news would be old. */
export const LONGEST_PAUSE_SECONDS = 86_400;

/**
 * Seconds to wait after the n-th try failed (n from 1), never less than the receiver asked for; null where there is no
 * further try.
 *
 * @param random in [0, 1)
 * @param retryAfterSeconds what the receiver asked for; null where it didn't
 */
export function pauseAfterTry(tries: number, random: number, retryAfterSeconds: number | null): number | null {
  const pause = tries >= MOST_TRIES ? undefined : PAUSES_SECONDS[tries - 1];
  const asked = retryAfterSeconds ?? 0;
  if (pause === undefined || asked > LONGEST_PAUSE_SECONDS) return null;
  return Math.max(asked, Math.round(pause * (1 - JITTER + 2 * JITTER * random)));
}
