import type Database from 'better-sqlite3';
import type { EpochSeconds } from '../../model/time.ts';
import type { OpenHour } from '../sql/grouped-sums.ts';

/** The list of hours whose sums by pod and workload are not in the roll-ups yet. It is in the store, so it outlives us. */
export class OpenHours {
  readonly #find: Database.Statement<[number, number], number>;
  readonly #touch: Database.Statement<[number, number, number], number>;
  readonly #close: Database.Statement<[number, number]>;
  readonly #oldest: Database.Statement<[number, number, number], EpochSeconds>;
  readonly #ended: Database.Statement<[number], OpenHour>;
  readonly #entries: Database.Statement<[number, number, number], number>;
  readonly #hasRows: Database.Statement<[number, number, number, number]>;

  constructor(database: Database.Database) {
    const where = 'WHERE cluster_key = ? AND start_seconds = ?';
    const inHour = 'WHERE cluster_key = ? AND start_seconds >= ? AND start_seconds < ?';
    this.#find = database.prepare<[number, number], number>(`SELECT touched FROM open_hours ${where}`).pluck();
    // Never the same twice, also where the hour was written, removed and opened again.
    this.#touch = database
      .prepare<[number, number, number], number>(
        `INSERT OR REPLACE INTO open_hours (cluster_key, start_seconds, touched)
         SELECT ?, ?, MAX(COALESCE(MAX(touched), 0) + 1, ?) FROM open_hours RETURNING touched`,
      )
      .pluck();
    this.#close = database.prepare(`DELETE FROM open_hours ${where}`);
    this.#oldest = database
      .prepare<[number, number, number], EpochSeconds>(
        `SELECT start_seconds FROM open_hours WHERE cluster_key = ? AND start_seconds <> ?
         ORDER BY touched DESC LIMIT 1 OFFSET ?`,
      )
      .pluck();
    this.#ended = database.prepare(
      'SELECT cluster_key AS clusterKey, start_seconds AS startSeconds FROM open_hours WHERE start_seconds < ? LIMIT 1',
    );
    this.#entries = database.prepare<[number, number, number], number>(`SELECT COUNT(*) FROM ledger ${inHour}`).pluck();
    this.#hasRows = database.prepare(`SELECT 1 FROM ledger ${inHour} AND start_seconds <> ? AND row_count > 0 LIMIT 1`);
  }

  /** Which writing touched it last; null where it is not open. */
  touchedBy(cluster: number, hour: EpochSeconds): number | null {
    return this.#find.get(cluster, hour) ?? null;
  }

  /** Opens it, or says that it was written to again; answers by which writing. */
  touch(cluster: number, hour: EpochSeconds): number {
    return this.#touch.get(cluster, hour, Date.now()) ?? 0;
  }

  close(cluster: number, hour: EpochSeconds): void {
    this.#close.run(cluster, hour);
  }

  /** Of the open hours of a cluster but this one: the one after the `kept` that were written to last. */
  tooMany(cluster: number, hour: EpochSeconds, kept: number): EpochSeconds | undefined {
    return this.#oldest.get(cluster, hour, kept);
  }

  /** One that started before an instant. */
  startedBefore(seconds: EpochSeconds): OpenHour | undefined {
    return this.#ended.get(seconds);
  }

  /** Windows of the hour that are closed. */
  windowsOf(cluster: number, hour: EpochSeconds): number {
    return this.#entries.get(cluster, hour, hour + 3600) ?? 0;
  }

  /** True where another window of the hour has rows. */
  hasOtherRows(cluster: number, hour: EpochSeconds, startSeconds: EpochSeconds): boolean {
    return this.#hasRows.get(cluster, hour, hour + 3600, startSeconds) !== undefined;
  }
}
