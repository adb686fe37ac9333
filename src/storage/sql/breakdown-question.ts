import type { BreakdownItem, BreakdownPage, BreakdownQuery, BreakdownSort } from '../../core/ports/results-store.ts';
import { groupKeyOf } from './group-key.ts';
import { groupColumns, groupTexts, type OpenHour, withGrouped } from './grouped-sums.ts';
import { DICTIONARY, type KeyStyle } from './key-style.ts';
import { piecesOf } from './pieces.ts';
import { groupId, matchingGroups } from './present-pods.ts';
import { literals, type Statement } from './statement.ts';
import { numberIn, sumColumnList, summedColumns, totalsOf, ZERO_TOTALS } from './sums.ts';

type Line = Readonly<Record<string, unknown>>;

const SORT_COLUMN: Readonly<Record<BreakdownSort, string>> = {
  co2e: '(co2e_grams + embodied_co2e_grams)',
  energy: 'pue_joules',
  cost: 'total_cost',
  name: 'group_key',
  cpu: 'cpu_usage_millicore_seconds',
  memory: 'memory_usage_byte_seconds',
};

/** The page's groups (`is_total` 0), then one line with the sums over all groups that match (`is_total` 1). */
export function breakdownStatement(
  query: BreakdownQuery,
  clusterKeys: readonly number[],
  style: KeyStyle = DICTIONARY,
  openHours: readonly OpenHour[] = [],
): Statement {
  const { filter, range, by } = query;
  const grouped = withGrouped({ clusterKeys, filter, pieces: piecesOf([range]), groupBy: by, openHours }, style);
  const found = matchingGroups(by, query.search, style);
  const columns = groupColumns(by).join(', ');
  const direction = query.descending ? 'DESC' : 'ASC';
  const order = `${SORT_COLUMN[query.sort]} ${direction}, group_key, ${columns}`;
  const noGroup = ['key', 'cluster', 'namespace', 'owner_kind', 'owner_name', 'node'].map(() => 'NULL').join(', ');
  const names = 'group_key, group_cluster, group_namespace, group_owner_kind, group_owner_name, group_node';
  return {
    text:
      `${grouped.text}, named AS MATERIALIZED (SELECT grouped.*, ${groupTexts(by, style)}, ${groupId(by)} AS group_id FROM grouped WHERE TRUE ${found.text}) ` +
      `SELECT * FROM (SELECT 0 AS is_total, 0 AS group_count, group_id, ${names}, ${sumColumnList()} FROM named ` +
      `ORDER BY ${order} LIMIT ${literals([query.limit])} OFFSET ${literals([query.offset])}) page ` +
      `UNION ALL SELECT 1, COUNT(*), NULL, ${noGroup}, ${summedColumns()} FROM named`,
    parameters: [...grouped.parameters, ...found.parameters],
  };
}

export const EMPTY_PAGE: BreakdownPage = { items: [], total: ZERO_TOTALS, groupCount: 0 };

/** The page of the lines of `breakdownStatement`; `pods` by the id of the group, and `allPods` over all groups. */
export function breakdownPage(
  lines: readonly Line[],
  pods: ReadonlyMap<string, number>,
  allPods: number,
): BreakdownPage {
  const all = lines.find((line) => line.is_total === 1);
  const groupCount = all === undefined ? 0 : numberIn(all, 'group_count');
  if (all === undefined || groupCount === 0) return EMPTY_PAGE;
  const items = lines
    .filter((line) => line.is_total === 0)
    .map(
      (line): BreakdownItem => ({
        ...totalsOf(line, pods.get(String(line.group_id)) ?? 0),
        group: groupKeyOf(line),
      }),
    );
  return { items, total: totalsOf(all, allPods), groupCount };
}
