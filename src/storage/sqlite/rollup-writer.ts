import type Database from 'better-sqlite3';
import { type EpochSeconds, floorTo } from '../../model/time.ts';
import { rowExpressions, SUM_COLUMNS, sumColumnList, summedColumns, summedRowExpressions } from '../sql/sums.ts';

const HOUR = 3600;
const DAY = 86_400;
const GRAINS = ['pod', 'workload', 'namespace'] as const;
type Run = (cluster: number, startSeconds: EpochSeconds) => void;

/**
 * Hour and day roll-ups. A new window is added to them; where a window is replaced, its hour is summed afresh from the
 * rows and its day from the hours, as taking old values off would leave rounding behind.
 */
export class RollupWriter {
  readonly #add: readonly Run[];
  readonly #recompute: readonly Run[];

  constructor(database: Database.Database) {
    this.#add = additions(database);
    this.#recompute = GRAINS.flatMap((grain) => recomputations(database, grain));
  }

  /** The window's rows are in `result_rows`, and were not there before. */
  add(cluster: number, startSeconds: EpochSeconds): void {
    for (const run of this.#add) run(cluster, startSeconds);
  }

  recompute(cluster: number, startSeconds: EpochSeconds): void {
    for (const run of this.#recompute) run(cluster, startSeconds);
  }
}

const KEY_OF: Readonly<Record<(typeof GRAINS)[number], string>> = {
  pod: 'r.key_id',
  workload: 'k.workload_key',
  namespace: 'k.namespace_key',
};

function rowsByKey(grain: (typeof GRAINS)[number], time: string): string {
  return `SELECT ${KEY_OF[grain]} AS key_id, ${summedRowExpressions()}
    FROM result_rows r CROSS JOIN pod_keys k ON k.id = r.key_id
    WHERE r.cluster_key = ? AND ${time} GROUP BY 1`;
}

function additions(database: Database.Database): readonly Run[] {
  const onto = (period: 'hour' | 'day', grain: (typeof GRAINS)[number], source: string): string =>
    `INSERT INTO rollup_${period}_${grain} AS t (cluster_key, start_seconds, key_id, ${sumColumnList()})
     SELECT ?, ?, key_id, ${sumColumnList()} FROM ${source} WHERE TRUE
     ON CONFLICT (cluster_key, start_seconds, key_id) DO UPDATE SET
     ${SUM_COLUMNS.map(({ column }) => `${column} = t.${column} + excluded.${column}`).join(', ')}`;
  // A window has at most one row a pod key, in the order of the roll-up's own key: nothing to group, nothing to sort.
  const rows = `(SELECT r.key_id, ${rowExpressions()} FROM result_rows r CROSS JOIN pod_keys k ON k.id = r.key_id
    WHERE r.cluster_key = ? AND r.start_seconds = ?)`;
  const podHour = database.prepare<number[]>(onto('hour', 'pod', rows));
  const podDay = database.prepare<number[]>(onto('day', 'pod', rows));
  const coarser = (['workload', 'namespace'] as const).flatMap((grain) => {
    // Grouped once, in a table of this connection; then onto the hour and the day.
    const columns = SUM_COLUMNS.map(({ column }) => `${column} REAL NOT NULL`).join(', ');
    database.exec(`CREATE TEMP TABLE window_${grain} (key_id INTEGER PRIMARY KEY, ${columns})`);
    const clear = database.prepare(`DELETE FROM temp.window_${grain}`);
    const fill = database.prepare<[number, number]>(
      `INSERT INTO temp.window_${grain} (key_id, ${sumColumnList()}) ${rowsByKey(grain, 'r.start_seconds = ?')}`,
    );
    const hour = database.prepare<number[]>(onto('hour', grain, `temp.window_${grain}`));
    const day = database.prepare<number[]>(onto('day', grain, `temp.window_${grain}`));
    return [
      (cluster: number, start: EpochSeconds) => {
        clear.run();
        fill.run(cluster, start);
        hour.run(cluster, floorTo(start, HOUR));
        day.run(cluster, floorTo(start, DAY));
      },
    ];
  });
  return [
    (cluster, start) => void podHour.run(cluster, floorTo(start, HOUR), cluster, start),
    (cluster, start) => void podDay.run(cluster, floorTo(start, DAY), cluster, start),
    ...coarser,
  ];
}

function recomputations(database: Database.Database, grain: (typeof GRAINS)[number]): readonly Run[] {
  const into = (period: string, select: string): string =>
    `INSERT INTO rollup_${period}_${grain} (cluster_key, start_seconds, key_id, ${sumColumnList()})
     SELECT ?, ?, key_id, ${sumColumnList()} FROM (${select})`;
  const remove = (period: string): Database.Statement<[number, number]> =>
    database.prepare(`DELETE FROM rollup_${period}_${grain} WHERE cluster_key = ? AND start_seconds = ?`);
  const within = 'start_seconds >= ? AND start_seconds < ?';
  const removeHour = remove('hour');
  const removeDay = remove('day');
  const fillHour = database.prepare<number[]>(into('hour', rowsByKey(grain, `r.${within}`)));
  const fillDay = database.prepare<number[]>(
    into(
      'day',
      `SELECT key_id, ${summedColumns()} FROM rollup_hour_${grain} WHERE cluster_key = ? AND ${within} GROUP BY key_id`,
    ),
  );
  return [
    (cluster, start) => {
      const hour = floorTo(start, HOUR);
      removeHour.run(cluster, hour);
      fillHour.run(cluster, hour, cluster, hour, hour + HOUR);
    },
    (cluster, start) => {
      const day = floorTo(start, DAY);
      removeDay.run(cluster, day);
      fillDay.run(cluster, day, cluster, day, day + DAY);
    },
  ];
}
