import type Database from 'better-sqlite3';
import type { WindowSpool } from '../../core/ports/window-spool.ts';
import { Failure } from '../../model/failure.ts';
import type { LedgerEntry, WindowResult } from '../../model/results.ts';
import type { TimeRange } from '../../model/time.ts';
import { storeFailure } from './open-database.ts';
import { decodeEntry, decodeWindow, encodeWindow } from './spool-payload.ts';

export interface SpoolLimits {
  /** Of one cluster. */
  readonly windows: number;
  /** Of all clusters, compressed. */
  readonly bytes: number;
}

/** Seven days of 5-minute windows; 1 GiB is some 3,000 windows of 5,000 pods. */
const SPOOL_LIMITS: SpoolLimits = { windows: 7 * 288, bytes: 2 ** 30 };

interface Line {
  readonly start: number;
  readonly entry: string;
  readonly payload: Uint8Array;
}

/**
 * Windows that wait, in a table of `app.sqlite`. A full spool refuses new windows (`Failure` too-large) and drops none:
 * what it refuses is still in the metrics source, which forgets its oldest first.
 */
export class SqliteSpool implements WindowSpool {
  readonly #database: Database.Database;
  readonly #limits: SpoolLimits;

  constructor(database: Database.Database, limits: SpoolLimits = SPOOL_LIMITS) {
    this.#database = database;
    this.#limits = limits;
  }

  async put(result: WindowResult): Promise<void> {
    const { clusterId, window } = result.entry;
    const { entry, payload } = await encodeWindow(result);
    this.#with('kept', (database) => {
      this.#refuseBeyond(clusterId, window.startSeconds, payload.byteLength, database);
      database
        .prepare('INSERT OR REPLACE INTO spool (cluster_id, start_seconds, entry, payload) VALUES (?, ?, ?, ?)')
        .run(clusterId, window.startSeconds, entry, payload);
    });
  }

  /** A window that can't be read back is dropped: it counts as never closed, and is read from the metrics again. */
  async oldest(clusterId: string, limit: number): Promise<readonly WindowResult[]> {
    const results: WindowResult[] = [];
    while (results.length < limit) {
      const lines = this.#lines(clusterId, results.at(-1)?.entry.window.startSeconds ?? null, limit - results.length);
      if (lines.length === 0) break;
      for (const line of lines) {
        const result = await decodeWindow(line.entry, line.payload);
        if (result === null) await this.remove(clusterId, line.start);
        else results.push(result);
      }
    }
    return results;
  }

  async entries(clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]> {
    const lines = this.#with('read', (database) =>
      database
        .prepare<[string, number, number], string>(
          'SELECT entry FROM spool WHERE cluster_id = ? AND start_seconds >= ? AND start_seconds < ? ORDER BY start_seconds',
        )
        .pluck()
        .all(clusterId, range.startSeconds, range.endSeconds),
    );
    return lines.map(decodeEntry).filter((entry) => entry !== null);
  }

  async remove(clusterId: string, startSeconds: number): Promise<void> {
    this.#with('removed', (database) =>
      database.prepare('DELETE FROM spool WHERE cluster_id = ? AND start_seconds = ?').run(clusterId, startSeconds),
    );
  }

  async removeCluster(clusterId: string): Promise<void> {
    this.#with('removed', (database) => database.prepare('DELETE FROM spool WHERE cluster_id = ?').run(clusterId));
  }

  async waiting(): Promise<readonly { clusterId: string; windows: number; oldestStartSeconds: number }[]> {
    return this.#with('read', (database) =>
      database
        .prepare<[], { clusterId: string; windows: number; oldestStartSeconds: number }>(
          `SELECT cluster_id AS clusterId, COUNT(*) AS windows, MIN(start_seconds) AS oldestStartSeconds
           FROM spool GROUP BY cluster_id ORDER BY cluster_id`,
        )
        .all(),
    );
  }

  #lines(clusterId: string, afterSeconds: number | null, limit: number): Line[] {
    return this.#with('read', (database) =>
      database
        .prepare<[string, number, number], Line>(
          `SELECT start_seconds AS start, entry, payload FROM spool
           WHERE cluster_id = ? AND start_seconds > ? ORDER BY start_seconds LIMIT ?`,
        )
        .all(clusterId, afterSeconds ?? -1, limit),
    );
  }

  #refuseBeyond(clusterId: string, startSeconds: number, bytes: number, database: Database.Database): void {
    const others = database
      .prepare<[string, number], number>('SELECT COUNT(*) FROM spool WHERE cluster_id = ? AND start_seconds <> ?')
      .pluck()
      .get(clusterId, startSeconds);
    const kept = database.prepare<[], number>('SELECT TOTAL(LENGTH(payload)) FROM spool').pluck().get();
    if ((others ?? 0) < this.#limits.windows && (kept ?? 0) + bytes <= this.#limits.bytes) return;
    const count = others === 1 ? '1 window waits' : `${others ?? 0} windows wait`;
    throw new Failure('too-large', `${count} for the results store, and no more are kept on this machine`, {
      hint: 'Later windows are read from the metrics when the store is back, as far back as those are kept. Bring the store back.',
    });
  }

  #with<Answer>(done: string, work: (database: Database.Database) => Answer): Answer {
    try {
      return work(this.#database);
    } catch (error) {
      throw storeFailure(error, `Windows that wait for the results store could not be ${done}`);
    }
  }
}
