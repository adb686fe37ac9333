import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { Dictionary } from './dictionary.ts';
import { LedgerWriter } from './ledger-writer.ts';
import { NodeWriter } from './node-writer.ts';
import type { PackedWindow } from './packed-window.ts';
import { PresenceWriter } from './presence-writer.ts';
import { RollupWriter } from './rollup-writer.ts';
import { RowWriter } from './row-writer.ts';

/** Writes windows, one transaction each; keeps its prepared statements and the dictionary between them. */
export class WindowWriter {
  readonly #dictionary: Dictionary;
  readonly #ledger: LedgerWriter;
  readonly #rows: RowWriter;
  readonly #presence: PresenceWriter;
  readonly #rollups: RollupWriter;
  readonly #nodes: NodeWriter;
  readonly #compactOne: Database.Transaction<(beforeSeconds: number) => boolean>;
  readonly #transaction: Database.Transaction<(window: PackedWindow) => void>;

  constructor(database: Database.Database) {
    this.#dictionary = new Dictionary(database);
    this.#ledger = new LedgerWriter(database);
    this.#rows = new RowWriter(database, this.#dictionary);
    this.#presence = new PresenceWriter(database);
    this.#rollups = new RollupWriter(database);
    this.#nodes = new NodeWriter(database, this.#dictionary);
    this.#compactOne = database.transaction((before: number) => this.#rollups.compactOne(before));
    this.#transaction = database.transaction((window: PackedWindow) => this.#replace(window));
  }

  /** Throws `Failure` conflict for an older epoch or an overlapping window; the store is then as it was. */
  replace(window: PackedWindow): void {
    this.#dictionary.trim();
    try {
      this.#transaction.immediate(window);
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** To be called after keys were deleted by others, or what was written was rolled back. */
  forget(): void {
    this.#dictionary.forget();
    this.#rollups.forget();
  }

  /** Writes the roll-ups of one hour that waits for them and ended before an instant; false if there is none. */
  compactOne(beforeSeconds: number): boolean {
    try {
      return this.#compactOne.immediate(beforeSeconds);
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  #replace(packed: PackedWindow): void {
    const { entry, epoch } = packed;
    const cluster = this.#ledger.clusterKey(entry.clusterId, epoch);
    this.#ledger.refusePruned(cluster, entry.window.startSeconds);
    this.#ledger.refuseOverlap(cluster, entry.window);
    const rows = this.#rows.resolve(packed, cluster);
    const hash = createHash('sha256').update(rows.values).update(describe(packed)).digest();
    const before = this.#ledger.find(cluster, entry.window.startSeconds);
    // The same answers again: everything, row ids and closing time included, stays as it is.
    if (before?.hash.equals(hash)) return;

    const { startSeconds } = entry.window;
    const had = before !== undefined && before.rowCount > 0;
    const lost = had ? this.#rows.remove(cluster, startSeconds) : [];
    this.#rows.insert(rows, cluster, entry.window);
    this.#ledger.put(cluster, entry, rows.count, hash);
    if (rows.count > 0) this.#presence.extend(cluster, startSeconds);
    if (lost.length > 0) {
      this.#presence.shrink(cluster, entry.window, lost, new Set(rows.keys.map(({ pod }) => pod)));
    }
    if (had) this.#rollups.replace(cluster, startSeconds);
    else this.#rollups.add(cluster, entry.window, rows);
    this.#nodes.replace(cluster, entry.window, packed.nodeWindows, packed.nodeSnapshots);
  }
}

function describe({ entry, nodeWindows, nodeSnapshots }: PackedWindow): string {
  const { closedAtSeconds: _, ...kept } = entry;
  return JSON.stringify([kept, nodeWindows, nodeSnapshots]);
}
