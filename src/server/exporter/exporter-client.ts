import type * as z from 'zod';
import type { Clusters, Runs } from '../../contract/schemas/contexts.ts';
import type { Breakdown, Summary } from '../../contract/schemas/metrics.ts';
import type { RecommendationList, SavingsReport } from '../../contract/schemas/recommendations.ts';
import type { ScoreAnswer } from '../../contract/schemas/score.ts';
import type { Config, Health } from '../../contract/schemas/system.ts';

export interface HourRange {
  readonly start: string;
  readonly end: string;
}

export interface ListQuery {
  readonly cluster: string;
  readonly limit: number;
  readonly offset: number;
}

/** The operations of the contract that the exporter asks; all of them only read, and read no rows. */
export interface ExporterClient {
  readonly system: { health(): Promise<Health>; config(): Promise<Config> };
  readonly clusters: {
    list(): Promise<z.infer<typeof Clusters>>;
    runs(input: { cluster: string; last: string }): Promise<z.infer<typeof Runs>>;
  };
  readonly metrics: {
    summary(input: HourRange & { cluster: string }): Promise<Summary>;
    breakdown(
      input: HourRange & { by: 'namespace' | 'cluster'; sort: 'energy'; limit: number; offset: number },
    ): Promise<Breakdown>;
  };
  readonly score: { get(input: Record<string, never>): Promise<ScoreAnswer> };
  readonly recommendations: {
    active(input: ListQuery): Promise<RecommendationList>;
    ignored(input: ListQuery): Promise<RecommendationList>;
    applied(input: ListQuery): Promise<RecommendationList>;
    savings(input: { cluster: string; last: string }): Promise<SavingsReport>;
  };
}
