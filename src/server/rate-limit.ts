/** Requests that a client may send: so many a second, and more for a moment. */
export interface RequestRate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface RateLimiter {
  /** Counts one request: 0 where it may pass, else the seconds after which the next one may. */
  take(client: string): number;
}

interface Bucket {
  left: number;
  atMilliseconds: number;
}

/** Clients whose bucket is full again are forgotten when this many are known. */
const MOST_CLIENTS = 10_000;

/** A bucket for each client that fills evenly. Memory is bounded, whoever asks. */
export function createRateLimiter(rate: RequestRate, nowMilliseconds: () => number): RateLimiter {
  const { perSecond, burst } = rate;
  const buckets = new Map<string, Bucket>();
  const filled = (bucket: Bucket, now: number) =>
    Math.min(burst, bucket.left + (Math.max(0, now - bucket.atMilliseconds) / 1000) * perSecond);
  const makeRoom = (now: number) => {
    for (const [client, bucket] of buckets) {
      if (filled(bucket, now) >= burst) buckets.delete(client);
    }
    // All of them ask at this moment: the one that asked first gives way.
    const [oldest] = buckets.keys();
    if (buckets.size >= MOST_CLIENTS && oldest !== undefined) buckets.delete(oldest);
  };
  return {
    take: (client) => {
      const now = nowMilliseconds();
      const known = buckets.get(client);
      if (known === undefined && buckets.size >= MOST_CLIENTS) makeRoom(now);
      const left = known === undefined ? burst : filled(known, now);
      buckets.set(client, { left: left >= 1 ? left - 1 : left, atMilliseconds: now });
      return left >= 1 ? 0 : Math.ceil((1 - left) / perSecond);
    },
  };
}
