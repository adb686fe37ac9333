import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export const SESSION_COOKIE = 'podwatt_session';

// More browsers than anyone opens; the oldest session goes first.
const MAX_SESSIONS = 100;

/** Who may ask: bearers of a token, and browsers that exchanged the printed token for a session. */
export interface Access {
  /** True where nothing is asked of anybody. */
  readonly isOpen: boolean;
  /** Exchanges the token of the printed address for a new session, once; null where it is wrong or was used. */
  exchange(token: string): string | null;
  isSession(session: string): boolean;
  isBearer(token: string): boolean;
}

/**
 * @param options.token the token of the printed address, also accepted as bearer; null opens everything
 * @param options.ownerToken what other commands on the same data folder present as bearer
 */
export function createAccess(options: { token: string | null; ownerToken: string | null }): Access {
  const { token, ownerToken } = options;
  const sessions = new Set<string>();
  let wasExchanged = false;
  return {
    isOpen: token === null,
    exchange: (given) => {
      if (token === null || wasExchanged || !isSame(given, token)) return null;
      wasExchanged = true;
      const session = newSecret();
      sessions.add(session);
      for (const oldest of sessions) {
        if (sessions.size <= MAX_SESSIONS) break;
        sessions.delete(oldest);
      }
      return session;
    },
    isSession: (given) => [...sessions].some((session) => isSame(given, session)),
    isBearer: (given) => [token, ownerToken].some((known) => known !== null && isSame(given, known)),
  };
}

/** 256 random bits, safe in an address and a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

// Digests have one length, so that neither the length nor the first different character shows in the time taken.
function isSame(given: string, known: string): boolean {
  return timingSafeEqual(digest(given), digest(known));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
