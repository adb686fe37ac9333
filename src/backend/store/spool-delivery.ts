import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { WindowSpool } from '../../core/ports/window-spool.ts';
import { isFailure } from '../../model/failure.ts';
import type { LedgerEntry, WindowResult, WindowState } from '../../model/results.ts';
import { windowEndSeconds } from '../../model/time.ts';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Log } from '../log.ts';
import { toIso } from '../ranges/instants.ts';
import type { LeaseKeeper } from './lease-keeper.ts';

const BATCH = 12;
const RANK: Readonly<Record<WindowState, number>> = { 'no-data': 0, partial: 1, whole: 2 };

export interface DeliveryDeps {
  readonly store: Pick<ResultsStore, 'listLedger' | 'replaceWindow'>;
  readonly spool: WindowSpool;
  readonly leases: Pick<LeaseKeeper, 'isHeld' | 'confirm'>;
  readonly changes: ChangeFeed;
  readonly log: Log;
}

export interface Delivered {
  readonly written: number;
  /** The store had them already, at least as good. */
  readonly overtaken: number;
  readonly refused: number;
}

/** Brings windows that waited to the store, the oldest first, each once. */
export class SpoolDelivery {
  readonly #deps: DeliveryDeps;
  #lastRefusal: string | null = null;

  constructor(deps: DeliveryDeps) {
    this.#deps = deps;
  }

  /** For people: the last window that the store would not take, and why; null if it took all. */
  get lastRefusal(): string | null {
    return this.#lastRefusal;
  }

  /**
   * For the holder of the cluster's lease. Ends where the signal fires or the lease is gone; may be called again after
   * any interruption: a window that is already there is only taken out of the spool.
   */
  async deliver(clusterId: string, epoch: number, signal: AbortSignal): Promise<Delivered> {
    const counts = { written: 0, overtaken: 0, refused: 0 };
    const { spool, leases, changes } = this.#deps;
    for (;;) {
      const batch = await spool.oldest(clusterId, BATCH);
      for (const result of batch) {
        if (signal.aborted || !leases.isHeld(clusterId, epoch)) return counts;
        const outcome = await this.#deliverOne(result, epoch);
        if (outcome === 'lost') return counts;
        counts[outcome] += 1;
        const { window } = result.entry;
        await spool.remove(clusterId, window.startSeconds);
        const range = { startSeconds: window.startSeconds, endSeconds: windowEndSeconds(window) };
        changes.publish({ kind: 'windows', clusterId, range });
      }
      if (batch.length < BATCH) break;
    }
    const { written, overtaken, refused } = counts;
    if (written + overtaken + refused > 0) {
      this.#deps.log.info({ cluster: clusterId, written, overtaken, refused }, 'Windows that waited were delivered');
      changes.publish({ kind: 'store' });
    }
    return counts;
  }

  async #deliverOne(result: WindowResult, epoch: number): Promise<keyof Delivered | 'lost'> {
    const { clusterId, window } = result.entry;
    const { store, leases } = this.#deps;
    const { startSeconds } = window;
    const [there] = await store.listLedger(clusterId, { startSeconds, endSeconds: startSeconds + 1 });
    if (there !== undefined && isAsGood(there, result.entry)) return 'overtaken';
    try {
      await store.replaceWindow(result, epoch);
      return 'written';
    } catch (error) {
      if (!isFailure(error) || (error.code !== 'conflict' && error.code !== 'bad-input')) throw error;
      if (error.code === 'conflict' && !(await leases.confirm(clusterId, epoch))) return 'lost';
      this.#lastRefusal = `The window of ${toIso(startSeconds)} waited for the store and was not taken: ${error.message}`;
      this.#deps.log.warn({ cluster: clusterId, start: toIso(startSeconds) }, this.#lastRefusal);
      return 'refused';
    }
  }
}

/** Another holder read it from the metrics meanwhile, or it was ours and only its removal was missing. */
function isAsGood(there: LedgerEntry, ours: LedgerEntry): boolean {
  return there.window.durationSeconds === ours.window.durationSeconds && RANK[there.state] >= RANK[ours.state];
}
