import type { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';

const SIGN_IN: ReadonlySet<Failure['code']> = new Set(['unauthenticated', 'tls', 'exec-plugin']);
const FIRST_PAUSE_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 960;

/** True for failures that a newer token, certificate or authority may end. */
export function isSignInFailure(failure: Pick<Failure, 'code'> | null): boolean {
  return failure !== null && SIGN_IN.has(failure.code);
}

/**
 * When a sign-in that is refused is tried with credentials that are read anew: at once the first time, then after pauses
 * that double, until it was well again.
 */
export class SignInRenewal {
  #tried = 0;
  #lastAt: EpochSeconds = 0;

  /** True where it is time; that counts as an attempt. */
  isDue(nowSeconds: EpochSeconds): boolean {
    const pause = Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (this.#tried - 1));
    if (this.#tried > 0 && nowSeconds - this.#lastAt < pause) return false;
    this.#tried += 1;
    this.#lastAt = nowSeconds;
    return true;
  }

  /** Everything is read again: the next refusal begins anew. */
  over(): void {
    this.#tried = 0;
  }
}
