import type { RecommendationStore } from '../../core/ports/recommendation-store.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import type { UsageStore } from '../../core/ports/usage-hours.ts';

/** What recommendations ask of the results store, and tell it. */
export type SavingsStore = UsageStore &
  Omit<RecommendationStore, 'putScores' | 'scores' | 'latestScores'> &
  Pick<ResultsStore, 'series' | 'coverage' | 'listClusters'>;
