import type Database from 'better-sqlite3';
import type { RowsPage, RowsQuery } from '../../core/ports/results-store.ts';
import { clusterOf } from '../sql/dimension-columns.ts';
import { filterConditions } from '../sql/filter-conditions.ts';
import { DICTIONARY } from '../sql/key-style.ts';
import { ROW_NUMBERS } from '../sql/row-columns.ts';
import { rowOf } from '../sql/row-line.ts';
import { literals, type Statement } from '../sql/statement.ts';
import { clusterKeysOf } from './cluster-scope.ts';

const MOST_COUNTED = 10_000;

/** Rows of a range, oldest window first; within a window in a fixed order. */
export function readRows(database: Database.Database, query: RowsQuery): RowsPage {
  const clusterKeys = clusterKeysOf(database, query.filter.clusterIds);
  if (clusterKeys.length === 0) return { rows: [], total: 0, totalIsLowerBound: false };
  const found = rowsFound(query, clusterKeys);
  const counted = database
    .prepare<unknown[], number>(`SELECT COUNT(*) FROM (${found.text} LIMIT ${MOST_COUNTED + 1})`)
    .pluck()
    .get(...found.parameters);
  const total = counted ?? 0;
  const page = `${found.text} ORDER BY 1, 2, 3 LIMIT ${literals([query.limit])} OFFSET ${literals([query.offset])}`;
  const lines = database
    .prepare(
      `SELECT ${COLUMNS} FROM (${page}) f CROSS JOIN result_rows r
       ON r.cluster_key = f.cluster_key AND r.start_seconds = f.start_seconds AND r.key_id = f.key_id
       CROSS JOIN pod_keys k ON k.id = r.key_id ORDER BY f.start_seconds, f.cluster_key, f.key_id`,
    )
    .all(...found.parameters);
  return { rows: lines.map(rowOf), total: Math.min(total, MOST_COUNTED), totalIsLowerBound: total > MOST_COUNTED };
}

/**
 * Keys of the rows that match. One SELECT a cluster, so that each comes in order from the table's own key, and a page is
 * a merge of them: no range is sorted.
 */
function rowsFound(query: RowsQuery, clusterKeys: readonly number[]): Statement {
  const filter = filterConditions(query.filter);
  const pattern = podCondition(query.podPattern);
  const conditions = `${filter.text} ${pattern.text}`.trim();
  const keys = conditions === '' ? '' : 'CROSS JOIN pod_keys k ON k.id = r.key_id';
  const { startSeconds, endSeconds } = query.range;
  const ofCluster = (cluster: number): string =>
    `SELECT r.start_seconds AS start_seconds, r.cluster_key AS cluster_key, r.key_id AS key_id FROM result_rows r ${keys} WHERE r.cluster_key = ${literals([cluster])} ` +
    `AND r.start_seconds >= ${literals([startSeconds])} AND r.start_seconds < ${literals([endSeconds])} ${conditions}`;
  return {
    text: clusterKeys.map(ofCluster).join(' UNION ALL '),
    parameters: clusterKeys.flatMap(() => [...filter.parameters, ...pattern.parameters]),
  };
}

function podCondition(pattern: string | null): Statement {
  if (pattern === null || pattern === '') return { text: '', parameters: [] };
  const name = `lower(${DICTIONARY.textOf('k.pod')})`;
  if (!/[*?]/.test(pattern)) return { text: `AND instr(${name}, lower(?)) > 0`, parameters: [pattern] };
  // `[` starts a class in GLOB and nothing in our globs.
  return { text: `AND ${name} GLOB lower(?)`, parameters: [pattern.replaceAll('[', '[[]')] };
}

const COLUMNS = [
  `${clusterOf('r.cluster_key')} AS cluster_id`,
  'r.start_seconds',
  'r.duration_seconds',
  'k.row_kind',
  `${DICTIONARY.textOf('k.pod')} AS pod_name`,
  ...['namespace', 'node', 'instance_type', 'node_zone', 'provider', 'zone', 'owner_kind', 'owner_name', 'team'].map(
    (column) => `${DICTIONARY.textOf(`k.${column}`)} AS ${column}`,
  ),
  ...['pod_uid', 'estimation_reasons', 'calculation_version'].map(
    (column) => `${DICTIONARY.textOf(`r.${column}`)} AS ${column}`,
  ),
  'r.grid_intensity_at_seconds',
  'r.is_estimated',
  'r.sources',
  ...ROW_NUMBERS.map(([column]) => `r.${column}`),
].join(', ');
