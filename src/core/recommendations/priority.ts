import { type Confidence, PRIORITIES, type Priority } from '../../model/recommendations/recommendation.ts';
import type { Risk } from './draft.ts';

export interface Weights {
  /** What is at stake: the largest of its shares of the cluster's carbon, money and reserved capacity; 0 to 1. */
  readonly stake: number;
  readonly confidence: Confidence;
  readonly risk: Risk;
  /** Never lower than this. */
  readonly atLeast: Priority;
}

const STEPS = [0.05, 0.01, 0.002];

/**
 * The one place where urgency is decided. Value: at least 5 % of the cluster 3 points, 1 % 2, 0.2 % 1, less none. Low
 * confidence and high risk take a point each. 3 is critical, 2 high, 1 medium, the rest low.
 */
export function priorityOf({ stake, confidence, risk, atLeast }: Weights): Priority {
  const value = STEPS.filter((step) => stake >= step).length;
  const points = value - (confidence === 'low' ? 1 : 0) - (risk === 'high' ? 1 : 0);
  const place = Math.min(PRIORITIES.length - 1, PRIORITIES.length - 1 - Math.max(0, points));
  return PRIORITIES[Math.min(place, PRIORITIES.indexOf(atLeast))] ?? 'low';
}
