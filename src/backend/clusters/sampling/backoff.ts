import type { Clock } from '../../../core/ports/clock.ts';
import type { Failure } from '../../../model/failure.ts';
import type { EpochSeconds } from '../../../model/time.ts';

/** A right or an API that is missing is rarely there a minute later. */
const REFUSED_SECONDS = 600;
const FAILED_SECONDS = 120;
const LONGEST_SECONDS = 3600;

/** What failed is left alone for a while, each time twice as long, up to an hour. */
export class Backoff {
  readonly #clock: Clock;
  readonly #until = new Map<string, { readonly atSeconds: EpochSeconds; readonly waitSeconds: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isOff(key: string): boolean {
    return (this.#until.get(key)?.atSeconds ?? 0) > this.#clock.nowSeconds();
  }

  worked(key: string): void {
    this.#until.delete(key);
  }

  failed(key: string, failure: Failure): void {
    // Several that were under way fail of one cause: that is one failure.
    if (failure.code === 'cancelled' || this.isOff(key)) return;
    const isRefused = failure.code === 'forbidden' || failure.code === 'not-found';
    const first = isRefused ? REFUSED_SECONDS : FAILED_SECONDS;
    const before = this.#until.get(key)?.waitSeconds;
    const waitSeconds = before === undefined ? first : Math.min(LONGEST_SECONDS, before * 2);
    this.#until.set(key, { atSeconds: this.#clock.nowSeconds() + waitSeconds, waitSeconds });
  }
}
