import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { WindowResult } from '../../model/results.ts';
import { BACKFILL_WINDOW_SECONDS, LIVE_WINDOW_SECONDS, type TimeRange, type Window } from '../../model/time.ts';
import { DICTIONARY } from '../sql/key-style.ts';
import { nodeWindowOf, snapshotOf } from '../sql/node-lines.ts';
import { rowOf } from '../sql/row-line.ts';
import { storedWindowOf } from '../sql/stored-window.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import { readLedger } from './read-ledger.ts';
import { NODE_WINDOW_NAMES } from './read-nodes.ts';
import { ROW_COLUMNS } from './read-rows.ts';

const DAY = 86_400;
const NOT_PRUNED = `NOT EXISTS (SELECT 1 FROM pruned_days d
  WHERE d.cluster_key = l.cluster_key AND d.start_seconds = l.start_seconds / ${DAY} * ${DAY})`;

const Sighting = z.object({ name: z.string(), at: z.number(), facts: z.string() });

/** Everything that was written of a window, what its nodes were then included; null once its rows are not kept. */
export function readWindow(
  database: Database.Database,
  { clusterId, window }: { readonly clusterId: string; readonly window: Window },
): WindowResult | null {
  const { startSeconds, durationSeconds } = window;
  const [cluster] = clusterKeysOf(database, [clusterId]);
  const range = { startSeconds, endSeconds: startSeconds + 1 };
  const [entry] = cluster === undefined ? [] : readLedger(database, { clusterId, range });
  if (cluster === undefined || entry?.window.durationSeconds !== durationSeconds) return null;
  const ofWindow = (statement: string): unknown[] =>
    database.prepare<[number, number]>(statement).all(cluster, startSeconds);
  const rows = ofWindow(
    `SELECT ${ROW_COLUMNS} FROM result_rows r CROSS JOIN pod_keys k ON k.id = r.key_id
     WHERE r.cluster_key = ? AND r.start_seconds = ? ORDER BY r.key_id`,
  );
  const nodeWindows = ofWindow(
    `SELECT *, ${NODE_WINDOW_NAMES} FROM node_window_rows WHERE cluster_key = ? AND start_seconds = ?`,
  );
  const sightings = ofWindow(
    `SELECT ${DICTIONARY.textOf('s.node')} AS name, s.snapshot_at_seconds AS at, f.facts
     FROM node_sightings s JOIN node_facts f ON f.id = s.facts_id WHERE s.cluster_key = ? AND s.start_seconds = ?`,
  );
  return storedWindowOf({
    entry,
    rows: rows.map(rowOf),
    nodeWindows: nodeWindows.map(nodeWindowOf),
    nodeSnapshots: sightings.map((line) => {
      const { name, at, facts } = Sighting.parse(line);
      return snapshotOf(facts, clusterId, name, at);
    }),
  });
}

const Found = z.object({
  startSeconds: z.number(),
  durationSeconds: z.literal([LIVE_WINDOW_SECONDS, BACKFILL_WINDOW_SECONDS]),
});

/** Windows with rows that are kept, oldest first. */
export function readRestatable(
  database: Database.Database,
  { clusterId, range }: { readonly clusterId: string; readonly range: TimeRange },
): readonly Window[] {
  return database
    .prepare(
      `SELECT l.start_seconds AS startSeconds, l.duration_seconds AS durationSeconds
       FROM ledger l JOIN cluster_keys c ON c.id = l.cluster_key
       WHERE c.cluster_id = ? AND l.start_seconds >= ? AND l.start_seconds < ? AND l.state <> 'no-data'
         AND l.row_count > 0 AND ${NOT_PRUNED} ORDER BY l.start_seconds`,
    )
    .all(clusterId, range.startSeconds, range.endSeconds)
    .map((line) => Found.parse(line));
}
