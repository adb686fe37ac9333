import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { WindowSpool } from '../../core/ports/window-spool.ts';
import { Failure, isFailure } from '../../model/failure.ts';
import type { Notice } from '../../model/inventory.ts';
import type { LedgerEntry, WindowResult } from '../../model/results.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { LeaseKeeper } from './lease-keeper.ts';

/** What a reading asks and tells: which windows are closed, and what a window became. */
export type WindowDesk = Pick<ResultsStore, 'listLedger' | 'replaceWindow'>;

export interface DeskDeps {
  readonly store: WindowDesk;
  readonly spool: WindowSpool;
  readonly leases: Pick<LeaseKeeper, 'isHeld'>;
}

/** The store, for a holder of a lease; a window that waits counts as closed. What fails, fails. */
export function storeDesk(deps: DeskDeps): WindowDesk {
  return {
    listLedger: async (clusterId, range) => {
      const stored = await deps.store.listLedger(clusterId, range);
      return mergedLedger(stored, await deps.spool.entries(clusterId, range));
    },
    replaceWindow: async (result, epoch) => {
      refuseWithoutLease(result, epoch, deps);
      await deps.store.replaceWindow(result, epoch);
    },
  };
}

/** As `storeDesk`, and a window that finds the store away waits in the spool: for live readings. */
export function liveDesk(deps: DeskDeps): WindowDesk {
  const stored = storeDesk(deps);
  return {
    listLedger: stored.listLedger,
    replaceWindow: async (result, epoch) => {
      try {
        await stored.replaceWindow(result, epoch);
      } catch (error) {
        if (!isFailure(error) || error.code !== 'store-away') throw error;
        await deps.spool.put(result);
      }
    },
  };
}

/** While the store is away: every window waits, and what waits is all that is known to be closed. */
export function awayDesk(spool: WindowSpool): WindowDesk {
  return {
    listLedger: (clusterId, range) => spool.entries(clusterId, range),
    replaceWindow: (result) => spool.put(result),
  };
}

/**
 * A desk where one window that the store will not have stops nothing: a gap in a day whose rows retention has removed,
 * or time that is covered otherwise. It is kept in `refused` and not read again; a lease that was lost is a failure still.
 */
export function tolerantDesk(
  desk: WindowDesk,
  refused: Map<EpochSeconds, LedgerEntry>,
  leases: Pick<LeaseKeeper, 'confirm'>,
): WindowDesk {
  return {
    listLedger: async (clusterId, range) => {
      const known = [...refused.values()].filter(
        ({ window }) => window.startSeconds >= range.startSeconds && window.startSeconds < range.endSeconds,
      );
      return mergedLedger(await desk.listLedger(clusterId, range), known);
    },
    replaceWindow: async (result, epoch) => {
      const { clusterId, window } = result.entry;
      try {
        await desk.replaceWindow(result, epoch);
      } catch (error) {
        if (!isFailure(error) || error.code !== 'conflict' || !(await leases.confirm(clusterId, epoch))) throw error;
        refused.set(window.startSeconds, { ...result.entry, state: 'no-data', reason: error.message });
      }
    },
  };
}

/** What is said of windows that were refused; none where all were taken. */
export function noticeOfRefused(refused: ReadonlyMap<EpochSeconds, LedgerEntry>): Notice[] {
  const [first] = refused.values();
  if (first === undefined) return [];
  const count = refused.size === 1 ? '1 window was' : `${refused.size} windows were`;
  const message = `${count} not taken by the results store: ${first.reason ?? 'it has others for that time'}`;
  return [{ code: 'windows-refused', severity: 'info', message, hint: null }];
}

/** By start; of two entries of one window the store's counts, because it is delivered or overtaken. */
function mergedLedger(stored: readonly LedgerEntry[], waiting: readonly LedgerEntry[]): readonly LedgerEntry[] {
  if (waiting.length === 0) return stored;
  const starts = new Set(stored.map((entry) => entry.window.startSeconds));
  const added = waiting.filter((entry) => !starts.has(entry.window.startSeconds));
  return [...stored, ...added].sort((a, b) => a.window.startSeconds - b.window.startSeconds);
}

/** The store refuses an older epoch too; this one also holds where the store was changed for another meanwhile. */
function refuseWithoutLease(result: WindowResult, epoch: number, deps: DeskDeps): void {
  if (deps.leases.isHeld(result.entry.clusterId, epoch)) return;
  throw new Failure('conflict', 'The lease of this cluster is no longer held here', {
    hint: 'Nothing was written. It is taken again as soon as it is free.',
  });
}
