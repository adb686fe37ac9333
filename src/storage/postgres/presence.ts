import { type Window, windowEndSeconds } from '../../model/time.ts';
import type { Session } from './session.ts';

// The ledger leads from window to window; the first one with a row of the key ends the walk. What was seen on days whose
// rows are gone stays seen.
const neighbour = (what: string, order: 'ASC' | 'DESC'): string => `
  SELECT ${what} AS seconds FROM collection_runs l JOIN combined_metrics r
    ON r.cluster_id = l.cluster_id AND r.timestamp = l.timestamp
    AND r.namespace = k.namespace AND r.pod_name = k.pod AND r.node = k.node AND r.key_id = k.id
  WHERE l.cluster_id = $2 AND l.row_count > 0 AND l.timestamp >= to_timestamp(p.first_start_seconds)
    AND l.timestamp < to_timestamp(p.last_end_seconds)
  ORDER BY l.timestamp ${order} LIMIT 1`;

const SHRINK = `WITH pruned AS (
    SELECT EXTRACT(epoch FROM MAX(day) + 1)::bigint AS until FROM pruned_days WHERE cluster_id = $2),
  edges AS (
    SELECT p.key_id,
      CASE WHEN p.first_start_seconds < pruned.until THEN p.first_start_seconds ELSE next.seconds END AS first,
      COALESCE(previous.seconds, CASE WHEN p.first_start_seconds < pruned.until THEN LEAST(p.last_end_seconds, pruned.until) END) AS last
    FROM presence p JOIN pod_keys k ON k.id = p.key_id CROSS JOIN pruned
    LEFT JOIN LATERAL (${neighbour('EXTRACT(epoch FROM l.timestamp)::bigint', 'ASC')}) next ON TRUE
    LEFT JOIN LATERAL (${neighbour('EXTRACT(epoch FROM l.timestamp)::bigint + l.duration_seconds', 'DESC')}) previous ON TRUE
    WHERE p.key_id = ANY($1::integer[]) AND (p.first_start_seconds = $3::bigint OR p.last_end_seconds = $4::bigint)),
  gone AS (DELETE FROM presence p USING edges e WHERE p.key_id = e.key_id AND (e.first IS NULL OR e.last IS NULL))
  UPDATE presence p SET first_start_seconds = e.first, last_end_seconds = e.last FROM edges e
  WHERE p.key_id = e.key_id AND e.first IS NOT NULL AND e.last IS NOT NULL`;

/** Keys that a window had and has no more: they were seen from their next to their previous window. */
export async function shrinkPresence(
  session: Session,
  clusterId: string,
  window: Window,
  lostKeys: readonly number[],
): Promise<void> {
  if (lostKeys.length === 0) return;
  await session.query(SHRINK, [lostKeys, clusterId, window.startSeconds, windowEndSeconds(window)]);
}
