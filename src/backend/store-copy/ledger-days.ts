import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { LedgerEntry } from '../../model/results.ts';
import { type EpochSeconds, floorTo, type TimeRange } from '../../model/time.ts';

const DAY = 86_400;
/** Asked for at a time where a day was empty: some thousand lines at most. */
const LEAP = 31 * DAY;

/** The windows of a cluster that start in one UTC day, by start. */
export interface LedgerDay {
  readonly range: TimeRange;
  readonly entries: readonly LedgerEntry[];
}

type Ledger = Pick<ResultsStore, 'firstEntry' | 'listLedger'>;

/** The ledger of a cluster up to an instant, day by day, so that little of it is held; days without windows are left out. */
export async function* ledgerDays(
  store: Ledger,
  clusterId: string,
  endSeconds: EpochSeconds,
): AsyncGenerator<LedgerDay> {
  const first = await store.firstEntry(clusterId);
  let day = first === null ? endSeconds : floorTo(first.window.startSeconds, DAY);
  while (day < endSeconds) {
    const range = { startSeconds: day, endSeconds: Math.min(day + DAY, endSeconds) };
    const entries = await store.listLedger(clusterId, range);
    if (entries.length > 0) yield { range, entries };
    day = entries.length > 0 ? day + DAY : await nextDay(store, clusterId, day + DAY, endSeconds);
  }
}

/** The first day from one on that has windows; the end where none has. */
async function nextDay(
  store: Ledger,
  clusterId: string,
  fromSeconds: EpochSeconds,
  endSeconds: EpochSeconds,
): Promise<EpochSeconds> {
  for (let startSeconds = fromSeconds; startSeconds < endSeconds; startSeconds += LEAP) {
    const range = { startSeconds, endSeconds: Math.min(startSeconds + LEAP, endSeconds) };
    const [next] = await store.listLedger(clusterId, range);
    if (next !== undefined) return floorTo(next.window.startSeconds, DAY);
  }
  return endSeconds;
}
