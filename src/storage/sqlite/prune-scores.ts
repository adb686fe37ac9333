import type Database from 'better-sqlite3';
import type { EpochSeconds } from '../../model/time.ts';
import { oldestScoreDay } from '../sql/recommendations/score-line.ts';

/** Removes scores of days that are older than they are kept. */
export function pruneScores(database: Database.Database, nowSeconds: EpochSeconds): void {
  database.prepare('DELETE FROM score_history WHERE date < ?').run(oldestScoreDay(nowSeconds));
}
