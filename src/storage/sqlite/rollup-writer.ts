import type Database from 'better-sqlite3';
import { type EpochSeconds, floorTo } from '../../model/time.ts';
import { SUM_COLUMNS, sumColumnList, summedColumns, summedRowExpressions } from '../sql/sums.ts';

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
  // Sums of the window once, in a table of this connection; then onto the hour and the day.
  return GRAINS.flatMap((grain) => {
    const window = `temp.window_${grain}`;
    const columns = SUM_COLUMNS.map(({ column }) => `${column} REAL NOT NULL`).join(', ');
    database.exec(`CREATE TEMP TABLE window_${grain} (key_id INTEGER PRIMARY KEY, ${columns})`);
    const clear = database.prepare(`DELETE FROM ${window}`);
    const fill = database.prepare<[number, number]>(
      `INSERT INTO ${window} (key_id, ${sumColumnList()}) ${rowsByKey(grain, 'r.start_seconds = ?')}`,
    );
    const onto = (period: 'hour' | 'day'): Database.Statement<[number, number]> =>
      database.prepare(
        `INSERT INTO rollup_${period}_${grain} AS t (cluster_key, start_seconds, key_id, ${sumColumnList()})
         SELECT ?, ?, key_id, ${sumColumnList()} FROM ${window} WHERE TRUE ORDER BY key_id
         ON CONFLICT (cluster_key, start_seconds, key_id) DO UPDATE SET
         ${SUM_COLUMNS.map(({ column }) => `${column} = t.${column} + excluded.${column}`).join(', ')}`,
      );
    const ontoHour = onto('hour');
    const ontoDay = onto('day');
    return [
      () => void clear.run(),
      (cluster: number, start: EpochSeconds) => void fill.run(cluster, start),
      (cluster: number, start: EpochSeconds) => void ontoHour.run(cluster, floorTo(start, HOUR)),
      (cluster: number, start: EpochSeconds) => void ontoDay.run(cluster, floorTo(start, DAY)),
    ];
  });
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
