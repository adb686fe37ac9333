import type { SeriesPoint, SeriesQuery } from '../../core/ports/results-store.ts';
import type { TimeRange } from '../../model/time.ts';
import { groupKeyOf } from './group-key.ts';
import { groupColumns, groupTexts, mergedLabels, type Question, withGrouped } from './grouped-sums.ts';
import { DICTIONARY, type KeyStyle } from './key-style.ts';
import { groupId } from './present-pods.ts';
import { literals, type Statement } from './statement.ts';
import { numberIn, summedColumns, totalsOf, ZERO_TOTALS } from './sums.ts';

/** Slot of all groups that are not kept, where pods are counted. */
export const OTHER = '__other__';

type Line = Readonly<Record<string, unknown>>;

/** A line a bucket and group that has rows, groups in the order of their carbon; those beyond `top` are one. */
export function seriesStatement(question: Question, top: number | null, style: KeyStyle = DICTIONARY): Statement {
  const { groupBy } = question;
  const grouped = withGrouped(question, style);
  if (groupBy === null) {
    const text = `${grouped.text} SELECT '' AS group_id, 0 AS is_other, grouped.* FROM grouped ORDER BY bucket`;
    return { text, parameters: grouped.parameters };
  }
  const columns = groupColumns(groupBy);
  const by = columns.join(', ');
  const same = columns.map((column) => `grouped.${column} = ranked.${column}`).join(' AND ');
  const place = top === null ? 'place' : style.least('place', literals([top + 1]));
  const isOther = top === null ? '0' : `CASE WHEN place > ${literals([top])} THEN 1 ELSE 0 END`;
  const ids = columns.map((column) => `MIN(grouped.${column}) AS ${column}`).join(', ');
  return {
    text:
      `${grouped.text}, totals AS (SELECT ${by}, SUM(co2e_grams + embodied_co2e_grams) AS carbon FROM grouped GROUP BY ${by}), ` +
      `ranked AS MATERIALIZED (SELECT ${by}, ROW_NUMBER() OVER (ORDER BY carbon DESC, ${by}) AS place FROM totals), ` +
      `folded AS (SELECT bucket, ${place} AS slot, ${isOther} AS is_other, COUNT(*) AS group_count, ${ids}` +
      `${mergedLabels(groupBy, style)}, ${summedColumns()} FROM grouped JOIN ranked ON ${same} GROUP BY bucket, slot, is_other) ` +
      `SELECT folded.*, ${groupTexts(groupBy, style)}, ${groupId(groupBy)} AS group_id FROM folded ORDER BY bucket, slot`,
    parameters: grouped.parameters,
  };
}

/** Ids of the groups that an answer shows one by one: what pods are counted for. */
export function keptGroups(lines: readonly Line[]): ReadonlySet<string> {
  return new Set(lines.filter((line) => line.is_other !== 1).map((line) => String(line.group_id)));
}

/** Points of the lines of `seriesStatement`, with the pods of each slot by bucket; without grouping, one a bucket. */
export function seriesPoints(
  { buckets, groupBy }: SeriesQuery,
  lines: readonly Line[],
  pods: ReadonlyMap<string, readonly number[]>,
): readonly SeriesPoint[] {
  const points = lines.map((line): SeriesPoint => {
    const bucket = numberIn(line, 'bucket');
    const isOther = line.is_other === 1;
    const slot = isOther ? OTHER : String(line.group_id);
    return {
      ...totalsOf(line, pods.get(slot)?.[bucket] ?? 0),
      bucketStartSeconds: buckets[bucket]?.startSeconds ?? 0,
      group: groupBy === null || isOther ? null : groupKeyOf(line),
      isOther,
      otherCount: isOther ? numberIn(line, 'group_count') : 0,
    };
  });
  return groupBy === null ? withEmptyBuckets(points, buckets) : points;
}

/** From the start of the first bucket to the end of the last. */
export function spanOf(buckets: readonly TimeRange[]): TimeRange {
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
