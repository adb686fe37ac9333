import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TokenScope } from '../contract/schemas/tokens.ts';

export const SESSION_COOKIE = 'podwatt_session';

const OWNER: Caller = { key: 'owner', scope: 'write' };

// More browsers than anyone opens; the oldest session goes first.
const MAX_SESSIONS = 100;

/** Somebody who may ask. `key` tells callers apart and holds no secret. */
export interface Caller {
  readonly key: string;
  readonly scope: TokenScope;
}

/** Looks an API token up; null where it is none of ours, expired or revoked. */
export type CheckToken = (token: string) => { id: string; scope: TokenScope } | null;

/** Who may ask: bearers of a token, and browsers that exchanged the printed token for a session. */
export interface Access {
  /** True where nothing is asked of anybody. */
  readonly isOpen: boolean;
  /** Exchanges the token of the printed address for a new session, once; null where it is wrong or was used. */
  exchange(token: string): string | null;
  sessionOf(session: string): Caller | null;
  bearerOf(token: string): Caller | null;
}

/**
 * @param options.token the token of the printed address, also accepted as bearer; null opens everything
 * @param options.ownerToken what other commands on the same data folder present as bearer
 * @param options.checkToken tokens that a person made for programs
 */
export function createAccess(options: {
  token: string | null;
  ownerToken: string | null;
  checkToken?: CheckToken;
}): Access {
  const { token, ownerToken, checkToken = () => null } = options;
  const sessions = new Map<string, Caller>();
  let sessionCount = 0;
  let wasExchanged = false;
  return {
    isOpen: token === null,
    exchange: (given) => {
      if (token === null || wasExchanged || !isSame(given, token)) return null;
      wasExchanged = true;
      const session = newSecret();
      sessionCount += 1;
      sessions.set(session, { key: `session ${sessionCount}`, scope: 'write' });
      for (const oldest of sessions.keys()) {
        if (sessions.size <= MAX_SESSIONS) break;
        sessions.delete(oldest);
      }
      return session;
    },
    sessionOf: (given) => [...sessions].find(([session]) => isSame(given, session))?.[1] ?? null,
    bearerOf: (given) => {
      if ([token, ownerToken].some((known) => known !== null && isSame(given, known))) return OWNER;
      const found = checkToken(given);
      return found === null ? null : { key: `token ${found.id}`, scope: found.scope };
    },
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
