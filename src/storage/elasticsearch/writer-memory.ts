import { type EpochSeconds, floorTo, type Window } from '../../model/time.ts';
import type { StoredHead } from './head-store.ts';
import type { LedgerDocument } from './ledger-document.ts';
import { ledgerOfHour } from './read-ledger.ts';
import type { Store } from './store.ts';

const HOUR = 3600;
const MOST_HOURS = 100;

/**
 * What the writer of a cluster remembers of its own writes. It may be old, never wrong for long: each write begins with
 * a compare-and-set of the head, which fails where another one has written since, and then all of it is forgotten.
 */
export class WriterMemory {
  readonly #store: Store;
  readonly #heads = new Map<string, StoredHead>();
  readonly #hours = new Map<string, Map<EpochSeconds, readonly LedgerDocument[]>>();

  constructor(store: Store) {
    this.#store = store;
  }

  head(clusterId: string): StoredHead | null {
    return this.#heads.get(clusterId) ?? null;
  }

  keepHead(stored: StoredHead): void {
    this.#heads.set(stored.head.clusterId, stored);
  }

  forget(clusterId: string): void {
    this.#heads.delete(clusterId);
    this.#hours.delete(clusterId);
  }

  /** Closed windows of the hour that a window is in. */
  async near({ head }: StoredHead, window: Window): Promise<readonly LedgerDocument[]> {
    const hour = floorTo(window.startSeconds, HOUR);
    const hours = this.#hours.get(head.clusterId) ?? new Map<EpochSeconds, readonly LedgerDocument[]>();
    this.#hours.set(head.clusterId, hours);
    const known = hours.get(hour);
    if (known !== undefined) return known;
    if (hours.size >= MOST_HOURS) hours.clear();
    const found = await ledgerOfHour(this.#store, head, hour);
    hours.set(hour, found);
    return found;
  }

  keepEntry(document: LedgerDocument): void {
    const { clusterId, window } = document.entry;
    const hours = this.#hours.get(clusterId);
    const hour = floorTo(window.startSeconds, HOUR);
    const known = hours?.get(hour);
    if (known === undefined) return;
    const others = known.filter(({ entry }) => entry.window.startSeconds !== window.startSeconds);
    hours?.set(hour, [...others, document]);
  }
}
