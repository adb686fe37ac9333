import type Database from 'better-sqlite3';
import type { OpenHour } from '../sql/grouped-sums.ts';
import { literals } from '../sql/statement.ts';

/** Keys of the clusters that a question is about; an empty list of ids means all that have windows. */
export function clusterKeysOf(database: Database.Database, clusterIds: readonly string[]): readonly number[] {
  if (clusterIds.length === 0) {
    return database.prepare<[], number>('SELECT id FROM cluster_keys ORDER BY id').pluck().all();
  }
  const places = clusterIds.map(() => '?').join(', ');
  return database
    .prepare<string[], number>(`SELECT id FROM cluster_keys WHERE cluster_id IN (${places}) ORDER BY id`)
    .pluck()
    .all(...clusterIds);
}

/** Hours of these clusters whose roll-ups of pods and workloads are written later. */
export function openHoursOf(database: Database.Database, clusterKeys: readonly number[]): readonly OpenHour[] {
  return database
    .prepare<[], OpenHour>(
      `SELECT cluster_key AS clusterKey, start_seconds AS startSeconds FROM open_hours
       WHERE cluster_key IN (${literals(clusterKeys)})`,
    )
    .all();
}
