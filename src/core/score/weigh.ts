import {
  type DimensionScore,
  SCORE_WEIGHTS,
  type Score,
  type ScoreDimension,
} from '../../model/recommendations/score.ts';
import type { Outcome } from './scope.ts';

export type Outcomes = Readonly<Record<ScoreDimension, Outcome>>;

const DIMENSIONS = Object.keys(SCORE_WEIGHTS) as ScoreDimension[];

/** Below this, what a dimension could add is nothing that anyone sees. */
const LEAST_POINTS = 0.05;

/** Mean of the dimensions that have data, by their weights over the sum of those weights. */
export function weigh(outcomes: Outcomes): Pick<Score, 'score' | 'dimensions' | 'raise'> {
  const counted = DIMENSIONS.filter((name) => outcomes[name].score !== null);
  const whole = counted.reduce((sum, name) => sum + SCORE_WEIGHTS[name], 0);
  const dimensions = DIMENSIONS.map((dimension): DimensionScore => {
    const { score, figures, note } = outcomes[dimension];
    if (score === null) return { dimension, score, weight: 0, figures, note: `Left out: ${note}` };
    return { dimension, score: bounded(score), weight: SCORE_WEIGHTS[dimension] / whole, figures, note };
  });
  if (counted.length === 0) return { score: null, dimensions, raise: null };
  const sum = dimensions.reduce((total, { score, weight }) => total + weight * (score ?? 0), 0);
  return { score: bounded(sum), dimensions, raise: raiseOf(dimensions, outcomes) };
}

/** A mean of hundreds can come out a last digit above 100. */
function bounded(score: number): number {
  return Math.min(100, Math.max(0, score));
}

/** The dimension that would add most if it had all points. */
function raiseOf(dimensions: readonly DimensionScore[], outcomes: Outcomes): Score['raise'] {
  let best: Score['raise'] = null;
  for (const { dimension, score, weight } of dimensions) {
    const points = weight * (100 - (score ?? 100));
    if (points >= LEAST_POINTS && (best === null || points > best.points))
      best = { dimension, points, how: outcomes[dimension].how };
  }
  return best;
}
