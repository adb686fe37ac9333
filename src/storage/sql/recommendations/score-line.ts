import type { Score } from '../../../model/recommendations/score.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { isoOf } from '../instants.ts';

/** A score as a line of `score_history`: a field a column. */
export interface ScoreLine extends Pick<Score, 'clusterId' | 'atSeconds' | 'score' | 'dimensions' | 'raise'> {
  /** Empty: the whole cluster. */
  readonly namespace: string;
  /** UTC day: one line a day. */
  readonly date: string;
}

export function lineOfScore(score: Score): ScoreLine {
  return { ...score, namespace: namespaceColumn(score.namespace), date: isoOf(score.atSeconds).slice(0, 10) };
}

export function scoreOf({ date: _, namespace, ...same }: ScoreLine): Score {
  return { ...same, namespace: namespace === '' ? null : namespace };
}

export function namespaceColumn(namespace: string | null): string {
  return namespace ?? '';
}

/** Days that scores are kept. */
export const SCORE_DAYS = 400;

/** The first UTC day that is still kept. */
export function oldestScoreDay(nowSeconds: EpochSeconds): string {
  return isoOf(nowSeconds - SCORE_DAYS * 86_400).slice(0, 10);
}
