import type {
  Recommendation,
  RecommendationStatus,
  RecommendationType,
  SavingsDay,
  StatusChange,
} from '../../model/recommendations/recommendation.ts';
import type { Score } from '../../model/recommendations/score.ts';
import type { TimeRange } from '../../model/time.ts';
import type { Page } from './kubernetes-store.ts';

export interface RecommendationFilter {
  /** Empty: all clusters. */
  readonly clusterIds: readonly string[];
  /** Empty: all. */
  readonly statuses: readonly RecommendationStatus[];
  readonly types: readonly RecommendationType[];
  readonly namespace: string | null;
  /** By the time that it was found; null: whenever. */
  readonly found: TimeRange | null;
  readonly sort: 'co2e' | 'cost' | 'priority' | 'newest';
  readonly limit: number;
  readonly offset: number;
}

export interface SavingsSums {
  readonly promisedCo2eGrams: number;
  readonly promisedCost: number;
  readonly measuredCo2eGrams: number;
  readonly measuredCost: number;
  /** Distinct recommendations in it. */
  readonly count: number;
}

/** Recommendations and what became of them, in the results store. Writes are checked against the cluster's lease epoch (`conflict`). */
export interface RecommendationStore {
  /** Whole rows; each replaces the one of its id. Changes of status are written in the same transaction. */
  putRecommendations(
    clusterId: string,
    items: readonly Recommendation[],
    changes: readonly StatusChange[],
    epoch: number,
  ): Promise<void>;
  recommendations(filter: RecommendationFilter): Promise<Page<Recommendation>>;
  recommendation(id: string): Promise<Recommendation | null>;
  /** Oldest first. */
  statusChanges(recommendationId: string): Promise<readonly StatusChange[]>;
  /** Newest first, over all. */
  statusHistory(clusterIds: readonly string[], range: TimeRange, limit: number): Promise<readonly StatusChange[]>;
  /** A day of a recommendation is replaced. */
  putSavings(clusterId: string, days: readonly SavingsDay[], epoch: number): Promise<void>;
  /** Days that start in the range, oldest first. */
  savingsDays(clusterIds: readonly string[], range: TimeRange, limit: number): Promise<readonly SavingsDay[]>;
  /** All: one line, also of nothing. By key: a line each, what has none first. */
  savingsSums(
    clusterIds: readonly string[],
    range: TimeRange,
    by: 'type' | 'namespace' | null,
  ): Promise<readonly (SavingsSums & { readonly key: string | null })[]>;
  /** One a day (UTC), cluster and namespace: a later one of the day takes its place. */
  putScores(clusterId: string, scores: readonly Score[], epoch: number): Promise<void>;
  /** Oldest first. */
  scores(clusterId: string, namespace: string | null, range: TimeRange): Promise<readonly Score[]>;
  /** The newest of each cluster, or of each namespace (these alone). By cluster, then namespace. */
  latestScores(clusterIds: readonly string[], of: 'cluster' | 'namespace'): Promise<readonly Score[]>;
}
