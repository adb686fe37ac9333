import type Database from 'better-sqlite3';
import type { SeriesPoint, SeriesQuery } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { groupColumns, groupTexts, mergedLabels, type Question, withGrouped } from '../sql/grouped-sums.ts';
import { piecesOf } from '../sql/pieces.ts';
import { groupId } from '../sql/present-pods.ts';
import { literals, type Statement } from '../sql/statement.ts';
import { numberIn, summedColumns, totalsOf, ZERO_TOTALS } from '../sql/sums.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import { countPodsByBucket, OTHER } from './count-pods.ts';
import { groupKeyOf } from './group-key.ts';

type Line = Readonly<Record<string, unknown>>;

/**
 * Sums by bucket. Without grouping: a point for each bucket, zeros (pods too) where nothing was stored. With grouping:
 * a point for each bucket and group that has rows, groups in the order of their carbon over all buckets.
 */
export function readSeries(database: Database.Database, query: SeriesQuery): readonly SeriesPoint[] {
  const { filter, buckets, groupBy } = query;
  const clusterKeys = clusterKeysOf(database, filter.clusterIds);
  const pieces = piecesOf(buckets);
  const nothing = clusterKeys.length === 0 || pieces.length === 0;
  const question: Question = { clusterKeys, filter, pieces, groupBy };
  const sql = groupBy === null ? ungrouped(question) : groupedByTop(question, query.top);
  const lines = nothing ? [] : database.prepare<unknown[], Line>(sql.text).all(...sql.parameters);
  const kept = new Set(lines.filter((line) => line.is_other !== 1).map((line) => String(line.group_id)));
  const pods = nothing
    ? undefined
    : countPodsByBucket(database, { clusterKeys, filter, range: spanOf(buckets), groupBy }, buckets, kept);
  const points = lines.map((line): SeriesPoint => {
    const bucket = numberIn(line, 'bucket');
    const isOther = line.is_other === 1;
    const slot = isOther ? OTHER : String(line.group_id);
    return {
      ...totalsOf(line, pods?.get(slot)?.[bucket] ?? 0),
      bucketStartSeconds: buckets[bucket]?.startSeconds ?? 0,
      group: groupBy === null || isOther ? null : groupKeyOf(line),
      isOther,
      otherCount: isOther ? numberIn(line, 'group_count') : 0,
    };
  });
  return groupBy === null ? withEmptyBuckets(points, buckets) : points;
}

function ungrouped(question: Question): Statement {
  const { text, parameters } = withGrouped(question);
  return { text: `${text} SELECT '' AS group_id, 0 AS is_other, * FROM grouped ORDER BY bucket`, parameters };
}

function groupedByTop(question: Question, top: number | null): Statement {
  const groupBy = question.groupBy ?? 'cluster';
  const grouped = withGrouped(question);
  const columns = groupColumns(groupBy);
  const by = columns.join(', ');
  const same = columns.map((column) => `grouped.${column} = ranked.${column}`).join(' AND ');
  const place = top === null ? 'place' : `MIN(place, ${literals([top + 1])})`;
  const isOther = top === null ? '0' : `CASE WHEN place > ${literals([top])} THEN 1 ELSE 0 END`;
  const ids = columns.map((column) => `MIN(grouped.${column}) AS ${column}`).join(', ');
  return {
    text:
      `${grouped.text}, totals AS (SELECT ${by}, SUM(co2e_grams + embodied_co2e_grams) AS carbon FROM grouped GROUP BY ${by}), ` +
      `ranked AS MATERIALIZED (SELECT ${by}, ROW_NUMBER() OVER (ORDER BY carbon DESC, ${by}) AS place FROM totals), ` +
      `folded AS (SELECT bucket, ${place} AS slot, ${isOther} AS is_other, COUNT(*) AS group_count, ${ids}` +
      `${mergedLabels(groupBy)}, ${summedColumns()} FROM grouped JOIN ranked ON ${same} GROUP BY bucket, slot, is_other) ` +
      `SELECT *, ${groupTexts(groupBy)}, ${groupId(groupBy)} AS group_id FROM folded ORDER BY bucket, slot`,
    parameters: grouped.parameters,
  };
}

function spanOf(buckets: readonly TimeRange[]): TimeRange {
  return { startSeconds: buckets[0]?.startSeconds ?? 0, endSeconds: buckets.at(-1)?.endSeconds ?? 0 };
}

function withEmptyBuckets(points: readonly SeriesPoint[], buckets: readonly TimeRange[]): readonly SeriesPoint[] {
  const known = new Map(points.map((point) => [point.bucketStartSeconds, point]));
  return buckets.map(
    ({ startSeconds }) =>
      known.get(startSeconds) ?? {
        ...ZERO_TOTALS,
        bucketStartSeconds: startSeconds,
        group: null,
        isOther: false,
        otherCount: 0,
      },
  );
}
