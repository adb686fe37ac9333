import type Database from 'better-sqlite3';

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
