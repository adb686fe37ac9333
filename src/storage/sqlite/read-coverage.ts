import type Database from 'better-sqlite3';
import type { CoverageBucket } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { literals } from '../sql/statement.ts';
import { clusterKeysOf } from './cluster-scope.ts';

/** Seconds that windows with data cover, by bucket, as a mean over the clusters that have windows at all. */
export function readCoverage(
  database: Database.Database,
  { clusterIds, buckets }: { readonly clusterIds: readonly string[]; readonly buckets: readonly TimeRange[] },
): readonly CoverageBucket[] {
  const clusterKeys = clusterKeysOf(database, clusterIds);
  const covered = new Map<number, number>();
  if (clusterKeys.length > 0 && buckets.length > 0) {
    const values = buckets.map(
      ({ startSeconds, endSeconds }, index) => `(${literals([index, startSeconds, endSeconds])})`,
    );
    const lines = database
      .prepare<[], { bucket: number; covered: number }>(
        `WITH buckets(bucket, lo, hi) AS (VALUES ${values.join(', ')}) ` +
          'SELECT b.bucket AS bucket, SUM(l.covered_seconds) AS covered FROM buckets b CROSS JOIN ledger l ' +
          `ON l.cluster_key IN (${literals(clusterKeys)}) AND l.start_seconds >= b.lo AND l.start_seconds < b.hi ` +
          "WHERE l.state <> 'no-data' GROUP BY b.bucket",
      )
      .all();
    for (const line of lines) covered.set(line.bucket, line.covered);
  }
  const clusters = Math.max(1, clusterIds.length === 0 ? clusterKeys.length : clusterIds.length);
  return buckets.map(({ startSeconds, endSeconds }, index) => ({
    bucketStartSeconds: startSeconds,
    coveredSeconds: (covered.get(index) ?? 0) / clusters,
    durationSeconds: endSeconds - startSeconds,
  }));
}
