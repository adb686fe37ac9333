import type Database from 'better-sqlite3';
import type { SeriesPoint, SeriesQuery } from '../../core/ports/results-store.ts';
import { piecesOf } from '../sql/pieces.ts';
import { keptGroups, seriesPoints, seriesStatement, spanOf } from '../sql/series-question.ts';
import { clusterKeysOf, openHoursOf } from './cluster-scope.ts';
import { countPodsByBucket } from './count-pods.ts';

type Line = Readonly<Record<string, unknown>>;

/**
 * Sums by bucket. Without grouping: a point for each bucket, zeros (pods too) where nothing was stored. With grouping:
 * a point for each bucket and group that has rows, groups in the order of their carbon over all buckets.
 */
export function readSeries(database: Database.Database, query: SeriesQuery): readonly SeriesPoint[] {
  const { filter, buckets, groupBy } = query;
  const clusterKeys = clusterKeysOf(database, filter.clusterIds);
  const pieces = piecesOf(buckets);
  if (clusterKeys.length === 0 || pieces.length === 0) return seriesPoints(query, [], new Map());
  const openHours = openHoursOf(database, clusterKeys);
  const question = { clusterKeys, filter, pieces, groupBy, openHours, isKeptByStart: true };
  const { text, parameters } = seriesStatement(question, query.top);
  const lines = database.prepare<unknown[], Line>(text).all(...parameters);
  const presence = { clusterKeys, filter, range: spanOf(buckets), groupBy };
  return seriesPoints(query, lines, countPodsByBucket(database, presence, buckets, keptGroups(lines)));
}
