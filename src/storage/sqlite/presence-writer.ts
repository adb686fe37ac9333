import type Database from 'better-sqlite3';
import { type EpochSeconds, floorTo, type Window, windowEndSeconds } from '../../model/time.ts';

const DAY = 86_400;

/** When each pod was first and last seen, from the rows of row_kind pod. */
export class PresenceWriter {
  readonly #extend: Database.Statement<[number, number]>;
  readonly #edge: Database.Statement<[number], { first: number; last: number }>;
  readonly #next: Database.Statement<number[], number>;
  readonly #previous: Database.Statement<number[], number>;
  readonly #nextDay: Database.Statement<number[], number | null>;
  readonly #previousDay: Database.Statement<number[], number | null>;
  readonly #pruned: Database.Statement<[number, number]>;
  readonly #set: Database.Statement<[number, number, number]>;
  readonly #remove: Database.Statement<[number]>;

  constructor(database: Database.Database) {
    this.#extend = database.prepare(
      `INSERT INTO presence (key_id, cluster_key, first_start_seconds, last_end_seconds)
       SELECT r.key_id, r.cluster_key, r.start_seconds, r.start_seconds + r.duration_seconds
       FROM result_rows r JOIN pod_keys k ON k.id = r.key_id
       WHERE r.cluster_key = ? AND r.start_seconds = ? AND k.row_kind = 0
       ON CONFLICT (key_id) DO UPDATE SET
         first_start_seconds = MIN(first_start_seconds, excluded.first_start_seconds),
         last_end_seconds = MAX(last_end_seconds, excluded.last_end_seconds)`,
    );
    this.#edge = database.prepare(
      'SELECT first_start_seconds AS first, last_end_seconds AS last FROM presence WHERE key_id = ?',
    );
    // The ledger leads from window to window; the first one with a row of the key ends the walk.
    const walk = (what: string, direction: string): Database.Statement<number[], number> =>
      database
        .prepare<number[], number>(
          `SELECT ${what} FROM ledger l CROSS JOIN result_rows r
           ON r.cluster_key = l.cluster_key AND r.start_seconds = l.start_seconds AND r.key_id = ?
           WHERE l.cluster_key = ? AND l.start_seconds >= ? AND l.start_seconds < ?
           ORDER BY l.start_seconds ${direction} LIMIT 1`,
        )
        .pluck();
    this.#next = walk('l.start_seconds', 'ASC');
    this.#previous = walk('l.start_seconds + l.duration_seconds', 'DESC');
    // Days without rows tell by their roll-ups whether the pod was there: to the day, which is all that is left of them.
    const walkDays = (what: string): Database.Statement<number[], number | null> =>
      database
        .prepare<number[], number | null>(
          `SELECT ${what} FROM pruned_days d CROSS JOIN rollup_day_pod r
           ON r.cluster_key = d.cluster_key AND r.start_seconds = d.start_seconds AND r.key_id = ?
           WHERE d.cluster_key = ? AND d.start_seconds > ? - 86400 AND d.start_seconds < ?`,
        )
        .pluck();
    this.#nextDay = walkDays('MIN(d.start_seconds)');
    this.#previousDay = walkDays('MAX(d.start_seconds) + 86400');
    this.#pruned = database.prepare('SELECT 1 FROM pruned_days WHERE cluster_key = ? AND start_seconds = ?');
    this.#set = database.prepare('UPDATE presence SET first_start_seconds = ?, last_end_seconds = ? WHERE key_id = ?');
    this.#remove = database.prepare('DELETE FROM presence WHERE key_id = ?');
  }

  /** Takes in the rows of a window. */
  extend(cluster: number, startSeconds: number): void {
    this.#extend.run(cluster, startSeconds);
  }

  /** After a window was replaced: keys that it had and has no more are seen from their next to their previous window. */
  shrink(cluster: number, window: Window, before: readonly number[], now: ReadonlySet<number>): void {
    for (const key of before) {
      if (now.has(key)) continue;
      const edge = this.#edge.get(key);
      if (edge === undefined) continue;
      const atEdge = edge.first === window.startSeconds || edge.last === windowEndSeconds(window);
      if (!atEdge) continue;
      const where = [key, cluster, edge.first, edge.last];
      const firsts = [this.#next.get(...where), this.#nextDay.get(...where)].filter(isNumber);
      const lasts = [this.#previous.get(...where), this.#previousDay.get(...where)].filter(isNumber);
      // What was seen in a day without rows stays seen, also where nothing else is left of that day.
      if (this.#isPruned(cluster, edge.first)) {
        firsts.push(edge.first);
        lasts.push(floorTo(edge.first, DAY) + DAY);
      }
      if (this.#isPruned(cluster, edge.last - 1)) lasts.push(edge.last);
      if (firsts.length === 0) this.#remove.run(key);
      else this.#set.run(Math.max(edge.first, Math.min(...firsts)), Math.min(edge.last, Math.max(...lasts)), key);
    }
  }

  #isPruned(cluster: number, seconds: EpochSeconds): boolean {
    return this.#pruned.get(cluster, floorTo(seconds, DAY)) !== undefined;
  }
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
