import type { CoverageBucket, NodeWindowsQuery, StoredNodeWindow } from '../../core/ports/results-store.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import type { LedgerEntry, NodeSnapshot } from '../../model/results.ts';
import type { TimeRange } from '../../model/time.ts';
import { CLUSTER_COLUMNS, clusterRecordOf } from '../sql/cluster-line.ts';
import { entryOf } from '../sql/ledger-line.ts';
import { nodeWindowOf } from '../sql/node-lines.ts';
import { NODE_WINDOW_COLUMNS } from '../sql/node-window-columns.ts';
import { numberIn } from '../sql/sums.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import { snapshotOf } from './node-snapshot-line.ts';
import type { Session } from './session.ts';

const seconds = (column: string): string => `EXTRACT(epoch FROM ${column})::bigint`;
const iso = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const LEDGER = `SELECT cluster_id, ${seconds('timestamp')} AS start_seconds, duration_seconds, state, covered_seconds,
  reason, notices::text AS notices, row_count, ${seconds('closed_at')} AS closed_at_seconds
  FROM collection_runs WHERE cluster_id = $1`;

/** Entries whose window starts in the range, by start. */
export async function readLedger(
  session: Session,
  clusterId: string,
  range: TimeRange,
): Promise<readonly LedgerEntry[]> {
  const lines = await session.query(
    `${LEDGER} AND timestamp >= to_timestamp($2::bigint) AND timestamp < to_timestamp($3::bigint) ORDER BY timestamp`,
    [clusterId, range.startSeconds, range.endSeconds],
  );
  return lines.map(entryOf);
}

/** The youngest entry that has data. */
export async function readLastDataEntry(session: Session, clusterId: string): Promise<LedgerEntry | null> {
  const [line] = await session.query(`${LEDGER} AND state <> 'no-data' ORDER BY timestamp DESC LIMIT 1`, [clusterId]);
  return line === undefined ? null : entryOf(line);
}

/** The oldest entry. */
export async function readFirstEntry(session: Session, clusterId: string): Promise<LedgerEntry | null> {
  const [line] = await session.query(`${LEDGER} ORDER BY timestamp LIMIT 1`, [clusterId]);
  return line === undefined ? null : entryOf(line);
}

/** Seconds that windows with data cover, by bucket, as a mean over the clusters that have windows at all. */
export async function readCoverage(
  session: Session,
  clusterIds: readonly string[],
  buckets: readonly TimeRange[],
): Promise<readonly CoverageBucket[]> {
  const clusterKeys = await clusterKeysOf(session, clusterIds);
  const lines = await session.query(
    `SELECT b.bucket, SUM(l.covered_seconds) AS covered
     FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS b (lo, hi, bucket)
     JOIN collection_runs l ON l.cluster_id = ANY(ARRAY(SELECT cluster_id FROM cluster_keys WHERE id = ANY($1::integer[])))
       AND l.timestamp >= to_timestamp(b.lo) AND l.timestamp < to_timestamp(b.hi)
     WHERE l.state <> 'no-data' GROUP BY b.bucket`,
    [clusterKeys, buckets.map((bucket) => bucket.startSeconds), buckets.map((bucket) => bucket.endSeconds)],
  );
  const covered = new Map(lines.map((line) => [numberIn(line, 'bucket'), numberIn(line, 'covered')]));
  const clusters = Math.max(1, clusterIds.length === 0 ? clusterKeys.length : clusterIds.length);
  return buckets.map(({ startSeconds, endSeconds }, index) => ({
    bucketStartSeconds: startSeconds,
    coveredSeconds: (covered.get(index + 1) ?? 0) / clusters,
    durationSeconds: endSeconds - startSeconds,
  }));
}

/** Nodes with a window in the range, each as it last was in it (or before it, where it did not change since). */
export async function readNodes(
  session: Session,
  clusterIds: readonly string[],
  range: TimeRange,
): Promise<readonly NodeSnapshot[]> {
  const lines = await session.query(
    `SELECT DISTINCT ON (s.cluster_id, s.name) s.*, ${seconds('s.snapshot_timestamp')} AS at_seconds FROM node_snapshots s
     WHERE ($1::text[] = '{}' OR s.cluster_id = ANY($1::text[])) AND s.window_timestamp < to_timestamp($3::bigint)
       AND EXISTS (SELECT 1 FROM node_windows w WHERE w.cluster_id = s.cluster_id AND w.node = s.name
         AND w.timestamp >= to_timestamp($2::bigint) AND w.timestamp < to_timestamp($3::bigint))
     ORDER BY s.cluster_id, s.name, s.window_timestamp DESC`,
    [clusterIds, range.startSeconds, range.endSeconds],
  );
  return lines.map(snapshotOf);
}

// Line i of n is kept where i * (limit - 1) / (n - 1) enters a new whole number: `limit` lines, evenly spread.
const NODE_WINDOWS = `WITH numbered AS (SELECT w.*, ROW_NUMBER() OVER (ORDER BY w.timestamp) - 1 AS i, COUNT(*) OVER () AS n
    FROM node_windows w WHERE w.cluster_id = $1 AND w.node = $2
    AND w.timestamp >= to_timestamp($3::bigint) AND w.timestamp < to_timestamp($4::bigint))
  SELECT cluster_id, node, ${seconds('timestamp')} AS start_seconds, duration_seconds, curve_id,
    ${NODE_WINDOW_COLUMNS.filter((column) => column !== 'sources').join(', ')}, sources::integer AS sources
  FROM numbered
  WHERE n <= $5::bigint OR i = 0 OR (i * $6::bigint) / NULLIF(n - 1, 0) > ((i - 1) * $6::bigint) / NULLIF(n - 1, 0)
  ORDER BY timestamp LIMIT $5::bigint`;

/** Windows of one node, oldest first; where there are more than `limit`, evenly thinned with the first and last kept. */
export async function readNodeWindows(session: Session, query: NodeWindowsQuery): Promise<readonly StoredNodeWindow[]> {
  const { clusterId, node, range, limit } = query;
  if (limit < 1) return [];
  const values = [clusterId, node, range.startSeconds, range.endSeconds, limit, Math.max(1, limit - 1)];
  return (await session.query(NODE_WINDOWS, values)).map(nodeWindowOf);
}

const TIMES = new Set(['last_sync_at', 'created_at', 'updated_at']);

/** All registered clusters, by name. */
export async function readClusters(session: Session): Promise<readonly ClusterRecord[]> {
  const columns = CLUSTER_COLUMNS.map((column) => (TIMES.has(column) ? `${iso(column)} AS ${column}` : column));
  const lines = await session.query(`SELECT ${columns.join(', ')} FROM k8s_clusters ORDER BY name COLLATE "C", id`);
  return lines.map(clusterRecordOf);
}
