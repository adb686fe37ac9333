import { type EpochSeconds, floorTo } from '../../model/time.ts';
import {
  PEAK_COLUMNS,
  peakRowExpressions,
  rowExpressions,
  SUM_COLUMNS,
  sumColumnList,
  summedColumns,
  summedRowExpressions,
} from '../sql/sums.ts';
import type { Session } from './session.ts';

export const HOUR = 3600;
export const DAY = 86_400;
export const GRAINS = ['pod', 'workload', 'namespace'] as const;
export type RollupGrain = (typeof GRAINS)[number];

/** What a row's key is in a grain, in `pod_keys k`. */
export const KEY_OF: Readonly<Record<RollupGrain, string>> = {
  pod: 'k.id',
  workload: 'k.workload_key',
  namespace: 'k.namespace_key',
};

const ADDED = SUM_COLUMNS.map(({ column }) => `${column} = t.${column} + excluded.${column}`).join(', ');

/** `, column` of each peak that a roll-up has: only hours by pod have them. */
function peakList(period: 'hour' | 'day', grain: RollupGrain): string {
  return hasPeaks(period, grain) ? PEAK_COLUMNS.map(({ column }) => `, ${column}`).join('') : '';
}

export function hasPeaks(period: 'hour' | 'day', grain: RollupGrain): boolean {
  return period === 'hour' && grain === 'pod';
}

const HIGHEST = PEAK_COLUMNS.map(({ column }) => `, ${column} = GREATEST(t.${column}, excluded.${column})`).join('');
const PEAKS_OF_ROW = PEAK_COLUMNS.map(({ column, ofRow }) => `${ofRow} AS ${column}`).join(', ');

const onto = (period: 'hour' | 'day', grain: RollupGrain, place: string): string => {
  const figures = `${sumColumnList()}${peakList(period, grain)}`;
  return `${period}_${grain} AS (INSERT INTO rollup_${period}_${grain} AS t (cluster_key, start_seconds, key_id, ${figures})
   SELECT $1, ${place}, key_id, ${figures} FROM of_${grain} ORDER BY key_id
   ON CONFLICT (cluster_key, start_seconds, key_id) DO UPDATE SET ${ADDED}${hasPeaks(period, grain) ? HIGHEST : ''})`;
};

// A window has at most one row a pod key: nothing to group. Each namespace is the sum of its workloads.
const ADD =
  typed(`WITH of_pod AS MATERIALIZED (SELECT r.key_id, k.row_kind, k.workload_key, k.namespace_key, r.duration_seconds, ${rowExpressions()}, ${PEAKS_OF_ROW}
    FROM result_rows r JOIN pod_keys k ON k.id = r.key_id WHERE r.cluster_id = $2 AND r.timestamp = to_timestamp($3)),
  of_workload AS MATERIALIZED (SELECT workload_key AS key_id, MIN(namespace_key) AS namespace_key, ${summedColumns()}
    FROM of_pod GROUP BY workload_key),
  of_namespace AS (SELECT namespace_key AS key_id, ${summedColumns()} FROM of_workload GROUP BY namespace_key),
  ${GRAINS.flatMap((grain) => [onto('hour', grain, '$4'), onto('day', grain, '$5')]).join(',\n  ')}
  INSERT INTO presence AS p (key_id, cluster_key, first_start_seconds, last_end_seconds)
  SELECT key_id, $1, $3, $3 + duration_seconds::bigint FROM of_pod WHERE row_kind = 0 ORDER BY key_id
  ON CONFLICT (key_id) DO UPDATE SET
    first_start_seconds = LEAST(p.first_start_seconds, excluded.first_start_seconds),
    last_end_seconds = GREATEST(p.last_end_seconds, excluded.last_end_seconds)
  WHERE p.first_start_seconds > excluded.first_start_seconds OR p.last_end_seconds < excluded.last_end_seconds`);

/** Adds a window that was not there before to its hour, its day and the presence of its pods. */
export async function addWindow(
  session: Session,
  clusterKey: number,
  clusterId: string,
  startSeconds: EpochSeconds,
): Promise<void> {
  const hour = floorTo(startSeconds, HOUR);
  await session.prepared(ADD, [clusterKey, clusterId, startSeconds, hour, floorTo(startSeconds, DAY)]);
}

/** Parameters as what they are, wherever they stand. */
function typed(text: string): string {
  return text.replaceAll('$1', '$1::integer').replace(/\$([345])/g, '$$$1::bigint');
}

const EXTEND = `INSERT INTO presence AS p (key_id, cluster_key, first_start_seconds, last_end_seconds)
  SELECT r.key_id, $1::integer, $3::bigint, $3::bigint + r.duration_seconds::bigint
  FROM combined_metrics r WHERE r.cluster_id = $2 AND r.timestamp = to_timestamp($3::bigint) AND r.row_kind = 'pod'
  ORDER BY r.key_id ON CONFLICT (key_id) DO UPDATE SET
    first_start_seconds = LEAST(p.first_start_seconds, excluded.first_start_seconds),
    last_end_seconds = GREATEST(p.last_end_seconds, excluded.last_end_seconds)`;

/**
 * After the rows of a window changed: its hour is summed afresh from the rows and its day from the hours, as taking old
 * values off would leave rounding behind.
 */
export async function recomputeWindow(
  session: Session,
  clusterKey: number,
  clusterId: string,
  startSeconds: EpochSeconds,
): Promise<void> {
  const hour = floorTo(startSeconds, HOUR);
  const day = floorTo(startSeconds, DAY);
  for (const grain of GRAINS) {
    await session.query(clearing('hour', grain), [clusterKey, hour]);
    await session.query(
      `INSERT INTO rollup_hour_${grain} (cluster_key, start_seconds, key_id, ${sumColumnList()}${peakList('hour', grain)})
       SELECT $1::integer, $3::bigint, ${KEY_OF[grain]}, ${summedRowExpressions()}${hasPeaks('hour', grain) ? `, ${peakRowExpressions()}` : ''}
       FROM result_rows r JOIN pod_keys k ON k.id = r.key_id
       WHERE r.cluster_id = $2 AND r.timestamp >= to_timestamp($3::bigint) AND r.timestamp < to_timestamp($4::bigint)
       GROUP BY ${KEY_OF[grain]}`,
      [clusterKey, clusterId, hour, hour + HOUR],
    );
    await session.query(clearing('day', grain), [clusterKey, day]);
    await session.query(
      `INSERT INTO rollup_day_${grain} (cluster_key, start_seconds, key_id, ${sumColumnList()})
       SELECT $1::integer, $2::bigint, key_id, ${summedColumns()} FROM rollup_hour_${grain}
       WHERE cluster_key = $1 AND start_seconds >= $2 AND start_seconds < $3::bigint GROUP BY key_id`,
      [clusterKey, day, day + DAY],
    );
  }
  await session.query(EXTEND, [clusterKey, clusterId, startSeconds]);
}

function clearing(period: 'hour' | 'day', grain: RollupGrain): string {
  return `DELETE FROM rollup_${period}_${grain} WHERE cluster_key = $1 AND start_seconds = $2`;
}
