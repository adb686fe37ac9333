import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { RowsPage, RowsQuery, StoredRow } from '../../core/ports/results-store.ts';
import { ROW_KINDS } from '../../model/results.ts';
import { clusterOf, textOf } from '../sql/dimension-columns.ts';
import { filterConditions } from '../sql/filter-conditions.ts';
import { literals, type Statement } from '../sql/statement.ts';
import { numberIn } from '../sql/sums.ts';
import { clusterKeysOf } from './cluster-scope.ts';
import { ROW_NUMBERS } from './row-columns.ts';
import { sourcesOfCode } from './source-code.ts';

const MOST_COUNTED = 10_000;

/** Rows of a range, oldest window first; within a window in a fixed order. */
export function readRows(database: Database.Database, query: RowsQuery): RowsPage {
  const clusterKeys = clusterKeysOf(database, query.filter.clusterIds);
  if (clusterKeys.length === 0) return { rows: [], total: 0, totalIsLowerBound: false };
  const from = rowsFrom(query, clusterKeys);
  const counted = database
    .prepare<unknown[], number>(`SELECT COUNT(*) FROM (SELECT 1 ${from.text} LIMIT ${MOST_COUNTED + 1})`)
    .pluck()
    .get(...from.parameters);
  const total = counted ?? 0;
  const lines = database
    .prepare(
      `SELECT ${COLUMNS} ${from.text} ORDER BY r.start_seconds, r.cluster_key, r.key_id ` +
        `LIMIT ${literals([query.limit])} OFFSET ${literals([query.offset])}`,
    )
    .all(...from.parameters);
  return { rows: lines.map(rowOf), total: Math.min(total, MOST_COUNTED), totalIsLowerBound: total > MOST_COUNTED };
}

function rowsFrom(query: RowsQuery, clusterKeys: readonly number[]): Statement {
  const filter = filterConditions(query.filter);
  const pattern = podCondition(query.podPattern);
  const { startSeconds, endSeconds } = query.range;
  return {
    text:
      `FROM result_rows r CROSS JOIN pod_keys k ON k.id = r.key_id WHERE r.cluster_key IN (${literals(clusterKeys)}) ` +
      `AND r.start_seconds >= ${literals([startSeconds])} AND r.start_seconds < ${literals([endSeconds])} ` +
      `${filter.text} ${pattern.text}`,
    parameters: [...filter.parameters, ...pattern.parameters],
  };
}

function podCondition(pattern: string | null): Statement {
  if (pattern === null || pattern === '') return { text: '', parameters: [] };
  const name = `lower(${textOf('k.pod')})`;
  if (!/[*?]/.test(pattern)) return { text: `AND instr(${name}, lower(?)) > 0`, parameters: [pattern] };
  // `[` starts a class in GLOB and nothing in our globs.
  return { text: `AND ${name} GLOB lower(?)`, parameters: [pattern.replaceAll('[', '[[]')] };
}

const COLUMNS = [
  `${clusterOf('r.cluster_key')} AS cluster_id`,
  'r.start_seconds',
  'r.duration_seconds',
  'k.row_kind',
  `${textOf('k.pod')} AS pod_name`,
  ...['namespace', 'node', 'instance_type', 'node_zone', 'provider', 'zone', 'owner_kind', 'owner_name', 'team'].map(
    (column) => `${textOf(`k.${column}`)} AS ${column}`,
  ),
  ...['pod_uid', 'estimation_reasons', 'calculation_version'].map((column) => `${textOf(`r.${column}`)} AS ${column}`),
  'r.grid_intensity_at_seconds',
  'r.is_estimated',
  'r.sources',
  ...ROW_NUMBERS.map(([column]) => `r.${column}`),
].join(', ');

const text = z.string();
const optionalText = z.string().nullable();

const Line = z.looseObject({
  cluster_id: text,
  start_seconds: z.number(),
  duration_seconds: z.number(),
  row_kind: z.int().min(0).max(3),
  pod_name: text,
  namespace: text,
  node: text,
  instance_type: optionalText,
  node_zone: optionalText,
  provider: text,
  zone: text,
  owner_kind: optionalText,
  owner_name: optionalText,
  team: optionalText,
  pod_uid: optionalText,
  estimation_reasons: text,
  calculation_version: text,
  grid_intensity_at_seconds: z.number().nullable(),
  is_estimated: z.number(),
  sources: z.number(),
});

type Numbers = Pick<StoredRow, (typeof ROW_NUMBERS)[number][1]>;

function rowOf(line: unknown): StoredRow {
  const row = Line.parse(line);
  const numbers: Partial<Record<keyof Numbers, number>> = {};
  for (const [column, field] of ROW_NUMBERS) numbers[field] = numberIn(row, column);
  return {
    clusterId: row.cluster_id,
    startSeconds: row.start_seconds,
    durationSeconds: row.duration_seconds,
    rowKind: ROW_KINDS[row.row_kind] ?? 'pod',
    podName: row.pod_name,
    namespace: row.namespace,
    podUid: row.pod_uid,
    node: row.node,
    nodeInstanceType: row.instance_type,
    nodeZone: row.node_zone,
    provider: row.provider,
    emapsZone: row.zone,
    ownerKind: row.owner_kind,
    ownerName: row.owner_name,
    team: row.team,
    ...(numbers as Numbers),
    gridIntensityAtSeconds: row.grid_intensity_at_seconds,
    isEstimated: row.is_estimated === 1,
    estimationReasons: z.array(z.string()).parse(JSON.parse(row.estimation_reasons)),
    sources: sourcesOfCode(row.sources),
    calculationVersion: row.calculation_version,
  };
}
