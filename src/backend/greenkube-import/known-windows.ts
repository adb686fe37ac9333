import type { ResultsStore } from '../../core/ports/results-store.ts';
import {
  BACKFILL_WINDOW_SECONDS,
  type EpochSeconds,
  floorTo,
  type Window,
  windowEndSeconds,
} from '../../model/time.ts';

const DAY_SECONDS = 86_400;

/** The windows that the store has of a cluster, a day at a time. */
export class KnownWindows {
  readonly #store: Pick<ResultsStore, 'listLedger'>;
  readonly #clusterId: string;
  #day: { readonly startSeconds: EpochSeconds; readonly windows: readonly Window[] } | null = null;

  constructor(store: Pick<ResultsStore, 'listLedger'>, clusterId: string) {
    this.#store = store;
    this.#clusterId = clusterId;
  }

  /** True where the store has a window, of whatever state, of a part of that time. */
  async has(window: Window): Promise<boolean> {
    const day = floorTo(window.startSeconds, DAY_SECONDS);
    if (this.#day?.startSeconds !== day) this.#day = { startSeconds: day, windows: await this.#windowsOf(day) };
    const end = windowEndSeconds(window);
    return this.#day.windows.some((known) => known.startSeconds < end && windowEndSeconds(known) > window.startSeconds);
  }

  async #windowsOf(day: EpochSeconds): Promise<readonly Window[]> {
    const range = { startSeconds: day - BACKFILL_WINDOW_SECONDS, endSeconds: day + DAY_SECONDS };
    return (await this.#store.listLedger(this.#clusterId, range)).map((entry) => entry.window);
  }
}
