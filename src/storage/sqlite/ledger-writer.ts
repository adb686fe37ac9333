import type Database from 'better-sqlite3';
import { Failure } from '../../model/failure.ts';
import type { LedgerEntry } from '../../model/results.ts';
import { type EpochSeconds, floorTo, type Window, windowEndSeconds } from '../../model/time.ts';

const DAY = 86_400;

interface KnownEntry {
  readonly hash: Buffer;
  readonly rowCount: number;
}

/** The ledger, and the epoch of each cluster. */
export class LedgerWriter {
  readonly #cluster: Database.Statement<[string], { id: number; epoch: number }>;
  readonly #granted: Database.Statement<[string], number>;
  readonly #isPruned: Database.Statement<[number, number]>;
  readonly #addCluster: Database.Statement<[string, number]>;
  readonly #setEpoch: Database.Statement<[number, number]>;
  readonly #overlapping: Database.Statement<number[], number>;
  readonly #find: Database.Statement<[number, number], KnownEntry>;
  readonly #put: Database.Statement<(string | number | null | Buffer)[]>;

  constructor(database: Database.Database) {
    this.#cluster = database.prepare('SELECT id, epoch FROM cluster_keys WHERE cluster_id = ?');
    this.#granted = database.prepare<[string], number>('SELECT epoch FROM lease_rows WHERE cluster_id = ?').pluck();
    this.#isPruned = database.prepare('SELECT 1 FROM pruned_days WHERE cluster_key = ? AND start_seconds = ?');
    this.#addCluster = database.prepare('INSERT INTO cluster_keys (cluster_id, epoch) VALUES (?, ?)');
    this.#setEpoch = database.prepare('UPDATE cluster_keys SET epoch = ? WHERE id = ?');
    // No window is longer than an hour, so only those that start within the hour before can reach into this one.
    this.#overlapping = database
      .prepare<number[], number>(
        `SELECT COUNT(*) FROM ledger WHERE cluster_key = ? AND start_seconds > ? - 3600 AND start_seconds < ?
         AND start_seconds + duration_seconds > ? AND NOT (start_seconds = ? AND duration_seconds = ?)`,
      )
      .pluck();
    this.#find = database.prepare(
      'SELECT content_hash AS hash, row_count AS rowCount FROM ledger WHERE cluster_key = ? AND start_seconds = ?',
    );
    this.#put = database.prepare(
      `INSERT OR REPLACE INTO ledger (cluster_key, start_seconds, duration_seconds, state, covered_seconds, reason,
       notices, row_count, closed_at_seconds, content_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** The key of a cluster, made if need be; remembers a younger epoch, refuses one older than any granted or seen. */
  clusterKey(clusterId: string, epoch: number): number {
    const known = this.#cluster.get(clusterId);
    const youngest = Math.max(known?.epoch ?? 0, this.#granted.get(clusterId) ?? 0);
    if (epoch < youngest) {
      throw new Failure('conflict', `Another Podwatt has taken over this cluster (epoch ${youngest}, not ${epoch}).`, {
        hint: 'Nothing was written. Only the one that took over collects this cluster now.',
      });
    }
    if (known === undefined) return Number(this.#addCluster.run(clusterId, epoch).lastInsertRowid);
    if (epoch > known.epoch) this.#setEpoch.run(epoch, known.id);
    return known.id;
  }

  refuseOverlap(cluster: number, window: Window): void {
    const { startSeconds, durationSeconds } = window;
    const end = windowEndSeconds(window);
    const overlaps = this.#overlapping.get(cluster, startSeconds, end, startSeconds, startSeconds, durationSeconds);
    if (overlaps === 0) return;
    throw new Failure('conflict', 'This time is already covered by windows of another length.', {
      hint: 'An hour is kept either as twelve windows of 5 minutes or as one of an hour. Collect it with the same step as before.',
    });
  }

  refusePruned(cluster: number, startSeconds: EpochSeconds): void {
    if (this.#isPruned.get(cluster, floorTo(startSeconds, DAY)) === undefined) return;
    throw new Failure('conflict', 'The rows of this day were removed, as they are older than rows are kept.', {
      hint: 'Its totals stay as they are. Keep rows for longer to be able to collect older days again.',
    });
  }

  find(cluster: number, startSeconds: number): KnownEntry | undefined {
    return this.#find.get(cluster, startSeconds);
  }

  put(cluster: number, entry: LedgerEntry, rowCount: number, hash: Buffer): void {
    this.#put.run(
      cluster,
      entry.window.startSeconds,
      entry.window.durationSeconds,
      entry.state,
      entry.coveredSeconds,
      entry.reason,
      JSON.stringify(entry.notices),
      rowCount,
      entry.closedAtSeconds,
      hash,
    );
  }
}
