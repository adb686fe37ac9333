import type { EpochSeconds } from '../../model/time.ts';
import { oldestScoreDay } from '../sql/recommendations/score-line.ts';
import type { Session } from './session.ts';

/** Removes scores of days that are older than they are kept. */
export async function pruneScores(session: Session, nowSeconds: EpochSeconds): Promise<void> {
  await session.change('DELETE FROM score_history WHERE date < $1::date', [oldestScoreDay(nowSeconds)]);
}
