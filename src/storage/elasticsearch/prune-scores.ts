import type { EpochSeconds } from '../../model/time.ts';
import { oldestScoreDay } from '../sql/recommendations/score-line.ts';
import { bulk } from './bulk.ts';
import { deleteMatching } from './documents.ts';
import type { Store } from './store.ts';

/** Removes scores of days that are older than they are kept. */
export async function pruneScores(
  { requests, names }: Store,
  nowSeconds: EpochSeconds,
  signal?: AbortSignal,
): Promise<void> {
  const old = { range: { date: { lt: oldestScoreDay(nowSeconds) } } };
  const indices = [names.all('score-history')];
  await deleteMatching(requests, indices, old, (operations) => bulk(requests, operations), signal);
}
