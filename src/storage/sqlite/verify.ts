import type Database from 'better-sqlite3';
import type { StoreProblem } from '../../core/ports/store-care.ts';
import {
  PEAK_COLUMNS,
  peakRowExpressions,
  rollupExpressions,
  SUM_COLUMNS,
  summedColumns,
  summedRowExpressions,
} from '../sql/sums.ts';

const HOUR = 3600;
const DAY = 86_400;
const GRAINS = ['pod', 'workload', 'namespace'] as const;
const KEYS = { pod: 'r.key_id', workload: 'k.workload_key', namespace: 'k.namespace_key' } as const;
/** Sums of one set of numbers in another order differ by rounding. */
const TOLERANCE = 1e-12;

/** Sums by pod and workload of an open hour are written once it is done. */
const COMPACTED = `AND NOT EXISTS (SELECT 1 FROM open_hours o
  WHERE o.cluster_key = r.cluster_key AND o.start_seconds = r.start_seconds / ${HOUR} * ${HOUR})`;

/** One piece of a verification; each is a question of its own, so that the caller can stop between two. */
type VerifyStep =
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'day'; readonly clusterKey: number; readonly startSeconds: number };

/** All pieces: each table by itself, then each day of a cluster whose rows are kept. */
export function verifySteps(database: Database.Database, _: null): readonly VerifyStep[] {
  const tables = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();
  const days = database
    .prepare<[], { clusterKey: number; startSeconds: number }>(
      `SELECT cluster_key AS clusterKey, start_seconds / ${DAY} * ${DAY} AS startSeconds FROM ledger
       GROUP BY 1, 2 HAVING NOT EXISTS (SELECT 1 FROM pruned_days d
         WHERE d.cluster_key = ledger.cluster_key AND d.start_seconds = ledger.start_seconds / ${DAY} * ${DAY})
       ORDER BY 1, 2`,
    )
    .all();
  return [
    ...tables.map((table): VerifyStep => ({ kind: 'table', table })),
    ...days.map((day): VerifyStep => ({ kind: 'day', ...day })),
  ];
}

/** What is wrong in one piece. */
export function verifyStep(database: Database.Database, step: VerifyStep): readonly StoreProblem[] {
  switch (step.kind) {
    case 'table':
      return checkTable(database, step.table);
    case 'day':
      return checkDay(database, step.clusterKey, step.startSeconds);
  }
}

function checkTable(database: Database.Database, table: string): readonly StoreProblem[] {
  const answers = database.prepare<[], string>(`PRAGMA integrity_check("${table}")`).pluck().all();
  return answers.filter((answer) => answer !== 'ok').map((what) => ({ table, what }));
}

function checkDay(database: Database.Database, cluster: number, day: number): readonly StoreProblem[] {
  const problems: StoreProblem[] = [];
  for (const grain of GRAINS) {
    const peaks = grain === 'pod' ? PEAK_COLUMNS.map(({ column }) => column) : [];
    const fresh = (period: number): string =>
      `SELECT r.start_seconds / ${period} * ${period} AS start_seconds, ${KEYS[grain]} AS key_id,
         ${summedRowExpressions()}${peaks.length === 0 ? '' : `, ${peakRowExpressions()}`}
       FROM result_rows r CROSS JOIN pod_keys k ON k.id = r.key_id
       WHERE r.cluster_key = ? AND r.start_seconds >= ? AND r.start_seconds < ? ${grain === 'namespace' ? '' : COMPACTED}
       GROUP BY 1, 2`;
    // A day is the sum of its hours, and they are checked against the rows.
    const ofHours = `SELECT ${day} AS start_seconds, key_id, ${summedColumns()}
       FROM (SELECT r.key_id, ${rollupExpressions()} FROM rollup_hour_${grain} r
         WHERE r.cluster_key = ? AND r.start_seconds >= ? AND r.start_seconds < ?) GROUP BY key_id`;
    problems.push(...compare(database, `rollup_hour_${grain}`, fresh(HOUR), cluster, day, peaks));
    problems.push(...compare(database, `rollup_day_${grain}`, ofHours, cluster, day));
  }
  return problems;
}

function compare(
  database: Database.Database,
  table: string,
  expected: string,
  cluster: number,
  day: number,
  peaks: readonly string[] = [],
): readonly StoreProblem[] {
  const differs = [...SUM_COLUMNS.map(({ column }) => column), ...peaks]
    .map((column) => `ABS(e.${column} - t.${column}) > ${TOLERANCE} * MAX(ABS(e.${column}), ABS(t.${column}))`)
    .join(' OR ');
  const kept = `(SELECT r.start_seconds, r.key_id, ${[rollupExpressions(), ...peaks].join(', ')} FROM ${table} r
    WHERE r.cluster_key = ? AND r.start_seconds >= ? AND r.start_seconds < ?)`;
  const wrong = database
    .prepare<number[], { start: number; wrong: number }>(
      `SELECT COALESCE(e.start_seconds, t.start_seconds) AS start, COUNT(*) AS wrong FROM (${expected}) e
       FULL JOIN ${kept} t ON t.start_seconds = e.start_seconds AND t.key_id = e.key_id
       WHERE e.key_id IS NULL OR t.key_id IS NULL OR ${differs} GROUP BY 1 ORDER BY 1`,
    )
    .all(cluster, day, day + DAY, cluster, day, day + DAY);
  return wrong.map(({ start, wrong: lines }) => ({
    table,
    what: `${lines} ${lines === 1 ? 'sum differs' : 'sums differ'} from the rows at ${new Date(start * 1000).toISOString()}.`,
  }));
}
