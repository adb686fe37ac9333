import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { NodeWindowsQuery, StoredNodeWindow } from '../../core/ports/results-store.ts';
import type { NodeSnapshot } from '../../model/results.ts';
import type { TimeRange } from '../../model/time.ts';
import { clusterOf } from '../sql/dimension-columns.ts';
import { DICTIONARY } from '../sql/key-style.ts';
import { nodeWindowOf, snapshotOf } from '../sql/node-lines.ts';
import { literals } from '../sql/statement.ts';
import { clusterKeysOf } from './cluster-scope.ts';

const Snapshot = z.object({ cluster_id: z.string(), name: z.string(), at_seconds: z.number(), facts: z.string() });

/** Nodes with a window in the range, each as it last was in it (or before it, where it did not change since). */
export function readNodes(
  database: Database.Database,
  { clusterIds, range }: { readonly clusterIds: readonly string[]; readonly range: TimeRange },
): readonly NodeSnapshot[] {
  const clusterKeys = clusterKeysOf(database, clusterIds);
  if (clusterKeys.length === 0) return [];
  const end = literals([range.endSeconds]);
  return database
    .prepare(
      `WITH newest AS (SELECT cluster_key, node, MAX(start_seconds) AS start_seconds FROM node_sightings
         WHERE cluster_key IN (${literals(clusterKeys)}) AND start_seconds < ${end} AND changed = 1 GROUP BY cluster_key, node)
       SELECT ${clusterOf('s.cluster_key')} AS cluster_id, ${DICTIONARY.textOf('s.node')} AS name,
         s.snapshot_at_seconds AS at_seconds, f.facts
       FROM newest n CROSS JOIN node_sightings s
         ON s.cluster_key = n.cluster_key AND s.node = n.node AND s.start_seconds = n.start_seconds
       JOIN node_facts f ON f.id = s.facts_id
       WHERE EXISTS (SELECT 1 FROM node_window_rows w WHERE w.cluster_key = s.cluster_key AND w.node = s.node
         AND w.start_seconds >= ${literals([range.startSeconds])} AND w.start_seconds < ${end})
       ORDER BY cluster_id, name`,
    )
    .all()
    .map((line) => {
      const { cluster_id, name, at_seconds, facts } = Snapshot.parse(line);
      return snapshotOf(facts, cluster_id, name, at_seconds);
    });
}

/** Windows of one node, oldest first; where there are more than `limit`, evenly thinned with the first and last kept. */
export function readNodeWindows(database: Database.Database, query: NodeWindowsQuery): readonly StoredNodeWindow[] {
  const [cluster] = clusterKeysOf(database, [query.clusterId]);
  if (cluster === undefined || query.limit < 1) return [];
  const limit = literals([query.limit]);
  // Line i of n is kept where i * (limit - 1) / (n - 1) enters a new whole number: `limit` lines, evenly spread.
  const steps = literals([Math.max(1, query.limit - 1)]);
  return database
    .prepare(
      `WITH numbered AS (SELECT w.*, ROW_NUMBER() OVER (ORDER BY w.start_seconds) - 1 AS i, COUNT(*) OVER () AS n
         FROM node_window_rows w WHERE w.cluster_key = ? AND w.node = (SELECT id FROM texts WHERE text = ?)
         AND w.start_seconds >= ? AND w.start_seconds < ?)
       SELECT *, ${clusterOf('cluster_key')} AS cluster_id, ${DICTIONARY.textOf('node')} AS node, ${DICTIONARY.textOf('curve_id')} AS curve_id
       FROM numbered
       WHERE n <= ${limit} OR i = 0 OR (i * ${steps}) / (n - 1) > ((i - 1) * ${steps}) / (n - 1)
       ORDER BY start_seconds LIMIT ${limit}`,
    )
    .all(cluster, query.node, query.range.startSeconds, query.range.endSeconds)
    .map(nodeWindowOf);
}
