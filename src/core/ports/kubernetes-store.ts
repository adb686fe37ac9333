import type { Budget, BudgetAlert } from '../../model/kubernetes/budget.ts';
import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';
import type { HealthChange } from '../../model/kubernetes/health.ts';
import type {
  CostAttribution,
  HelmRelease,
  KubeNamespace,
  KubeNode,
  KubePod,
  KubeWorkload,
  MetricLevel,
  ResourceMetric,
} from '../../model/kubernetes/objects.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';

/** What changed in a cluster since the last batch. Whole rows: each replaces the one of its id. */
export interface KubernetesBatch {
  readonly clusterId: string;
  readonly namespaces: readonly KubeNamespace[];
  readonly nodes: readonly KubeNode[];
  readonly workloads: readonly KubeWorkload[];
  readonly pods: readonly KubePod[];
  readonly releases: readonly HelmRelease[];
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

export interface ClusterFilter {
  readonly status?: 'active' | 'paused';
  readonly environment?: string;
  readonly provider?: string;
  readonly limit: number;
  readonly offset: number;
}

/** A line of `v_k8s_namespace_costs` and of `v_k8s_cluster_health` keep the names of their columns. */
export type ViewRow = Readonly<Record<string, string | number | null>>;

/**
 * The Kubernetes tables of a store. Writes of a cluster are checked against its lease epoch like windows (`conflict`);
 * cost rows and metrics likewise. Parents are written before children; unknown parents are refused (`bad-input`).
 */
export interface KubernetesStore {
  putClusterEntry(entry: ClusterEntry): Promise<void>;
  clusterEntry(id: string): Promise<ClusterEntry | null>;
  clusterEntries(filter: ClusterFilter): Promise<Page<ClusterEntry>>;
  /** With everything of it, results too. */
  deleteClusterEntry(id: string): Promise<void>;
  clusterHealthView(id: string): Promise<ViewRow | null>;
  addHealthChange(change: HealthChange): Promise<void>;
  /** Newest first. */
  healthHistory(clusterId: string, range: TimeRange, limit: number): Promise<readonly HealthChange[]>;

  writeObjects(batch: KubernetesBatch, epoch: number): Promise<void>;
  /** Ids of objects that the store takes for alive, by table: what a relist compares with. */
  liveIds(
    clusterId: string,
  ): Promise<Readonly<Record<'namespaces' | 'nodes' | 'workloads' | 'pods' | 'releases', readonly string[]>>>;
  /** Objects that a relist did not find any more: gone from now on (pods: finished). */
  markGone(
    clusterId: string,
    ids: Readonly<Record<'namespaces' | 'nodes' | 'workloads' | 'pods' | 'releases', readonly string[]>>,
    atSeconds: EpochSeconds,
    epoch: number,
  ): Promise<void>;

  namespaces(clusterId: string, limit: number, offset: number): Promise<Page<KubeNamespace>>;
  namespace(id: string): Promise<KubeNamespace | null>;
  nodesOf(clusterId: string): Promise<readonly KubeNode[]>;
  workloads(namespaceId: string, limit: number, offset: number): Promise<Page<KubeWorkload>>;
  workload(id: string): Promise<KubeWorkload | null>;
  podsOfNamespace(namespaceId: string, limit: number, offset: number): Promise<Page<KubePod>>;
  podsOfWorkload(workloadId: string, limit: number, offset: number): Promise<Page<KubePod>>;
  /** Of the whole cluster, alive: crash loops, pending ones, most restarts first. */
  troubledPods(clusterId: string, limit: number): Promise<readonly KubePod[]>;
  pod(id: string): Promise<KubePod | null>;
  releases(
    clusterId: string | null,
    namespace: string | null,
    limit: number,
    offset: number,
  ): Promise<Page<HelmRelease>>;

  /** Rows of one instant; an object's row of that instant is replaced. */
  putMetrics(rows: readonly ResourceMetric[], epoch: number): Promise<void>;
  metrics(level: MetricLevel, objectId: string, range: TimeRange, limit: number): Promise<readonly ResourceMetric[]>;

  /** Replaces the hour and day rows that are given. */
  putCosts(rows: readonly CostAttribution[], epoch: number): Promise<void>;
  costs(
    namespaceId: string,
    range: TimeRange,
    grain: 'hour' | 'day' | 'month',
    limit: number,
  ): Promise<readonly CostAttribution[]>;
  /** Day rows of the range summed by team or cost center; a null key: none. */
  costsBy(
    key: 'team' | 'cost-center' | 'namespace' | 'cluster',
    clusterId: string | null,
    range: TimeRange,
  ): Promise<
    readonly (Omit<CostAttribution, 'id' | 'hour' | 'date' | 'updatedAtSeconds'> & { readonly key: string | null })[]
  >;
  namespaceCostView(clusterId: string): Promise<readonly ViewRow[]>;

  putBudget(budget: Budget): Promise<void>;
  deleteBudget(id: string): Promise<void>;
  budgets(): Promise<readonly Budget[]>;
  /** False where that alert was raised before. */
  raiseAlert(alert: BudgetAlert): Promise<boolean>;
  alerts(limit: number): Promise<readonly BudgetAlert[]>;
  markAlertSeen(id: string, atSeconds: EpochSeconds): Promise<void>;
}
