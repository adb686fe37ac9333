import type { Page } from '../../../src/core/ports/kubernetes-store.ts';
import type {
  RecommendationFilter,
  RecommendationStore,
  SavingsSums,
} from '../../../src/core/ports/recommendation-store.ts';
import {
  PRIORITIES,
  type Recommendation,
  type SavingsDay,
  type StatusChange,
} from '../../../src/model/recommendations/recommendation.ts';
import type { Score } from '../../../src/model/recommendations/score.ts';
import { floorTo, type TimeRange } from '../../../src/model/time.ts';
import { checkCluster } from '../../../src/storage/sql/recommendations/refusals.ts';
import { MemoryKubernetes } from './memory-kubernetes.ts';

const DAY = 86_400;
const SCORE_DAYS = 400;

type Sums = SavingsSums & { readonly key: string | null };

/** Recommendations, savings and scores as maps. Slow, and obviously right. */
export abstract class MemoryRecommendations extends MemoryKubernetes implements RecommendationStore {
  readonly recommendationRows = new Map<string, Recommendation>();
  readonly statusChangeRows = new Map<string, StatusChange>();
  readonly savingsRows = new Map<string, SavingsDay>();
  readonly scoreRows = new Map<string, Score>();

  async putRecommendations(
    clusterId: string,
    items: readonly Recommendation[],
    changes: readonly StatusChange[],
    epoch: number,
  ): Promise<void> {
    this.check();
    checkCluster(clusterId, [...items.map(({ target }) => target), ...changes]);
    this.fence(clusterId, epoch);
    for (const item of items) this.recommendationRows.set(item.id, structuredClone(item));
    for (const change of changes) {
      const { recommendationId, atSeconds, status } = change;
      this.statusChangeRows.set(`${recommendationId} ${atSeconds} ${status}`, change);
    }
  }

  async recommendations(filter: RecommendationFilter): Promise<Page<Recommendation>> {
    this.check();
    const { statuses, types, namespace, found } = filter;
    const items = [...this.recommendationRows.values()]
      .filter(({ target }) => isOf(filter.clusterIds, target.clusterId))
      .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
      .filter(({ type }) => types.length === 0 || types.includes(type))
      .filter(({ target }) => namespace === null || target.namespace === namespace)
      .filter(({ foundAtSeconds }) => found === null || isIn(foundAtSeconds, found))
      .sort(orderOf(filter.sort));
    return { items: items.slice(filter.offset, filter.offset + filter.limit), total: items.length };
  }

  async recommendation(id: string): Promise<Recommendation | null> {
    this.check();
    return this.recommendationRows.get(id) ?? null;
  }

  async statusChanges(recommendationId: string): Promise<readonly StatusChange[]> {
    this.check();
    return [...this.statusChangeRows.values()]
      .filter((change) => change.recommendationId === recommendationId)
      .sort((a, b) => a.atSeconds - b.atSeconds || compare(a.status, b.status));
  }

  async statusHistory(
    clusterIds: readonly string[],
    range: TimeRange,
    limit: number,
  ): Promise<readonly StatusChange[]> {
    this.check();
    return [...this.statusChangeRows.values()]
      .filter(({ clusterId, atSeconds }) => isOf(clusterIds, clusterId) && isIn(atSeconds, range))
      .sort(
        (a, b) =>
          b.atSeconds - a.atSeconds || compare(a.recommendationId, b.recommendationId) || compare(a.status, b.status),
      )
      .slice(0, limit);
  }

  async putSavings(clusterId: string, days: readonly SavingsDay[], epoch: number): Promise<void> {
    this.check();
    checkCluster(clusterId, days);
    this.fence(clusterId, epoch);
    for (const day of days) this.savingsRows.set(`${day.recommendationId} ${day.dayStartSeconds}`, day);
  }

  async savingsDays(clusterIds: readonly string[], range: TimeRange, limit: number): Promise<readonly SavingsDay[]> {
    return this.#savings(clusterIds, range).slice(0, limit);
  }

  async savingsSums(
    clusterIds: readonly string[],
    range: TimeRange,
    by: 'type' | 'namespace' | null,
  ): Promise<readonly Sums[]> {
    const days = this.#savings(clusterIds, range);
    if (by === null) return [sumsOf(null, days)];
    return [...new Set(days.map((day) => day[by]))]
      .sort((a, b) => compare(a ?? '', b ?? ''))
      .map((key) =>
        sumsOf(
          key,
          days.filter((day) => day[by] === key),
        ),
      );
  }

  async putScores(clusterId: string, scores: readonly Score[], epoch: number): Promise<void> {
    this.check();
    checkCluster(clusterId, scores);
    this.fence(clusterId, epoch);
    for (const score of scores) {
      const { namespace, atSeconds } = score;
      this.scoreRows.set(JSON.stringify([clusterId, namespace, floorTo(atSeconds, DAY)]), score);
    }
  }

  async scores(clusterId: string, namespace: string | null, range: TimeRange): Promise<readonly Score[]> {
    this.check();
    return [...this.scoreRows.values()]
      .filter((score) => score.clusterId === clusterId && score.namespace === namespace)
      .filter(({ atSeconds }) => isIn(atSeconds, range))
      .sort((a, b) => a.atSeconds - b.atSeconds);
  }

  async latestScores(clusterIds: readonly string[], of: 'cluster' | 'namespace'): Promise<readonly Score[]> {
    this.check();
    const newest = new Map<string, Score>();
    for (const score of this.scoreRows.values()) {
      if (!isOf(clusterIds, score.clusterId) || (score.namespace === null) !== (of === 'cluster')) continue;
      const id = JSON.stringify([score.clusterId, score.namespace]);
      if ((newest.get(id)?.atSeconds ?? Number.NEGATIVE_INFINITY) < score.atSeconds) newest.set(id, score);
    }
    return [...newest.values()].sort(
      (a, b) => compare(a.clusterId, b.clusterId) || compare(a.namespace ?? '', b.namespace ?? ''),
    );
  }

  protected forgetRecommendations(clusterId: string): void {
    for (const [id, { target }] of this.recommendationRows) {
      if (target.clusterId === clusterId) this.recommendationRows.delete(id);
    }
    for (const rows of [this.statusChangeRows, this.savingsRows, this.scoreRows]) {
      for (const [id, row] of rows) if (row.clusterId === clusterId) rows.delete(id);
    }
  }

  protected pruneScores(nowSeconds: number): void {
    const oldest = floorTo(nowSeconds - SCORE_DAYS * DAY, DAY);
    for (const [id, { atSeconds }] of this.scoreRows) if (atSeconds < oldest) this.scoreRows.delete(id);
  }

  #savings(clusterIds: readonly string[], range: TimeRange): SavingsDay[] {
    this.check();
    return [...this.savingsRows.values()]
      .filter((day) => isOf(clusterIds, day.clusterId) && isIn(day.dayStartSeconds, range))
      .sort((a, b) => a.dayStartSeconds - b.dayStartSeconds || compare(a.recommendationId, b.recommendationId));
  }
}

function orderOf(sort: RecommendationFilter['sort']): (a: Recommendation, b: Recommendation) => number {
  const co2e = ({ savings }: Recommendation): number => savings.co2eGramsPerDay.central;
  const cost = ({ savings }: Recommendation): number => savings.costPerDay.central;
  const rank = ({ priority }: Recommendation): number => PRIORITIES.indexOf(priority);
  switch (sort) {
    case 'co2e':
      return (a, b) => co2e(b) - co2e(a) || cost(b) - cost(a) || compare(a.id, b.id);
    case 'cost':
      return (a, b) => cost(b) - cost(a) || co2e(b) - co2e(a) || compare(a.id, b.id);
    case 'priority':
      return (a, b) => rank(a) - rank(b) || co2e(b) - co2e(a) || cost(b) - cost(a) || compare(a.id, b.id);
    case 'newest':
      return (a, b) => b.foundAtSeconds - a.foundAtSeconds || compare(b.id, a.id);
  }
}

function sumsOf(key: string | null, days: readonly SavingsDay[]): Sums {
  const sum = (of: (day: SavingsDay) => number | null): number =>
    days.reduce((total, day) => total + (of(day) ?? 0), 0);
  return {
    key,
    promisedCo2eGrams: sum((day) => day.promisedCo2eGrams),
    promisedCost: sum((day) => day.promisedCost),
    measuredCo2eGrams: sum((day) => day.measuredCo2eGrams),
    measuredCost: sum((day) => day.measuredCost),
    count: new Set(days.map(({ recommendationId }) => recommendationId)).size,
  };
}

function isOf(clusterIds: readonly string[], clusterId: string): boolean {
  return clusterIds.length === 0 || clusterIds.includes(clusterId);
}

function isIn(seconds: number, range: TimeRange): boolean {
  return seconds >= range.startSeconds && seconds < range.endSeconds;
}

function compare(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
