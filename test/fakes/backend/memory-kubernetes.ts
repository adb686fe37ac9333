import type {
  ClusterFilter,
  KubernetesBatch,
  KubernetesStore,
  Page,
  ViewRow,
} from '../../../src/core/ports/kubernetes-store.ts';
import type { ClusterRecord } from '../../../src/model/cluster.ts';
import { Failure } from '../../../src/model/failure.ts';
import type { Budget, BudgetAlert } from '../../../src/model/kubernetes/budget.ts';
import type { ClusterEntry } from '../../../src/model/kubernetes/cluster-entry.ts';
import type { HealthChange } from '../../../src/model/kubernetes/health.ts';
import type {
  CostAttribution,
  HelmRelease,
  KubeNamespace,
  KubeNode,
  KubePod,
  KubeWorkload,
  MetricLevel,
  ResourceMetric,
} from '../../../src/model/kubernetes/objects.ts';
import { DEFAULT_KUBERNETES_RETENTION } from '../../../src/model/kubernetes-retention.ts';
import type { EpochSeconds, TimeRange } from '../../../src/model/time.ts';
import { COST_SUMS } from '../../../src/storage/sql/kubernetes/cost-sums.ts';
import { BUDGETS, COSTS, METRICS } from '../../../src/storage/sql/kubernetes/record-tables.ts';
import { entryOf, recordOf } from './memory-cluster-entries.ts';
import { MemoryScience } from './memory-science.ts';

type Ids = Awaited<ReturnType<KubernetesStore['liveIds']>>;
type CostSum = Awaited<ReturnType<KubernetesStore['costsBy']>>[number];

const COST_FIELDS = Object.values(COST_SUMS);

/** The Kubernetes tables of a store as maps. Slow, and obviously right. */
export abstract class MemoryKubernetes extends MemoryScience implements KubernetesStore {
  /** What the registry knows beyond the record of results; `entry` puts the two together. */
  readonly entries = new Map<string, ClusterEntry>();
  abstract readonly clusters: Map<string, ClusterRecord>;
  readonly healthChanges: HealthChange[] = [];
  readonly kubernetes = {
    namespaces: new Map<string, KubeNamespace>(),
    nodes: new Map<string, KubeNode>(),
    workloads: new Map<string, KubeWorkload>(),
    pods: new Map<string, KubePod>(),
    releases: new Map<string, HelmRelease>(),
  };
  readonly metricRows = new Map<string, ResourceMetric>();
  readonly costRows = new Map<string, CostAttribution>();
  readonly budgetRows = new Map<string, Budget>();
  readonly alertRows = new Map<string, BudgetAlert>();

  /** Refuses an older epoch. */
  protected abstract fence(clusterId: string, epoch: number): void;
  abstract deleteCluster(clusterId: string): Promise<void>;

  async putClusterEntry(entry: ClusterEntry): Promise<void> {
    this.check();
    this.entries.set(entry.id, entry);
    this.clusters.set(entry.id, recordOf(entry));
  }

  async clusterEntry(id: string): Promise<ClusterEntry | null> {
    this.check();
    return this.#entry(id);
  }

  async clusterEntries(filter: ClusterFilter): Promise<Page<ClusterEntry>> {
    this.check();
    const found = [...this.clusters.keys()]
      .flatMap((id) => this.#entry(id) ?? [])
      .filter((entry) => filter.status === undefined || entry.status === filter.status)
      .filter((entry) => filter.environment === undefined || entry.environment === filter.environment)
      .filter((entry) => filter.provider === undefined || entry.provider === filter.provider);
    return pageOf(found.sort(byName), filter.limit, filter.offset);
  }

  deleteClusterEntry(id: string): Promise<void> {
    return this.deleteCluster(id);
  }

  async clusterHealthView(id: string): Promise<ViewRow | null> {
    this.check();
    const entry = this.#entry(id);
    if (entry === null) return null;
    const nodes = await this.nodesOf(id);
    const deployments = [...this.kubernetes.workloads.values()].filter(
      (each) => each.clusterId === id && each.deletedAtSeconds === null && each.kind === 'Deployment',
    );
    return {
      cluster_id: id,
      cluster_name: entry.name,
      provider: entry.provider,
      environment: entry.environment,
      status: entry.status,
      health_status: entry.healthStatus,
      total_nodes: nodes.length,
      healthy_nodes: nodes.filter(({ status }) => status === 'Ready').length,
      total_deployments: deployments.length,
      healthy_deployments: deployments.filter(({ healthStatus }) => healthStatus === 'healthy').length,
      total_namespaces: entry.totalNamespaces,
      total_pods: entry.totalPods,
      cpu_usage_cores: knownSum(nodes.map(({ cpuUsageCores }) => cpuUsageCores)),
      memory_usage_bytes: knownSum(nodes.map(({ memoryUsageBytes }) => memoryUsageBytes)),
      estimated_monthly_cost: entry.estimatedMonthlyCost,
      cost_currency: entry.costCurrency,
      last_sync_at: entry.lastSyncAtSeconds === null ? null : isoOf(entry.lastSyncAtSeconds),
      last_error: entry.lastError,
    };
  }

  async addHealthChange(change: HealthChange): Promise<void> {
    this.check();
    this.#needCluster(change.clusterId);
    this.healthChanges.push(change);
  }

  async healthHistory(clusterId: string, range: TimeRange, limit: number): Promise<readonly HealthChange[]> {
    this.check();
    return this.healthChanges
      .filter((change) => change.clusterId === clusterId && isIn(change.atSeconds, range))
      .sort((a, b) => b.atSeconds - a.atSeconds)
      .slice(0, limit);
  }

  async writeObjects(batch: KubernetesBatch, epoch: number): Promise<void> {
    this.check();
    this.#needCluster(batch.clusterId);
    this.fence(batch.clusterId, epoch);
    const given = new Set(batch.namespaces.map(({ id }) => id));
    const workloads = new Set(batch.workloads.map(({ id }) => id));
    for (const { namespaceId } of [...batch.workloads, ...batch.pods, ...batch.releases]) {
      if (!given.has(namespaceId) && !this.kubernetes.namespaces.has(namespaceId)) throw unknownParent();
    }
    for (const { workloadId } of batch.pods) {
      const isKnown = workloadId === null || workloads.has(workloadId) || this.kubernetes.workloads.has(workloadId);
      if (!isKnown) throw unknownParent();
    }
    for (const each of batch.namespaces) this.kubernetes.namespaces.set(each.id, each);
    for (const each of batch.nodes) this.kubernetes.nodes.set(each.id, each);
    for (const each of batch.workloads) this.kubernetes.workloads.set(each.id, each);
    for (const each of batch.pods) this.kubernetes.pods.set(each.id, each);
    for (const each of batch.releases) this.kubernetes.releases.set(each.id, each);
  }

  async liveIds(clusterId: string): Promise<Ids> {
    this.check();
    const of = (each: Iterable<KubeNamespace | KubeNode | KubeWorkload | HelmRelease>): string[] =>
      [...each].filter((one) => one.clusterId === clusterId && one.deletedAtSeconds === null).map(({ id }) => id);
    const { namespaces, nodes, workloads, pods, releases } = this.kubernetes;
    return {
      namespaces: of(namespaces.values()),
      nodes: of(nodes.values()),
      workloads: of(workloads.values()),
      pods: [...pods.values()]
        .filter((pod) => pod.clusterId === clusterId && pod.finishedAtSeconds === null)
        .map(({ id }) => id),
      releases: of(releases.values()),
    };
  }

  async markGone(clusterId: string, ids: Ids, atSeconds: EpochSeconds, epoch: number): Promise<void> {
    this.check();
    this.fence(clusterId, epoch);
    const { namespaces, nodes, workloads, pods, releases } = this.kubernetes;
    const gone = { deletedAtSeconds: atSeconds, updatedAtSeconds: atSeconds };
    for (const [kept, lost] of [
      [namespaces, ids.namespaces],
      [nodes, ids.nodes],
      [workloads, ids.workloads],
      [releases, ids.releases],
    ] as const) {
      markIn(kept as Map<string, KubeNamespace>, lost, gone);
    }
    for (const id of ids.pods) {
      const pod = pods.get(id);
      if (pod?.finishedAtSeconds === null) {
        pods.set(id, { ...pod, finishedAtSeconds: atSeconds, updatedAtSeconds: atSeconds });
      }
    }
  }

  async namespaces(clusterId: string, limit: number, offset: number): Promise<Page<KubeNamespace>> {
    this.check();
    const found = [...this.kubernetes.namespaces.values()].filter(
      (each) => each.clusterId === clusterId && each.deletedAtSeconds === null,
    );
    return pageOf(found.sort(byName), limit, offset);
  }

  async namespace(id: string): Promise<KubeNamespace | null> {
    this.check();
    return this.kubernetes.namespaces.get(id) ?? null;
  }

  async nodesOf(clusterId: string): Promise<readonly KubeNode[]> {
    this.check();
    return [...this.kubernetes.nodes.values()]
      .filter((each) => each.clusterId === clusterId && each.deletedAtSeconds === null)
      .sort(byName);
  }

  async workloads(namespaceId: string, limit: number, offset: number): Promise<Page<KubeWorkload>> {
    this.check();
    const found = [...this.kubernetes.workloads.values()].filter(
      (each) => each.namespaceId === namespaceId && each.deletedAtSeconds === null,
    );
    return pageOf(found.sort(byName), limit, offset);
  }

  async workload(id: string): Promise<KubeWorkload | null> {
    this.check();
    return this.kubernetes.workloads.get(id) ?? null;
  }

  podsOfNamespace(namespaceId: string, limit: number, offset: number): Promise<Page<KubePod>> {
    return this.#pods((pod) => pod.namespaceId === namespaceId, limit, offset);
  }

  podsOfWorkload(workloadId: string, limit: number, offset: number): Promise<Page<KubePod>> {
    return this.#pods((pod) => pod.workloadId === workloadId, limit, offset);
  }

  async troubledPods(clusterId: string, limit: number): Promise<readonly KubePod[]> {
    this.check();
    const rank = (pod: KubePod): number => (pod.status === 'CrashLoopBackOff' ? 0 : pod.phase === 'Pending' ? 1 : 2);
    const isTroubled = (pod: KubePod): boolean =>
      pod.phase !== 'Succeeded' &&
      (pod.phase !== 'Running' || pod.status === 'CrashLoopBackOff' || pod.restartCount > 0);
    return [...this.kubernetes.pods.values()]
      .filter((pod) => pod.clusterId === clusterId && pod.finishedAtSeconds === null && isTroubled(pod))
      .sort((a, b) => rank(a) - rank(b) || b.restartCount - a.restartCount || byName(a, b))
      .slice(0, limit);
  }

  async pod(id: string): Promise<KubePod | null> {
    this.check();
    return this.kubernetes.pods.get(id) ?? null;
  }

  async releases(
    clusterId: string | null,
    namespace: string | null,
    limit: number,
    offset: number,
  ): Promise<Page<HelmRelease>> {
    this.check();
    const found = [...this.kubernetes.releases.values()]
      .filter((each) => each.deletedAtSeconds === null && (clusterId === null || each.clusterId === clusterId))
      .filter((each) => namespace === null || this.kubernetes.namespaces.get(each.namespaceId)?.name === namespace);
    return pageOf(found.sort(byName), limit, offset);
  }

  async putMetrics(rows: readonly ResourceMetric[], epoch: number): Promise<void> {
    this.check();
    const { namespaces, workloads, nodes } = this.kubernetes;
    for (const row of rows) {
      this.fence(row.clusterId, epoch);
      METRICS.lineOf(row);
      const isLost = (known: ReadonlyMap<string, unknown>, id: string | null): boolean => id !== null && !known.has(id);
      const { namespaceId, workloadId, nodeId } = row;
      if (isLost(namespaces, namespaceId) || isLost(workloads, workloadId) || isLost(nodes, nodeId)) {
        throw unknownParent();
      }
    }
    for (const row of rows) this.metricRows.set(`${row.objectId} ${row.collectedAtSeconds}`, row);
  }

  async metrics(
    level: MetricLevel,
    objectId: string,
    range: TimeRange,
    limit: number,
  ): Promise<readonly ResourceMetric[]> {
    this.check();
    return [...this.metricRows.values()]
      .filter((row) => row.level === level && row.objectId === objectId && isIn(row.collectedAtSeconds, range))
      .sort((a, b) => a.collectedAtSeconds - b.collectedAtSeconds)
      .slice(0, limit);
  }

  async putCosts(rows: readonly CostAttribution[], epoch: number): Promise<void> {
    this.check();
    for (const row of rows) {
      this.fence(row.clusterId, epoch);
      COSTS.lineOf(row);
      if (!this.kubernetes.namespaces.has(row.namespaceId)) throw unknownParent();
    }
    for (const row of rows) this.costRows.set(`${row.namespaceId} ${row.date} ${row.hour}`, row);
  }

  async costs(
    namespaceId: string,
    range: TimeRange,
    grain: 'hour' | 'day' | 'month',
    limit: number,
  ): Promise<readonly CostAttribution[]> {
    this.check();
    const rows = this.#costRows(range, grain === 'hour').filter((row) => row.namespaceId === namespaceId);
    if (grain !== 'month') return rows.slice(0, limit);
    const months = new Map<string, CostAttribution>();
    for (const row of rows) {
      const month = row.date.slice(0, 7);
      const before = months.get(month);
      const sums = Object.fromEntries(COST_FIELDS.map((field) => [field, (before?.[field] ?? 0) + row[field]]));
      const named = { id: `${namespaceId}/${month}`, date: `${month}-01`, hour: null };
      const updatedAtSeconds = Math.max(before?.updatedAtSeconds ?? 0, row.updatedAtSeconds);
      months.set(month, { ...row, ...named, ...sums, updatedAtSeconds });
    }
    return [...months.values()].slice(0, limit);
  }

  async costsBy(
    key: Parameters<KubernetesStore['costsBy']>[0],
    clusterId: string | null,
    range: TimeRange,
  ): Promise<readonly CostSum[]> {
    this.check();
    const groups = new Map<string, CostSum>();
    for (const row of this.#costRows(range, false)) {
      if (clusterId !== null && row.clusterId !== clusterId) continue;
      const of = {
        team: row.teamName,
        'cost-center': row.costCenter,
        namespace: row.namespaceId,
        cluster: row.clusterId,
      };
      const id = JSON.stringify([row.clusterId, of[key]]);
      const before = groups.get(id);
      const sums = Object.fromEntries(COST_FIELDS.map((field) => [field, (before?.[field] ?? 0) + row[field]]));
      const { id: _id, hour: _hour, date: _date, updatedAtSeconds: _updated, ...rest } = row;
      groups.set(id, {
        ...rest,
        ...sums,
        key: of[key],
        namespaceId: key === 'namespace' ? row.namespaceId : '',
        teamName: key === 'team' || key === 'namespace' ? row.teamName : null,
        costCenter: key === 'cost-center' || key === 'namespace' ? row.costCenter : null,
      });
    }
    return [...groups.values()].sort((a, b) => b.totalCost - a.totalCost);
  }

  async namespaceCostView(clusterId: string): Promise<readonly ViewRow[]> {
    this.check();
    return [...this.kubernetes.namespaces.values()]
      .filter((each) => each.clusterId === clusterId)
      .sort(byName)
      .map((each) => {
        const days = [...this.costRows.values()].filter((row) => row.namespaceId === each.id && row.hour === null);
        const sum = (field: (typeof COST_FIELDS)[number]): number | null =>
          days.length === 0 ? null : days.reduce((total, row) => total + row[field], 0);
        const total = sum('totalCost');
        return {
          cluster_id: clusterId,
          namespace_id: each.id,
          namespace: each.name,
          team_name: each.teamName,
          cost_center: each.costCenter,
          total_cost: total,
          average_daily_cost: total === null ? null : total / days.length,
          cpu_core_hours: sum('cpuCoreHours'),
          memory_gb_hours: sum('memoryGbHours'),
          storage_gb_hours: sum('storageGbHours'),
          network_gb: sum('networkGb'),
        };
      });
  }

  async putBudget(budget: Budget): Promise<void> {
    this.check();
    BUDGETS.lineOf(budget);
    this.budgetRows.set(budget.id, budget);
  }

  async deleteBudget(id: string): Promise<void> {
    this.check();
    this.budgetRows.delete(id);
    for (const alert of [...this.alertRows.values()]) if (alert.budgetId === id) this.alertRows.delete(alert.id);
  }

  async budgets(): Promise<readonly Budget[]> {
    this.check();
    return [...this.budgetRows.values()].sort(byName);
  }

  async raiseAlert(alert: BudgetAlert): Promise<boolean> {
    this.check();
    if (!this.budgetRows.has(alert.budgetId)) throw unknownParent();
    const isRaised = [...this.alertRows.values()].some(
      ({ budgetId, month, kind }) => budgetId === alert.budgetId && month === alert.month && kind === alert.kind,
    );
    if (!isRaised) this.alertRows.set(alert.id, alert);
    return !isRaised;
  }

  async alerts(limit: number): Promise<readonly BudgetAlert[]> {
    this.check();
    return [...this.alertRows.values()]
      .sort((a, b) => b.atSeconds - a.atSeconds || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async markAlertSeen(id: string, atSeconds: EpochSeconds): Promise<void> {
    this.check();
    const alert = this.alertRows.get(id);
    if (alert?.seenAtSeconds === null) this.alertRows.set(id, { ...alert, seenAtSeconds: atSeconds });
  }

  /** What goes with a cluster. */
  protected forgetKubernetes(clusterId: string): void {
    this.entries.delete(clusterId);
    for (const rows of [...Object.values(this.kubernetes), this.metricRows, this.costRows, this.budgetRows]) {
      for (const [id, row] of rows as Map<string, { readonly clusterId: string | null }>) {
        if (row.clusterId === clusterId) rows.delete(id);
      }
    }
    for (const [id, { budgetId }] of this.alertRows) if (!this.budgetRows.has(budgetId)) this.alertRows.delete(id);
    const kept = this.healthChanges.filter((change) => change.clusterId !== clusterId);
    this.healthChanges.splice(0, this.healthChanges.length, ...kept);
  }

  /** Pods that ended longer ago than they are kept; those that run stay. */
  protected pruneKubernetes(nowSeconds: EpochSeconds): void {
    const limit = nowSeconds - DEFAULT_KUBERNETES_RETENTION.finishedPodDays * 86_400;
    for (const [id, pod] of this.kubernetes.pods) {
      if (pod.finishedAtSeconds !== null && pod.finishedAtSeconds < limit) this.kubernetes.pods.delete(id);
    }
  }

  protected check(): void {
    if (this.failWith !== null) throw this.failWith;
  }

  async #pods(holds: (pod: KubePod) => boolean, limit: number, offset: number): Promise<Page<KubePod>> {
    this.check();
    const ended = ({ finishedAtSeconds }: KubePod): number => finishedAtSeconds ?? Number.MAX_SAFE_INTEGER;
    const found = [...this.kubernetes.pods.values()].filter(holds);
    return pageOf(
      found.sort((a, b) => ended(b) - ended(a) || byName(a, b)),
      limit,
      offset,
    );
  }

  #costRows(range: TimeRange, isHourly: boolean): CostAttribution[] {
    const startOf = ({ date, hour }: CostAttribution): number => Date.parse(date) / 1000 + (hour ?? 0) * 3600;
    return [...this.costRows.values()]
      .filter((row) => (row.hour !== null) === isHourly && isIn(startOf(row), range))
      .sort((a, b) => startOf(a) - startOf(b));
  }

  #needCluster(clusterId: string): void {
    if (!this.clusters.has(clusterId)) throw unknownParent();
  }

  #entry(id: string): ClusterEntry | null {
    const record = this.clusters.get(id);
    return record === undefined ? null : entryOf(record, this.entries.get(id));
  }
}

function markIn(kept: Map<string, KubeNamespace>, lost: readonly string[], gone: Partial<KubeNamespace>): void {
  for (const id of lost) {
    const found = kept.get(id);
    if (found?.deletedAtSeconds === null) kept.set(id, { ...found, ...gone });
  }
}

function unknownParent(): Failure {
  return new Failure('bad-input', 'Nothing was stored: an object names another one that the store does not have');
}

function pageOf<Item>(items: readonly Item[], limit: number, offset: number): Page<Item> {
  return { items: items.slice(offset, offset + limit), total: items.length };
}

function byName(
  a: { readonly name: string; readonly id: string },
  b: { readonly name: string; readonly id: string },
): number {
  const [left, right] = [`${a.name}\u0000${a.id}`, `${b.name}\u0000${b.id}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

function isIn(seconds: number, range: TimeRange): boolean {
  return seconds >= range.startSeconds && seconds < range.endSeconds;
}

function knownSum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
