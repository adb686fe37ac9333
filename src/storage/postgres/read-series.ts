import type { SeriesPoint, SeriesQuery } from '../../core/ports/results-store.ts';
import { IN_CLEAR } from '../sql/key-style.ts';
import { piecesOf } from '../sql/pieces.ts';
import { keptGroups, seriesPoints, seriesStatement, spanOf } from '../sql/series-question.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import { countPodsByBucket } from './count-pods.ts';
import type { Session } from './session.ts';

/**
 * Sums by bucket. Without grouping: a point for each bucket, zeros (pods too) where nothing was stored. With grouping:
 * a point for each bucket and group that has rows, groups in the order of their carbon over all buckets.
 */
export async function readSeries(session: Session, query: SeriesQuery): Promise<readonly SeriesPoint[]> {
  const { filter, buckets, groupBy } = query;
  const clusterKeys = await clusterKeysOf(session, filter.clusterIds);
  const pieces = piecesOf(buckets);
  if (clusterKeys.length === 0 || pieces.length === 0) return seriesPoints(query, [], new Map());
  const lines = await session.ask(seriesStatement({ clusterKeys, filter, pieces, groupBy }, query.top, IN_CLEAR));
  const presence = { clusterKeys, filter, range: spanOf(buckets), groupBy };
  return seriesPoints(query, lines, await countPodsByBucket(session, presence, buckets, keptGroups(lines)));
}
