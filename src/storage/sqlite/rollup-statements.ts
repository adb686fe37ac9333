import type Database from 'better-sqlite3';
import type { EpochSeconds } from '../../model/time.ts';
import { PEAK_COLUMNS, peakRowExpressions, SUM_COLUMNS, sumColumnList } from '../sql/sums.ts';
import { ADDED_SUMS, storedLineSums, storedRowSums } from './stored-sums.ts';

export const GRAINS = ['pod', 'workload', 'namespace'] as const;
export type RollupGrain = (typeof GRAINS)[number];
type Period = 'hour' | 'day';

const HOUR = 3600;
const DAY = 86_400;

const KEY_OF: Readonly<Record<RollupGrain, string>> = {
  pod: 'r.key_id',
  workload: 'k.workload_key',
  namespace: 'k.namespace_key',
};

const WITHIN = 'cluster_key = ? AND start_seconds >= ? AND start_seconds < ?';

/** One line more onto a roll-up: cluster, start, key, then every sum as it is kept; of hours by pod also the peaks. */
export type PutSums = Database.Statement<(number | null)[]>;

export function putSums(database: Database.Database, period: Period, grain: RollupGrain): PutSums {
  const peaks = hasPeaks(period, grain) ? PEAK_COLUMNS : [];
  const places = ['?', '?', '?', ...[...SUM_COLUMNS, ...peaks].map(() => '?')].join(', ');
  const highest = peaks.map(({ column }) => `, ${column} = MAX(t.${column}, excluded.${column})`).join('');
  return database.prepare(`${intoRollup(period, grain)} VALUES (${places}) ${ADD_ON_CONFLICT}${highest}`);
}

/** Only hours by pod have peaks: see PEAK_COLUMNS. */
export function hasPeaks(period: Period, grain: RollupGrain): boolean {
  return period === 'hour' && grain === 'pod';
}

/** Adds the sums of an hour, which are in its roll-up, onto its day. */
export function hourOntoDay(
  database: Database.Database,
  grain: RollupGrain,
): (cluster: number, hour: EpochSeconds, day: EpochSeconds) => void {
  const put = database.prepare<number[]>(
    `${intoRollup('day', grain)} SELECT cluster_key, ?, key_id, ${sumColumnList()} FROM rollup_hour_${grain}
     WHERE cluster_key = ? AND start_seconds = ? ${ADD_ON_CONFLICT}`,
  );
  return (cluster, hour, day) => void put.run(day, cluster, hour);
}

/** Sums an hour afresh from its rows. */
export function hourFromRows(
  database: Database.Database,
  grain: RollupGrain,
): (cluster: number, hour: EpochSeconds) => void {
  const remove = removal(database, 'hour', grain);
  const fill = database.prepare<number[]>(
    `${intoRollup('hour', grain)} SELECT ?, ?, ${KEY_OF[grain]}, ${storedRowSums()}${hasPeaks('hour', grain) ? `, ${peakRowExpressions()}` : ''}
     FROM result_rows r CROSS JOIN pod_keys k ON k.id = r.key_id WHERE r.${WITHIN} GROUP BY 3`,
  );
  return (cluster, hour) => {
    remove.run(cluster, hour);
    fill.run(cluster, hour, cluster, hour, hour + HOUR);
  };
}

/** Sums a day afresh from its hours. */
export function dayFromHours(
  database: Database.Database,
  grain: RollupGrain,
): (cluster: number, day: EpochSeconds) => void {
  const remove = removal(database, 'day', grain);
  const fill = database.prepare<number[]>(
    `${intoRollup('day', grain)} SELECT ?, ?, r.key_id, ${storedLineSums()} FROM rollup_hour_${grain} r
     WHERE ${WITHIN} GROUP BY key_id`,
  );
  return (cluster, day) => {
    remove.run(cluster, day);
    fill.run(cluster, day, cluster, day, day + DAY);
  };
}

const ADD_ON_CONFLICT = `ON CONFLICT (cluster_key, start_seconds, key_id) DO UPDATE SET ${ADDED_SUMS}`;

function intoRollup(period: Period, grain: RollupGrain): string {
  const peaks = hasPeaks(period, grain) ? PEAK_COLUMNS.map(({ column }) => `, ${column}`).join('') : '';
  return `INSERT INTO rollup_${period}_${grain} AS t (cluster_key, start_seconds, key_id, ${sumColumnList()}${peaks})`;
}

function removal(
  database: Database.Database,
  period: Period,
  grain: RollupGrain,
): Database.Statement<[number, number]> {
  return database.prepare(`DELETE FROM rollup_${period}_${grain} WHERE cluster_key = ? AND start_seconds = ?`);
}
