import type { Page } from '../../../core/ports/kubernetes-store.ts';
import type {
  RecommendationFilter,
  RecommendationStore,
  SavingsSums,
} from '../../../core/ports/recommendation-store.ts';
import type { Recommendation, SavingsDay, StatusChange } from '../../../model/recommendations/recommendation.ts';
import type { Score } from '../../../model/recommendations/score.ts';
import type { TimeRange } from '../../../model/time.ts';
import { CLUSTERS } from '../../sql/kubernetes/record-tables.ts';
import { lineOfRecommendation, recommendationOf } from '../../sql/recommendations/recommendation-line.ts';
import { RECOMMENDATIONS, SAVINGS_DAYS, SCORES, STATUS_CHANGES } from '../../sql/recommendations/record-tables.ts';
import { checkCluster } from '../../sql/recommendations/refusals.ts';
import { lineOfScore, namespaceColumn, scoreOf } from '../../sql/recommendations/score-line.ts';
import { startsIn } from '../clauses.ts';
import type { Query } from '../requests.ts';
import type { Store } from '../store.ts';
import { ElasticsearchKubernetes } from './elasticsearch-kubernetes.ts';
import { findPage, findRecord, findRecords, is, type Sort } from './find-records.ts';
import { latestScores } from './latest-scores.ts';
import { savingsSums } from './savings-sums.ts';
import { needParents, putRecords, underEpoch } from './write-records.ts';

const CO2E = { potential_savings_co2e_grams: 'desc' } as const;
const COST = { potential_savings_cost: 'desc' } as const;
const ORDERS: Readonly<Record<RecommendationFilter['sort'], Sort>> = {
  co2e: [CO2E, COST, 'id'],
  cost: [COST, CO2E, 'id'],
  priority: [{ _score: { order: 'desc' } }, CO2E, COST, 'id'],
  newest: [{ timestamp: 'desc' }, { id: 'desc' }],
};

/** What `_score` of the order by priority is: names of priorities are in no useful order. */
const RANKS: readonly Query[] = ['low', 'medium', 'high', 'critical'].map((priority, rank) => ({
  constant_score: { filter: is('priority', priority), boost: rank + 1 },
}));

/** Recommendations, savings and scores on Elasticsearch, beside the Kubernetes tables and written as these are. */
export abstract class ElasticsearchRecommendations extends ElasticsearchKubernetes implements RecommendationStore {
  readonly #store: Store;

  constructor(store: Store) {
    super(store);
    this.#store = store;
  }

  async putRecommendations(
    clusterId: string,
    items: readonly Recommendation[],
    changes: readonly StatusChange[],
    epoch: number,
  ): Promise<void> {
    checkCluster(clusterId, [...items.map(({ target }) => target), ...changes]);
    const store = this.#store;
    const given = new Set(items.map(({ id }) => id));
    await this.inTurn(clusterId, () =>
      underEpoch(store, clusterId, epoch, async (mayGoOn) => {
        await needParents(store, CLUSTERS, [clusterId]);
        const changed = changes.map(({ recommendationId }) => recommendationId);
        await needParents(store, RECOMMENDATIONS, changed, given);
        await putRecords(store, RECOMMENDATIONS, items.map(lineOfRecommendation), mayGoOn);
        await putRecords(store, STATUS_CHANGES, changes, mayGoOn);
      }),
    );
  }

  async recommendations(filter: RecommendationFilter): Promise<Page<Recommendation>> {
    const { sort, limit, offset } = filter;
    const scored = sort === 'priority' ? RANKS : [];
    const conditions = conditionsOf(filter);
    const { items, total } = await findPage(
      this.#store,
      RECOMMENDATIONS,
      conditions,
      ORDERS[sort],
      limit,
      offset,
      scored,
    );
    return { items: items.map(recommendationOf), total };
  }

  async recommendation(id: string): Promise<Recommendation | null> {
    const found = await findRecord(this.#store, RECOMMENDATIONS, id);
    return found === null ? null : recommendationOf(found);
  }

  statusChanges(recommendationId: string): Promise<readonly StatusChange[]> {
    const of = is('recommendation_id', recommendationId);
    return findRecords(this.#store, STATUS_CHANGES, [of], ['timestamp', 'status']);
  }

  statusHistory(clusterIds: readonly string[], range: TimeRange, limit: number): Promise<readonly StatusChange[]> {
    const conditions = [...ofClusters(clusterIds), startsIn(range)];
    const order: Sort = [{ timestamp: 'desc' }, 'recommendation_id', 'status'];
    return findRecords(this.#store, STATUS_CHANGES, conditions, order, limit);
  }

  async putSavings(clusterId: string, days: readonly SavingsDay[], epoch: number): Promise<void> {
    checkCluster(clusterId, days);
    await this.#under(clusterId, epoch, (mayGoOn) => putRecords(this.#store, SAVINGS_DAYS, days, mayGoOn));
  }

  savingsDays(clusterIds: readonly string[], range: TimeRange, limit: number): Promise<readonly SavingsDay[]> {
    const conditions = [...ofClusters(clusterIds), startsIn(range)];
    return findRecords(this.#store, SAVINGS_DAYS, conditions, ['timestamp', 'recommendation_id'], limit);
  }

  savingsSums(
    clusterIds: readonly string[],
    range: TimeRange,
    by: 'type' | 'namespace' | null,
  ): Promise<readonly (SavingsSums & { readonly key: string | null })[]> {
    return savingsSums(this.#store, [...ofClusters(clusterIds), startsIn(range)], by);
  }

  async putScores(clusterId: string, scores: readonly Score[], epoch: number): Promise<void> {
    checkCluster(clusterId, scores);
    const lines = scores.map(lineOfScore);
    await this.#under(clusterId, epoch, (mayGoOn) => putRecords(this.#store, SCORES, lines, mayGoOn));
  }

  async scores(clusterId: string, namespace: string | null, range: TimeRange): Promise<readonly Score[]> {
    const conditions = [is('cluster_id', clusterId), is('namespace', namespaceColumn(namespace)), startsIn(range)];
    return (await findRecords(this.#store, SCORES, conditions, ['date'])).map(scoreOf);
  }

  latestScores(clusterIds: readonly string[], of: 'cluster' | 'namespace'): Promise<readonly Score[]> {
    return latestScores(this.#store, ofClusters(clusterIds), of);
  }

  #under(clusterId: string, epoch: number, work: Parameters<typeof underEpoch>[3]): Promise<void> {
    return this.inTurn(clusterId, () =>
      underEpoch(this.#store, clusterId, epoch, async (mayGoOn) => {
        await needParents(this.#store, CLUSTERS, [clusterId]);
        await work(mayGoOn);
      }),
    );
  }
}

/** Of these clusters, of all where there is none. */
function ofClusters(clusterIds: readonly string[]): readonly Query[] {
  return clusterIds.length === 0 ? [] : [{ terms: { cluster_id: [...clusterIds] } }];
}

function conditionsOf({ clusterIds, statuses, types, namespace, found }: RecommendationFilter): readonly Query[] {
  return [
    ...ofClusters(clusterIds),
    ...(statuses.length === 0 ? [] : [{ terms: { status: [...statuses] } }]),
    ...(types.length === 0 ? [] : [{ terms: { type: [...types] } }]),
    ...(namespace === null ? [] : [is('namespace', namespace)]),
    ...(found === null ? [] : [startsIn(found)]),
  ];
}
