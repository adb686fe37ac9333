import type Database from 'better-sqlite3';
import type { BreakdownItem, BreakdownPage, BreakdownQuery, BreakdownSort } from '../../core/ports/results-store.ts';
import { groupColumns, groupTexts, withGrouped } from '../sql/grouped-sums.ts';
import { piecesOf } from '../sql/pieces.ts';
import { groupId, matchingGroups, podsByGroup, podsInAll } from '../sql/present-pods.ts';
import { literals } from '../sql/statement.ts';
import { numberIn, sumColumnList, summedColumns, totalsOf, ZERO_TOTALS } from '../sql/sums.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import { groupKeyOf } from './group-key.ts';

type Line = Readonly<Record<string, unknown>>;

const SORT_COLUMN: Readonly<Record<BreakdownSort, string>> = {
  co2e: '(co2e_grams + embodied_co2e_grams)',
  energy: 'pue_joules',
  cost: 'total_cost',
  name: 'group_key',
  cpu: 'cpu_usage_millicore_seconds',
  memory: 'memory_usage_byte_seconds',
};

/** One page of the groups of a range, with the sums over all groups that match the search. */
export function readBreakdown(database: Database.Database, query: BreakdownQuery): BreakdownPage {
  const { filter, range, by, search } = query;
  const clusterKeys = clusterKeysOf(database, filter.clusterIds);
  const pieces = piecesOf([range]);
  if (clusterKeys.length === 0 || pieces.length === 0) return { items: [], total: ZERO_TOTALS, groupCount: 0 };
  const lines = readLines(database, query, clusterKeys);
  const all = lines.find((line) => line.is_total === 1);
  const groupCount = all === undefined ? 0 : numberIn(all, 'group_count');
  if (all === undefined || groupCount === 0) return { items: [], total: ZERO_TOTALS, groupCount: 0 };

  const counted = { clusterKeys, filter, range, groupBy: by };
  const ofGroup = podsByGroup(counted, search);
  const ofAll = podsInAll(counted, search);
  const pods = new Map(
    database
      .prepare<unknown[], { group_id: string; pods: number }>(ofGroup.text)
      .all(...ofGroup.parameters)
      .map((line) => [String(line.group_id), line.pods]),
  );
  const total = database
    .prepare<unknown[], number>(ofAll.text)
    .pluck()
    .get(...ofAll.parameters);
  const items = lines
    .filter((line) => line.is_total === 0)
    .map(
      (line): BreakdownItem => ({
        ...totalsOf(line, pods.get(String(line.group_id)) ?? 0),
        group: groupKeyOf(line),
      }),
    );
  return { items, total: totalsOf(all, total ?? 0), groupCount };
}

function readLines(database: Database.Database, query: BreakdownQuery, clusterKeys: readonly number[]): Line[] {
  const { filter, range, by } = query;
  const grouped = withGrouped({ clusterKeys, filter, pieces: piecesOf([range]), groupBy: by });
  const found = matchingGroups(by, query.search);
  const columns = groupColumns(by).join(', ');
  const direction = query.descending ? 'DESC' : 'ASC';
  const order = `${SORT_COLUMN[query.sort]} ${direction}, group_key, ${columns}`;
  const noGroup = ['key', 'cluster', 'namespace', 'owner_kind', 'owner_name', 'node'].map(() => 'NULL').join(', ');
  const names = 'group_key, group_cluster, group_namespace, group_owner_kind, group_owner_name, group_node';
  const sql =
    `${grouped.text}, named AS MATERIALIZED (SELECT *, ${groupTexts(by)}, ${groupId(by)} AS group_id FROM grouped WHERE TRUE ${found.text}) ` +
    `SELECT * FROM (SELECT 0 AS is_total, 0 AS group_count, group_id, ${names}, ${sumColumnList()} FROM named ` +
    `ORDER BY ${order} LIMIT ${literals([query.limit])} OFFSET ${literals([query.offset])}) ` +
    `UNION ALL SELECT 1, COUNT(*), NULL, ${noGroup}, ${summedColumns()} FROM named`;
  return database.prepare<unknown[], Line>(sql).all(...grouped.parameters, ...found.parameters);
}
