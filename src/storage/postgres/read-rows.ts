import type { RowsPage, RowsQuery } from '../../core/ports/results-store.ts';
import { filterConditions } from '../sql/filter-conditions.ts';
import { IN_CLEAR } from '../sql/key-style.ts';
import { ROW_NUMBERS } from '../sql/row-columns.ts';
import { rowOf } from '../sql/row-line.ts';
import { literals, type Statement } from '../sql/statement.ts';
import { numberIn } from '../sql/sums.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import type { Session } from './session.ts';

const MOST_COUNTED = 10_000;

/** Rows of a range, oldest window first; within a window in a fixed order. */
export async function readRows(session: Session, query: RowsQuery): Promise<RowsPage> {
  const clusterKeys = await clusterKeysOf(session, query.filter.clusterIds);
  if (clusterKeys.length === 0) return { rows: [], total: 0, totalIsLowerBound: false };
  const [counted = {}] = await session.ask(countStatement(query, clusterKeys));
  const total = numberIn(counted, 'total');
  const lines = await session.ask(rowsStatement(query, clusterKeys));
  return { rows: lines.map(rowOf), total: Math.min(total, MOST_COUNTED), totalIsLowerBound: total > MOST_COUNTED };
}

/** How many there are, as far as they are counted. */
export function countStatement(query: RowsQuery, clusterKeys: readonly number[]): Statement {
  // In the order of the index, so that no more is read than is counted.
  const found = ofClusters(query, clusterKeys, '1', `ORDER BY r.timestamp LIMIT ${MOST_COUNTED + 1}`);
  return { ...found, text: `SELECT COUNT(*) AS total FROM (${found.text} LIMIT ${MOST_COUNTED + 1}) first_ones` };
}

/** The page. Each cluster gives its first lines in the order of its index; the page is merged from those. */
export function rowsStatement(query: RowsQuery, clusterKeys: readonly number[]): Statement {
  const most = literals([query.limit + query.offset]);
  const order = 'timestamp, cluster_id, namespace, pod_name, node';
  const found = ofClusters(
    query,
    clusterKeys,
    'r.*, k.row_kind AS kind',
    `ORDER BY r.timestamp, r.namespace, r.pod_name, r.node LIMIT ${most}`,
  );
  return {
    ...found,
    text: `SELECT ${COLUMNS} FROM (${found.text} ORDER BY ${order} LIMIT ${literals([query.limit])} OFFSET ${literals([query.offset])}) page ORDER BY ${order}`,
  };
}

function ofClusters(query: RowsQuery, clusterKeys: readonly number[], columns: string, tail: string): Statement {
  const filter = filterConditions(query.filter, IN_CLEAR);
  const pattern = podCondition(query.podPattern);
  const { startSeconds, endSeconds } = query.range;
  return {
    text:
      `SELECT found.* FROM cluster_keys c CROSS JOIN LATERAL (SELECT ${columns} FROM result_rows r ` +
      `JOIN pod_keys k ON k.id = r.key_id WHERE r.cluster_id = c.cluster_id ` +
      `AND r.timestamp >= to_timestamp(${literals([startSeconds])}) AND r.timestamp < to_timestamp(${literals([endSeconds])}) ` +
      `${filter.text} ${pattern.text} ${tail}) found WHERE c.id IN (${literals(clusterKeys)})`,
    parameters: [...filter.parameters, ...pattern.parameters],
  };
}

function podCondition(pattern: string | null): Statement {
  if (pattern === null || pattern === '') return { text: '', parameters: [] };
  if (!/[*?]/.test(pattern)) return { text: 'AND strpos(lower(r.pod_name), lower(?)) > 0', parameters: [pattern] };
  return { text: "AND lower(r.pod_name) LIKE lower(?) ESCAPE '!'", parameters: [likeOf(pattern)] };
}

/** A glob as a pattern of LIKE whose escape is `!`. */
export function likeOf(glob: string): string {
  return glob
    .replace(/[!%_]/g, (sign) => `!${sign}`)
    .replaceAll('*', '%')
    .replaceAll('?', '_');
}

const seconds = (column: string): string => `EXTRACT(epoch FROM ${column})::double precision`;

const COLUMNS = [
  'cluster_id',
  `${seconds('timestamp')} AS start_seconds`,
  'duration_seconds',
  'kind AS row_kind',
  'pod_name',
  'namespace',
  'node',
  'node_instance_type AS instance_type',
  'node_zone',
  'provider',
  'emaps_zone AS zone',
  'owner_kind',
  'owner_name',
  'team',
  'pod_uid',
  'estimation_reasons',
  'calculation_version',
  `${seconds('grid_intensity_timestamp')} AS grid_intensity_at_seconds`,
  'is_estimated::integer AS is_estimated',
  'sources',
  ...ROW_NUMBERS.map(([column]) => column),
].join(', ');
