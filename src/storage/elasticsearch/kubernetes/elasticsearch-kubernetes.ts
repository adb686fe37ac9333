import type {
  ClusterFilter,
  KubernetesBatch,
  KubernetesStore,
  Page,
  ViewRow,
} from '../../../core/ports/kubernetes-store.ts';
import type { Budget, BudgetAlert } from '../../../model/kubernetes/budget.ts';
import type { ClusterEntry } from '../../../model/kubernetes/cluster-entry.ts';
import type { HealthChange } from '../../../model/kubernetes/health.ts';
import type {
  CostAttribution,
  HelmRelease,
  KubeNamespace,
  KubeNode,
  KubePod,
  KubeWorkload,
  MetricLevel,
  ResourceMetric,
} from '../../../model/kubernetes/objects.ts';
import type { EpochSeconds, TimeRange } from '../../../model/time.ts';
import { isoOf } from '../../sql/instants.ts';
import type { CostKey, CostSum } from '../../sql/kubernetes/cost-sums.ts';
import type { LiveIds } from '../../sql/kubernetes/liveness.ts';
import {
  ALERTS,
  BUDGETS,
  CLUSTERS,
  COSTS,
  HEALTH,
  METRICS,
  NAMESPACES,
  NODES,
  PODS,
  RELEASES,
  WORKLOADS,
} from '../../sql/kubernetes/record-tables.ts';
import type { MayGoOn } from '../bulk.ts';
import { ofCluster } from '../clauses.ts';
import type { Query } from '../requests.ts';
import type { Store } from '../store.ts';
import { clusterHealth } from '../views/cluster-health.ts';
import { namespaceCosts } from '../views/namespace-costs.ts';
import { addAlert, deleteBudget, markSeen } from './budgets.ts';
import { readCosts, readCostsBy } from './costs.ts';
import { findPage, findRecord, findRecords, is, lacks, type Sort } from './find-records.ts';
import { troubledPods } from './troubled-pods.ts';
import { markGone, needParents, putRecords, readLiveIds, underEpoch, writeBatch } from './write-records.ts';

const THERE = lacks('deleted_at');
/** The end of the year 9999, in ms: `_first` would be a year of nine digits. */
const LAST_YEAR = 253_402_300_799_000;
/** Pods that are there by name, then those that ended, the last first. */
const PODS_IN_ORDER: Sort = [{ finished_at: { order: 'desc', missing: LAST_YEAR } }, 'name', 'id'];

/** The Kubernetes tables on Elasticsearch. Writes of one cluster happen one after the other. */
export abstract class ElasticsearchKubernetes implements KubernetesStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  protected abstract inTurn<T>(clusterId: string, work: () => Promise<T>): Promise<T>;
  abstract deleteCluster(clusterId: string): Promise<void>;

  putClusterEntry(entry: ClusterEntry): Promise<void> {
    return putRecords(this.#store, CLUSTERS, [entry]);
  }

  clusterEntry(id: string): Promise<ClusterEntry | null> {
    return findRecord(this.#store, CLUSTERS, id);
  }

  clusterEntries({ status, environment, provider, limit, offset }: ClusterFilter): Promise<Page<ClusterEntry>> {
    const conditions = Object.entries({ status, environment, provider }).flatMap(([field, value]) =>
      value === undefined ? [] : [is(field, value)],
    );
    return findPage(this.#store, CLUSTERS, conditions, ['name', 'id'], limit, offset);
  }

  deleteClusterEntry(id: string): Promise<void> {
    return this.deleteCluster(id);
  }

  async clusterHealthView(id: string): Promise<ViewRow | null> {
    const { requests, names } = this.#store;
    const found = (await clusterHealth(requests, names)).find((line) => line.cluster_id === id);
    return found === undefined ? null : { ...found };
  }

  async addHealthChange(change: HealthChange): Promise<void> {
    await needParents(this.#store, CLUSTERS, [change.clusterId]);
    await putRecords(this.#store, HEALTH, [change]);
  }

  healthHistory(clusterId: string, range: TimeRange, limit: number): Promise<readonly HealthChange[]> {
    const conditions = [ofCluster(clusterId), within('timestamp', range)];
    return findRecords(this.#store, HEALTH, conditions, [{ timestamp: 'desc' }], limit);
  }

  writeObjects(batch: KubernetesBatch, epoch: number): Promise<void> {
    return this.#under(batch.clusterId, epoch, (mayGoOn) => writeBatch(this.#store, batch, mayGoOn));
  }

  liveIds(clusterId: string): Promise<LiveIds> {
    return readLiveIds(this.#store, clusterId);
  }

  markGone(clusterId: string, ids: LiveIds, atSeconds: EpochSeconds, epoch: number): Promise<void> {
    return this.#under(clusterId, epoch, (mayGoOn) => markGone(this.#store, clusterId, ids, atSeconds, mayGoOn));
  }

  namespaces(clusterId: string, limit: number, offset: number): Promise<Page<KubeNamespace>> {
    return findPage(this.#store, NAMESPACES, [ofCluster(clusterId), THERE], ['name', 'id'], limit, offset);
  }

  namespace(id: string): Promise<KubeNamespace | null> {
    return findRecord(this.#store, NAMESPACES, id);
  }

  nodesOf(clusterId: string): Promise<readonly KubeNode[]> {
    return findRecords(this.#store, NODES, [ofCluster(clusterId), THERE], ['name', 'id']);
  }

  workloads(namespaceId: string, limit: number, offset: number): Promise<Page<KubeWorkload>> {
    const conditions = [is('namespace_id', namespaceId), THERE];
    return findPage(this.#store, WORKLOADS, conditions, ['name', 'kind', 'id'], limit, offset);
  }

  workload(id: string): Promise<KubeWorkload | null> {
    return findRecord(this.#store, WORKLOADS, id);
  }

  podsOfNamespace(namespaceId: string, limit: number, offset: number): Promise<Page<KubePod>> {
    return findPage(this.#store, PODS, [is('namespace_id', namespaceId)], PODS_IN_ORDER, limit, offset);
  }

  podsOfWorkload(workloadId: string, limit: number, offset: number): Promise<Page<KubePod>> {
    return findPage(this.#store, PODS, [is('deployment_id', workloadId)], PODS_IN_ORDER, limit, offset);
  }

  troubledPods(clusterId: string, limit: number): Promise<readonly KubePod[]> {
    return troubledPods(this.#store, clusterId, limit);
  }

  pod(id: string): Promise<KubePod | null> {
    return findRecord(this.#store, PODS, id);
  }

  async releases(
    clusterId: string | null,
    namespace: string | null,
    limit: number,
    offset: number,
  ): Promise<Page<HelmRelease>> {
    const ofClusters = clusterId === null ? [] : [ofCluster(clusterId)];
    const named =
      namespace === null ? [] : [{ terms: { namespace_id: await this.#namespacesNamed(namespace, ofClusters) } }];
    const conditions = [THERE, ...ofClusters, ...named];
    return findPage(this.#store, RELEASES, conditions, ['name', 'cluster_id', 'id'], limit, offset);
  }

  putMetrics(rows: readonly ResourceMetric[], epoch: number): Promise<void> {
    return this.#byCluster(rows, epoch, async (of, mayGoOn) => {
      await needParents(
        this.#store,
        NAMESPACES,
        of.map(({ namespaceId }) => namespaceId),
      );
      await needParents(
        this.#store,
        WORKLOADS,
        of.map(({ workloadId }) => workloadId),
      );
      await needParents(
        this.#store,
        NODES,
        of.map(({ nodeId }) => nodeId),
      );
      await putRecords(this.#store, METRICS, of, mayGoOn);
    });
  }

  metrics(level: MetricLevel, objectId: string, range: TimeRange, limit: number): Promise<readonly ResourceMetric[]> {
    const conditions = [is('object_id', objectId), is('resource_type', level), within('collected_at', range)];
    return findRecords(this.#store, METRICS, conditions, ['collected_at'], limit);
  }

  putCosts(rows: readonly CostAttribution[], epoch: number): Promise<void> {
    return this.#byCluster(rows, epoch, async (of, mayGoOn) => {
      await needParents(
        this.#store,
        NAMESPACES,
        of.map(({ namespaceId }) => namespaceId),
      );
      await putRecords(this.#store, COSTS, of, mayGoOn);
    });
  }

  costs(
    namespaceId: string,
    range: TimeRange,
    grain: 'hour' | 'day' | 'month',
    limit: number,
  ): Promise<readonly CostAttribution[]> {
    return readCosts(this.#store, namespaceId, range, grain, limit);
  }

  costsBy(key: CostKey, clusterId: string | null, range: TimeRange): Promise<readonly CostSum[]> {
    return readCostsBy(this.#store, key, clusterId, range);
  }

  async namespaceCostView(clusterId: string): Promise<readonly ViewRow[]> {
    const { requests, names, now } = this.#store;
    const lines = (await namespaceCosts(requests, names, now())).filter((line) => line.cluster_id === clusterId);
    return lines.sort((a, b) => (a.namespace < b.namespace ? -1 : 1)).map((line) => ({ ...line }));
  }

  async putBudget(budget: Budget): Promise<void> {
    if (budget.clusterId !== null) await needParents(this.#store, CLUSTERS, [budget.clusterId]);
    await putRecords(this.#store, BUDGETS, [budget]);
  }

  deleteBudget(id: string): Promise<void> {
    return deleteBudget(this.#store, id);
  }

  budgets(): Promise<readonly Budget[]> {
    return findRecords(this.#store, BUDGETS, [], ['name', 'id']);
  }

  raiseAlert(alert: BudgetAlert): Promise<boolean> {
    return addAlert(this.#store, alert);
  }

  alerts(limit: number): Promise<readonly BudgetAlert[]> {
    return findRecords(this.#store, ALERTS, [], [{ timestamp: 'desc' }, 'id'], limit);
  }

  markAlertSeen(id: string, atSeconds: EpochSeconds): Promise<void> {
    return markSeen(this.#store, id, atSeconds);
  }

  #under(clusterId: string, epoch: number, work: (mayGoOn: MayGoOn) => Promise<void>): Promise<void> {
    return this.inTurn(clusterId, () => underEpoch(this.#store, clusterId, epoch, work));
  }

  async #byCluster<Row extends { readonly clusterId: string }>(
    rows: readonly Row[],
    epoch: number,
    work: (rows: readonly Row[], mayGoOn: MayGoOn) => Promise<void>,
  ): Promise<void> {
    for (const [clusterId, of] of Map.groupBy(rows, (row) => row.clusterId)) {
      await this.#under(clusterId, epoch, (mayGoOn) => work(of, mayGoOn));
    }
  }

  async #namespacesNamed(name: string, conditions: readonly Query[]): Promise<string[]> {
    const found = await findRecords(this.#store, NAMESPACES, [...conditions, is('name', name)], ['id']);
    return found.map(({ id }) => id);
  }
}

function within(field: string, { startSeconds, endSeconds }: TimeRange): Query {
  return { range: { [field]: { gte: isoOf(Math.ceil(startSeconds)), lt: isoOf(Math.ceil(endSeconds)) } } };
}
