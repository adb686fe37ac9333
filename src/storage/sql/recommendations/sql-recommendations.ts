import * as z from 'zod';
import type { Page } from '../../../core/ports/kubernetes-store.ts';
import type {
  RecommendationFilter,
  RecommendationStore,
  SavingsSums,
} from '../../../core/ports/recommendation-store.ts';
import type { RecordKind, RecordPages, RecordsByKind } from '../../../core/ports/record-pages.ts';
import type { Recommendation, SavingsDay, StatusChange } from '../../../model/recommendations/recommendation.ts';
import type { Score } from '../../../model/recommendations/score.ts';
import type { TimeRange } from '../../../model/time.ts';
import { type Condition, count, records, where, within } from '../kubernetes/questions.ts';
import type { RecordTable } from '../kubernetes/record-table.ts';
import { SqlKubernetes } from '../kubernetes/sql-kubernetes.ts';
import { putOf } from '../kubernetes/write.ts';
import { sqlRecordPages } from '../record-pages.ts';
import {
  conditionsOf,
  latestScoresQuestion,
  ofClusters,
  orderOf,
  savingsQuestion,
  scoreConditions,
} from './questions.ts';
import { lineOfRecommendation, recommendationOf } from './recommendation-line.ts';
import { RECOMMENDATIONS, SAVINGS_DAYS, SCORES, STATUS_CHANGES } from './record-tables.ts';
import { checkCluster } from './refusals.ts';
import { lineOfScore, namespaceColumn, scoreOf } from './score-line.ts';

type Sums = SavingsSums & { readonly key: string | null };

/** Recommendations of a SQL store: questions and changes are made here, and carried out as those of the Kubernetes part. */
export abstract class SqlRecommendations extends SqlKubernetes implements RecommendationStore, RecordPages {
  async putRecommendations(
    clusterId: string,
    items: readonly Recommendation[],
    changes: readonly StatusChange[],
    epoch: number,
  ): Promise<void> {
    checkCluster(clusterId, [...items.map(({ target }) => target), ...changes]);
    const puts = [...putOf(RECOMMENDATIONS, items.map(lineOfRecommendation)), ...putOf(STATUS_CHANGES, changes)];
    await this.writeKubernetes({ fences: [{ clusterId, epoch }], puts, changes: [] });
  }

  async recommendations(filter: RecommendationFilter): Promise<Page<Recommendation>> {
    const conditions = conditionsOf(filter);
    const [lines = [], totals = []] = await this.askKubernetes([
      records(RECOMMENDATIONS, this.sayColumn, conditions, orderOf(filter), filter.limit, filter.offset),
      count(RECOMMENDATIONS, conditions),
    ]);
    const items = lines.map((line) => recommendationOf(RECOMMENDATIONS.recordOf(line)));
    return { items, total: Total.parse(totals[0]).total };
  }

  async recommendation(id: string): Promise<Recommendation | null> {
    const [found] = await this.#kept(RECOMMENDATIONS, [where('t.id = ?', id)], 't.id');
    return found === undefined ? null : recommendationOf(found);
  }

  statusChanges(recommendationId: string): Promise<readonly StatusChange[]> {
    return this.#kept(STATUS_CHANGES, [where('t.recommendation_id = ?', recommendationId)], 't.timestamp, t.status');
  }

  statusHistory(clusterIds: readonly string[], range: TimeRange, limit: number): Promise<readonly StatusChange[]> {
    const conditions = [...ofClusters(clusterIds), ...within('timestamp', range)];
    return this.#kept(STATUS_CHANGES, conditions, 't.timestamp DESC, t.recommendation_id, t.status', limit);
  }

  async putSavings(clusterId: string, days: readonly SavingsDay[], epoch: number): Promise<void> {
    checkCluster(clusterId, days);
    const puts = putOf(SAVINGS_DAYS, days);
    await this.writeKubernetes({ fences: [{ clusterId, epoch }], puts, changes: [] });
  }

  savingsDays(clusterIds: readonly string[], range: TimeRange, limit: number): Promise<readonly SavingsDay[]> {
    const conditions = [...ofClusters(clusterIds), ...within('timestamp', range)];
    return this.#kept(SAVINGS_DAYS, conditions, 't.timestamp, t.recommendation_id', limit);
  }

  async savingsSums(
    clusterIds: readonly string[],
    range: TimeRange,
    by: 'type' | 'namespace' | null,
  ): Promise<readonly Sums[]> {
    const [lines = []] = await this.askKubernetes([savingsQuestion(clusterIds, range, by)]);
    return lines.map(sumsOf);
  }

  async putScores(clusterId: string, scores: readonly Score[], epoch: number): Promise<void> {
    checkCluster(clusterId, scores);
    const puts = putOf(SCORES, scores.map(lineOfScore));
    await this.writeKubernetes({ fences: [{ clusterId, epoch }], puts, changes: [] });
  }

  async scores(clusterId: string, namespace: string | null, range: TimeRange): Promise<readonly Score[]> {
    const conditions = scoreConditions(clusterId, namespaceColumn(namespace), range);
    return (await this.#kept(SCORES, conditions, 't.date')).map(scoreOf);
  }

  async latestScores(clusterIds: readonly string[], of: 'cluster' | 'namespace'): Promise<readonly Score[]> {
    const [lines = []] = await this.askKubernetes([latestScoresQuestion(this.sayColumn, clusterIds, of)]);
    return lines.map((line) => scoreOf(SCORES.recordOf(line)));
  }

  recordPages<Kind extends RecordKind>(
    kind: Kind,
    clusterId: string | null,
  ): AsyncIterable<readonly RecordsByKind[Kind][]> {
    return sqlRecordPages((statements) => this.askKubernetes(statements), this.sayColumn, kind, clusterId);
  }

  async #kept<Kept extends object>(
    table: RecordTable<Kept>,
    conditions: readonly Condition[],
    order: string,
    limit: number | null = null,
  ): Promise<readonly Kept[]> {
    const [lines = []] = await this.askKubernetes([records(table, this.sayColumn, conditions, order, limit)]);
    return lines.map((line) => table.recordOf(line));
  }
}

const Total = z.object({ total: z.number() });

const SumsLine = z.object({
  key: z.string().nullable(),
  promised_co2e_grams: z.number(),
  promised_cost: z.number(),
  co2e_saved_grams: z.number(),
  cost_saved: z.number(),
  count: z.number(),
});

function sumsOf(line: unknown): Sums {
  const { key, promised_co2e_grams, promised_cost, co2e_saved_grams, cost_saved, count } = SumsLine.parse(line);
  return {
    key,
    promisedCo2eGrams: promised_co2e_grams,
    promisedCost: promised_cost,
    measuredCo2eGrams: co2e_saved_grams,
    measuredCost: cost_saved,
    count,
  };
}
