import type Database from 'better-sqlite3';
import type { BreakdownPage, BreakdownQuery } from '../../core/ports/results-store.ts';
import { breakdownPage, breakdownStatement, EMPTY_PAGE } from '../sql/breakdown-question.ts';
import { DICTIONARY } from '../sql/key-style.ts';
import { piecesOf } from '../sql/pieces.ts';
import { podsByGroup, podsInAll } from '../sql/present-pods.ts';
import { clusterKeysOf, openHoursOf } from './cluster-scope.ts';

type Line = Readonly<Record<string, unknown>>;

/** One page of the groups of a range, with the sums over all groups that match the search. */
export function readBreakdown(database: Database.Database, query: BreakdownQuery): BreakdownPage {
  const { filter, range, by, search } = query;
  const clusterKeys = clusterKeysOf(database, filter.clusterIds);
  if (clusterKeys.length === 0 || piecesOf([range]).length === 0) return EMPTY_PAGE;
  const sums = breakdownStatement(query, clusterKeys, DICTIONARY, openHoursOf(database, clusterKeys));
  const lines = database.prepare<unknown[], Line>(sums.text).all(...sums.parameters);
  const counted = { clusterKeys, filter, range, groupBy: by };
  const ofGroup = podsByGroup(counted, search);
  const ofAll = podsInAll(counted, search);
  const pods = database
    .prepare<unknown[], { group_id: unknown; pods: number }>(ofGroup.text)
    .all(...ofGroup.parameters)
    .map((line) => [String(line.group_id), line.pods] as const);
  const total = database
    .prepare<unknown[], number>(ofAll.text)
    .pluck()
    .get(...ofAll.parameters);
  return breakdownPage(lines, new Map(pods), total ?? 0);
}
