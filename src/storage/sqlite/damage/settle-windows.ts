import type Database from 'better-sqlite3';
import * as z from 'zod';
import { RollupWriter } from '../rollup-writer.ts';

const ROLLUPS = ['hour', 'day'].flatMap((period) =>
  ['pod', 'workload', 'namespace'].map((grain) => `rollup_${period}_${grain}`),
);

export interface SettledWindows {
  /** Windows that are whole again. */
  readonly recovered: number;
  /** Windows that are known to have been there and are not whole: they are read again. */
  readonly lost: number;
}

/**
 * Leaves whole windows only: a window counts where its ledger entry and as many rows as that tells came through, or
 * where retention has taken its rows. Roll-ups of days that still have rows are summed afresh; those of other days stay
 * as they were read.
 */
export function settleWindows(database: Database.Database, isPruningKnown: boolean): SettledWindows {
  return database.transaction(() => {
    database.exec(FIND);
    // Days without any row are those that retention took, where the table that says so is damaged.
    if (!isPruningKnown) database.exec(GUESS_PRUNED_DAYS);
    const lost = z
      .number()
      .parse(database.prepare(`SELECT COUNT(*) FROM temp.broken WHERE ${NOT_PRUNED}`).pluck().get());
    for (const table of ['result_rows', 'ledger', 'node_window_rows', 'node_sightings']) {
      database.exec(
        `DELETE FROM ${table} WHERE (cluster_key, start_seconds) IN
         (SELECT cluster_key, start_seconds FROM temp.broken WHERE ${NOT_PRUNED})`,
      );
    }
    recomputeRollups(database);
    database.exec(PRESENCE);
    database.exec(NODE_CHANGES);
    const recovered = z.number().parse(database.prepare('SELECT COUNT(*) FROM ledger').pluck().get());
    database.exec('DROP TABLE temp.found; DROP TABLE temp.broken; DROP TABLE temp.seen');
    return { recovered, lost };
  })();
}

const dayOf = (seconds: string): string => `${seconds} / 86400 * 86400`;
const isPruned = (table: string, seconds: string): string =>
  `EXISTS (SELECT 1 FROM pruned_days d WHERE d.cluster_key = ${table}.cluster_key AND d.start_seconds = ${dayOf(seconds)})`;

const NOT_PRUNED = `NOT ${isPruned('broken', 'broken.start_seconds')}`;

const FIND = `
CREATE TEMP TABLE found AS
  SELECT cluster_key, start_seconds, COUNT(*) AS row_count FROM result_rows GROUP BY cluster_key, start_seconds;
CREATE INDEX temp.found_by_window ON found (cluster_key, start_seconds);
CREATE TEMP TABLE broken AS
  SELECT l.cluster_key, l.start_seconds FROM ledger l
    LEFT JOIN temp.found f ON f.cluster_key = l.cluster_key AND f.start_seconds = l.start_seconds
    WHERE l.row_count <> COALESCE(f.row_count, 0) OR l.cluster_key NOT IN (SELECT id FROM cluster_keys)
  UNION SELECT f.cluster_key, f.start_seconds FROM temp.found f
    WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE l.cluster_key = f.cluster_key AND l.start_seconds = f.start_seconds);
CREATE INDEX temp.broken_by_window ON broken (cluster_key, start_seconds);`;

const GUESS_PRUNED_DAYS = `
INSERT OR IGNORE INTO pruned_days (cluster_key, start_seconds)
  SELECT l.cluster_key, ${dayOf('l.start_seconds')} AS day FROM ledger l
    LEFT JOIN temp.found f ON f.cluster_key = l.cluster_key AND f.start_seconds = l.start_seconds
    GROUP BY l.cluster_key, day HAVING SUM(l.row_count) > 0 AND SUM(COALESCE(f.row_count, 0)) = 0;`;

/** First and last sight of a pod follow from its rows, wherever the day of that sight still has rows. */
const PRESENCE = `
CREATE TEMP TABLE seen AS
  SELECT r.key_id, r.cluster_key, MIN(r.start_seconds) AS first_start, MAX(r.start_seconds + r.duration_seconds) AS last_end
  FROM result_rows r CROSS JOIN pod_keys k ON k.id = r.key_id WHERE k.row_kind = 0 GROUP BY r.key_id, r.cluster_key;
CREATE INDEX temp.seen_by_key ON seen (key_id);
DELETE FROM presence WHERE key_id NOT IN (SELECT key_id FROM temp.seen)
  AND NOT ${isPruned('presence', 'presence.first_start_seconds')}
  AND NOT ${isPruned('presence', '(presence.last_end_seconds - 1)')};
UPDATE presence SET first_start_seconds = s.first_start FROM temp.seen s
  WHERE s.key_id = presence.key_id AND s.first_start > presence.first_start_seconds
  AND NOT ${isPruned('presence', 'presence.first_start_seconds')};
UPDATE presence SET last_end_seconds = s.last_end FROM temp.seen s
  WHERE s.key_id = presence.key_id AND s.last_end < presence.last_end_seconds
  AND NOT ${isPruned('presence', '(presence.last_end_seconds - 1)')};
INSERT INTO presence (key_id, cluster_key, first_start_seconds, last_end_seconds)
  SELECT key_id, cluster_key, first_start, last_end FROM temp.seen WHERE TRUE
  ON CONFLICT (key_id) DO UPDATE SET
    first_start_seconds = MIN(first_start_seconds, excluded.first_start_seconds),
    last_end_seconds = MAX(last_end_seconds, excluded.last_end_seconds);`;

/** A sighting is a change where it differs from the one before it. */
const NODE_CHANGES = `
UPDATE node_sightings SET changed = c.changed FROM (
  SELECT cluster_key, node, start_seconds,
    facts_id IS NOT LAG(facts_id) OVER (PARTITION BY cluster_key, node ORDER BY start_seconds) AS changed
  FROM node_sightings) c
WHERE c.cluster_key = node_sightings.cluster_key AND c.node = node_sightings.node
  AND c.start_seconds = node_sightings.start_seconds AND c.changed <> node_sightings.changed;`;

const Bucket = z.object({ cluster: z.number(), start: z.number() });

function recomputeRollups(database: Database.Database): void {
  const pruned = (start: string): string =>
    `(cluster_key, ${dayOf(start)}) IN (SELECT cluster_key, start_seconds FROM pruned_days)`;
  for (const table of [...ROLLUPS, 'open_hours'])
    database.exec(`DELETE FROM ${table} WHERE NOT ${pruned('start_seconds')}`);
  const hours = database
    .prepare(
      `SELECT DISTINCT cluster_key AS cluster, start_seconds / 3600 * 3600 AS start FROM ledger
       WHERE row_count > 0 AND NOT ${pruned('start_seconds')}`,
    )
    .all();
  const writer = new RollupWriter(database);
  for (const { cluster, start } of z.array(Bucket).parse(hours)) writer.recompute(cluster, start);
}
