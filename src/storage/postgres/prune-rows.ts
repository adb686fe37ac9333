import type { EpochSeconds } from '../../model/time.ts';
import { floorTo } from '../../model/time.ts';
import { numberIn } from '../sql/sums.ts';
import { monthOf, monthStart, partitionName } from './partitions.ts';
import { stateOf } from './postgres-failure.ts';
import { quoteIdentifier } from './quoting.ts';
import { DAY } from './rollups.ts';
import type { Session } from './session.ts';

/** How long a partition that is to be dropped waits for readers, as new readers wait behind it. */
const LOCK_MILLISECONDS = 2000;

/**
 * Removes the rows of whole UTC days before `before`, and remembers those days. A month that goes as a whole is dropped;
 * else, and where readers won't let it go, days are deleted one by one.
 */
export async function pruneRows(session: Session, before: EpochSeconds): Promise<number> {
  let removed = 0;
  for (;;) {
    const [line = {}] = await session.query(
      `SELECT EXTRACT(epoch FROM MIN(o.oldest))::bigint AS oldest FROM cluster_keys c CROSS JOIN LATERAL (
         SELECT MIN(timestamp) AS oldest FROM combined_metrics
         WHERE cluster_id = c.cluster_id AND timestamp < to_timestamp($1::bigint)) o`,
      [before],
    );
    if (typeof line.oldest !== 'number') return removed;
    const month = monthOf(line.oldest);
    const isWhole = monthStart(month + 1) <= before;
    const dropped = isWhole ? await dropMonth(session, month) : null;
    removed += dropped ?? (await removeDay(session, floorTo(line.oldest, DAY)));
  }
}

// Every index leads with the cluster.
const IN_TIME = `cluster_id = ANY(ARRAY(SELECT cluster_id FROM cluster_keys))
  AND timestamp >= to_timestamp($1::bigint) AND timestamp < to_timestamp($2::bigint)`;
// Days of clusters with rows, by the ledger.
const REMEMBER = `INSERT INTO pruned_days (cluster_id, day)
  SELECT DISTINCT cluster_id, (timestamp AT TIME ZONE 'UTC')::date FROM collection_runs WHERE ${IN_TIME} AND row_count > 0
  ON CONFLICT DO NOTHING`;

async function lockClusters(session: Session, from: EpochSeconds, to: EpochSeconds): Promise<void> {
  // In one order, so that two that prune wait for each other; who writes a window holds only one.
  await session.query(
    `SELECT 1 FROM leases WHERE cluster_id IN (SELECT cluster_id FROM collection_runs WHERE ${IN_TIME})
     ORDER BY cluster_id FOR UPDATE`,
    [from, to],
  );
}

/** Rows that went with the month; null where it is in use. */
async function dropMonth(session: Session, month: number): Promise<number | null> {
  const [from, to] = [monthStart(month), monthStart(month + 1)];
  const partition = quoteIdentifier(partitionName('combined_metrics', month));
  try {
    return await session.transaction(async () => {
      await session.query(`SET LOCAL lock_timeout = ${LOCK_MILLISECONDS}`);
      await lockClusters(session, from, to);
      // Whatever is written from here on waits, then finds no month and looks again.
      await session.query(`LOCK TABLE ONLY combined_metrics IN ACCESS EXCLUSIVE MODE`);
      await session.query(`LOCK TABLE ${partition} IN ACCESS EXCLUSIVE MODE`);
      const [counted = {}] = await session.query(
        `SELECT COALESCE(SUM(row_count), 0)::bigint AS rows FROM collection_runs l WHERE ${IN_TIME} AND NOT EXISTS (
           SELECT 1 FROM pruned_days d WHERE d.cluster_id = l.cluster_id AND d.day = (l.timestamp AT TIME ZONE 'UTC')::date)`,
        [from, to],
      );
      await session.query(REMEMBER, [from, to]);
      await session.query(`DROP TABLE ${partition}`);
      return numberIn(counted, 'rows');
    });
  } catch (error) {
    if (stateOf(error) === LOCK_NOT_AVAILABLE || stateOf(error) === NOT_OWNER) return null;
    throw error;
  }
}

const LOCK_NOT_AVAILABLE = '55P03';
/** insufficient_privilege: who may delete rows need not own the table. */
const NOT_OWNER = '42501';

async function removeDay(session: Session, day: EpochSeconds): Promise<number> {
  return session.transaction(async () => {
    await lockClusters(session, day, day + DAY);
    await session.query(REMEMBER, [day, day + DAY]);
    // A cluster that wrote its first window of the day since is not remembered, so it keeps its rows until the next time.
    return session.change(
      `DELETE FROM combined_metrics WHERE ${IN_TIME} AND cluster_id IN (
         SELECT cluster_id FROM pruned_days WHERE day = (to_timestamp($1::bigint) AT TIME ZONE 'UTC')::date)`,
      [day, day + DAY],
    );
  });
}
