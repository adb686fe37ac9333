import type { StoreProblem } from '../../core/ports/store-care.ts';
import { numberIn, PEAK_COLUMNS, peakRowExpressions, SUM_COLUMNS, summedRowExpressions } from '../sql/sums.ts';
import { DAY, GRAINS, HOUR, hasPeaks, KEY_OF, type RollupGrain } from './rollups.ts';
import type { Session } from './session.ts';

const TOLERANCE = '1e-12';
const MOST_NAMED = 100;

/** What is not as it should be: rows against ledger and keys, and roll-ups against their rows, day by day. */
export async function verify(session: Session): Promise<readonly StoreProblem[]> {
  const problems: StoreProblem[] = [];
  const days = await session.query(
    `SELECT c.id, c.cluster_id, EXTRACT(epoch FROM date_trunc('day', l.timestamp, 'UTC'))::bigint AS day,
       SUM(l.row_count)::bigint AS rows
     FROM collection_runs l JOIN cluster_keys c ON c.cluster_id = l.cluster_id
     WHERE NOT EXISTS (SELECT 1 FROM pruned_days d WHERE d.cluster_id = l.cluster_id
       AND d.day = (l.timestamp AT TIME ZONE 'UTC')::date)
     GROUP BY 1, 2, 3 ORDER BY 2, 3`,
  );
  for (const line of days) {
    const day = { key: numberIn(line, 'id'), clusterId: String(line.cluster_id), start: numberIn(line, 'day') };
    const where = `cluster ${day.clusterId}, ${new Date(day.start * 1000).toISOString().slice(0, 10)}`;
    problems.push(...(await checkRows(session, day, numberIn(line, 'rows'), where)));
    for (const grain of GRAINS) {
      for (const [period, seconds] of [
        ['hour', HOUR],
        ['day', DAY],
      ] as const) {
        const [wrong = {}] = await session.query(differing(period, seconds, grain), [
          day.key,
          day.clusterId,
          day.start,
        ]);
        const count = numberIn(wrong, 'wrong');
        if (count === 0) continue;
        problems.push({ table: `rollup_${period}_${grain}`, what: `${where}: ${count} sums differ from their rows` });
      }
    }
    if (problems.length >= MOST_NAMED) break;
  }
  return problems;
}

interface Day {
  readonly key: number;
  readonly clusterId: string;
  readonly start: number;
}

const OF_DAY =
  'r.cluster_id = $1 AND r.timestamp >= to_timestamp($2::bigint) AND r.timestamp < to_timestamp($2::bigint + 86400)';

async function checkRows(session: Session, day: Day, expected: number, where: string): Promise<StoreProblem[]> {
  const [line = {}] = await session.query(
    `SELECT COUNT(*) AS rows, COUNT(*) FILTER (WHERE k.id IS NULL) AS lost
     FROM combined_metrics r LEFT JOIN pod_keys k ON k.id = r.key_id WHERE ${OF_DAY}`,
    [day.clusterId, day.start],
  );
  const [rows, lost] = [numberIn(line, 'rows'), numberIn(line, 'lost')];
  return [
    ...(rows === expected
      ? []
      : [{ table: 'combined_metrics', what: `${where}: ${rows} rows, the ledger has ${expected}` }]),
    ...(lost === 0 ? [] : [{ table: 'combined_metrics', what: `${where}: ${lost} rows without their key` }]),
  ];
}

function differing(period: 'hour' | 'day', seconds: number, grain: RollupGrain): string {
  const bucket = `FLOOR(EXTRACT(epoch FROM r.timestamp) / ${seconds})::bigint * ${seconds}`;
  const peaks = hasPeaks(period, grain) ? PEAK_COLUMNS : [];
  const unlike = [...SUM_COLUMNS, ...peaks].map(
    ({ column }) => `ABS(f.${column} - t.${column}) > ${TOLERANCE} * GREATEST(ABS(f.${column}), ABS(t.${column}))`,
  );
  return `WITH fresh AS (
      SELECT ${bucket} AS start_seconds, ${KEY_OF[grain]} AS key_id,
        ${summedRowExpressions()}${peaks.length === 0 ? '' : `, ${peakRowExpressions()}`}
      FROM result_rows r JOIN pod_keys k ON k.id = r.key_id
      WHERE r.cluster_id = $2 AND r.timestamp >= to_timestamp($3::bigint) AND r.timestamp < to_timestamp($3::bigint + 86400)
      GROUP BY 1, 2),
    kept AS (SELECT * FROM rollup_${period}_${grain} WHERE cluster_key = $1 AND start_seconds >= $3::bigint
      AND start_seconds < $3::bigint + 86400)
    SELECT COUNT(*) AS wrong FROM fresh f FULL JOIN kept t ON t.start_seconds = f.start_seconds AND t.key_id = f.key_id
    WHERE f.key_id IS NULL OR t.key_id IS NULL OR ${unlike.join(' OR ')}`;
}
