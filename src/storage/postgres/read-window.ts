import * as z from 'zod';
import type { WindowResult } from '../../model/results.ts';
import { BACKFILL_WINDOW_SECONDS, LIVE_WINDOW_SECONDS, type TimeRange, type Window } from '../../model/time.ts';
import { nodeWindowOf, snapshotOf } from '../sql/node-lines.ts';
import { rowOf } from '../sql/row-line.ts';
import { storedWindowOf } from '../sql/stored-window.ts';
import { NODE_WINDOW_LINE, readLedger } from './read-facts.ts';
import { ROW_COLUMNS } from './read-rows.ts';
import type { Session } from './session.ts';

const OF_WINDOW = 'cluster_id = $1 AND timestamp = to_timestamp($2::bigint)';
const Sighting = z.object({ node: z.string(), at: z.number(), facts: z.string() });

/** Everything that was written of a window, what its nodes were then included; null once its rows are not kept. */
export async function readWindow(session: Session, clusterId: string, window: Window): Promise<WindowResult | null> {
  const { startSeconds, durationSeconds } = window;
  const [entry] = await readLedger(session, clusterId, { startSeconds, endSeconds: startSeconds + 1 });
  if (entry?.window.durationSeconds !== durationSeconds) return null;
  const ofWindow = [clusterId, startSeconds];
  const rows = await session.query(
    `SELECT ${ROW_COLUMNS} FROM (SELECT r.*, k.row_kind AS kind FROM result_rows r JOIN pod_keys k ON k.id = r.key_id
       WHERE r.cluster_id = $1 AND r.timestamp = to_timestamp($2::bigint)) w ORDER BY namespace, pod_name, node`,
    ofWindow,
  );
  const nodeWindows = await session.query(
    `SELECT ${NODE_WINDOW_LINE} FROM node_windows WHERE ${OF_WINDOW} ORDER BY node`,
    ofWindow,
  );
  const sightings = await session.query(
    `SELECT s.node, EXTRACT(epoch FROM s.snapshot_timestamp)::bigint AS at, f.facts
     FROM node_sightings s JOIN node_facts f ON f.id = s.facts_id
     WHERE s.cluster_id = $1 AND s.window_timestamp = to_timestamp($2::bigint) ORDER BY s.node`,
    ofWindow,
  );
  return storedWindowOf({
    entry,
    rows: rows.map(rowOf),
    nodeWindows: nodeWindows.map(nodeWindowOf),
    nodeSnapshots: sightings.map((line) => {
      const { node, at, facts } = Sighting.parse(line);
      return snapshotOf(facts, clusterId, node, at);
    }),
  });
}

const Found = z.object({
  start_seconds: z.number(),
  duration_seconds: z.literal([LIVE_WINDOW_SECONDS, BACKFILL_WINDOW_SECONDS]),
});

/** Windows with rows that are kept, oldest first. */
export async function readRestatable(
  session: Session,
  clusterId: string,
  range: TimeRange,
): Promise<readonly Window[]> {
  const lines = await session.query(
    `SELECT EXTRACT(epoch FROM l.timestamp)::bigint AS start_seconds, l.duration_seconds FROM collection_runs l
     WHERE l.cluster_id = $1 AND l.timestamp >= to_timestamp($2::bigint) AND l.timestamp < to_timestamp($3::bigint)
       AND l.state <> 'no-data' AND l.row_count > 0 AND NOT EXISTS (SELECT 1 FROM pruned_days d
         WHERE d.cluster_id = l.cluster_id AND d.day = (l.timestamp AT TIME ZONE 'UTC')::date) ORDER BY l.timestamp`,
    [clusterId, range.startSeconds, range.endSeconds],
  );
  return lines.map((line) => {
    const { start_seconds: startSeconds, duration_seconds: durationSeconds } = Found.parse(line);
    return { startSeconds, durationSeconds };
  });
}
