import { createRateLimiter, type RequestRate } from './rate-limit.ts';
import { RPC_PREFIX } from './rpc.ts';

/** For each client; PODWATT_RATE_LIMIT sets another. */
export const DEFAULT_REQUESTS_PER_SECOND = 50;
/** Four seconds' worth at once: a program that asks in batches is not slowed down. */
const BURST_SECONDS = 4;
/** A page asks for every figure that it shows, and all of them anew after each window. */
const PAGE_FACTOR = 4;

/** @returns the seconds that a client has to wait; 0 where its request may pass */
export type RequestRates = (client: string, path: string) => number;

/** Limits of the API and of the interface's calls, counted apart; files of the interface have none. */
export function createRequestRates(
  perSecond: number | null,
  nowMilliseconds: () => number = () => performance.now(),
): RequestRates {
  if (perSecond === null) return () => 0;
  const limiterOf = (each: number) => createRateLimiter(rateOf(each), nowMilliseconds);
  const api = limiterOf(perSecond);
  const page = limiterOf(perSecond * PAGE_FACTOR);
  return (client, path) => {
    if (path.startsWith(`${RPC_PREFIX}/`)) return page.take(client);
    return path.startsWith('/api/') || path.startsWith('/prometheus/') ? api.take(client) : 0;
  };
}

function rateOf(perSecond: number): RequestRate {
  return { perSecond, burst: Math.max(1, perSecond * BURST_SECONDS) };
}
