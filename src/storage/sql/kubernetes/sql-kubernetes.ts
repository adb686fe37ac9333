import * as z from 'zod';
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
import { isoOf } from '../instants.ts';
import type { Statement } from '../statement.ts';
import { type CostKey, type CostSum, costSumOf, costsByQuestion, dearestFirst, monthsOf } from './cost-sums.ts';
import { type LiveIds, liveIdsOf, liveQuestions, markGone } from './liveness.ts';
import { type Condition, costDays, costHours, count, records, type SayColumn, where, within } from './questions.ts';
import type { RecordTable } from './record-table.ts';
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
} from './record-tables.ts';
import { clusterHealthQuestion, namespaceCostsQuestion, viewRowOf } from './view-questions.ts';
import { type KubernetesWrite, putOf } from './write.ts';

type Lines = readonly unknown[];

/** Pods that are there by name, then those that ended, the last first. */
const PODS_IN_ORDER = 't.finished_at IS NOT NULL, t.finished_at DESC, t.name, t.id';
const TROUBLED = where(
  "t.finished_at IS NULL AND t.phase <> 'Succeeded' AND (t.phase <> 'Running' OR t.status = 'CrashLoopBackOff' OR t.restart_count > 0)",
);
const TROUBLE_FIRST = `CASE WHEN t.status = 'CrashLoopBackOff' THEN 0 WHEN t.phase = 'Pending' THEN 1 ELSE 2 END,
  t.restart_count DESC, t.name, t.id`;
const THERE = where('t.deleted_at IS NULL');

/** The Kubernetes tables of a SQL store: every question and change is made here, a store carries them out. */
export abstract class SqlKubernetes implements KubernetesStore {
  protected abstract readonly sayColumn: SayColumn;
  /** Lines of each question, all of one state of the store. */
  protected abstract askKubernetes(statements: readonly Statement[]): Promise<readonly Lines[]>;
  /** One transaction; answers how many lines it wrote. */
  protected abstract writeKubernetes(write: KubernetesWrite): Promise<number>;
  abstract deleteCluster(clusterId: string): Promise<void>;

  async putClusterEntry(entry: ClusterEntry): Promise<void> {
    await this.#put(CLUSTERS, [entry]);
  }

  clusterEntry(id: string): Promise<ClusterEntry | null> {
    return this.#byId(CLUSTERS, id);
  }

  clusterEntries({ status, environment, provider, limit, offset }: ClusterFilter): Promise<Page<ClusterEntry>> {
    const conditions = Object.entries({ status, environment, provider }).flatMap(([column, value]) =>
      value === undefined ? [] : [where(`t.${column} = ?`, value)],
    );
    return this.#page(CLUSTERS, conditions, 't.name, t.id', limit, offset);
  }

  deleteClusterEntry(id: string): Promise<void> {
    return this.deleteCluster(id);
  }

  async clusterHealthView(id: string): Promise<ViewRow | null> {
    const [line] = await this.#lines(clusterHealthQuestion(this.sayColumn, id));
    return line === undefined ? null : viewRowOf(line);
  }

  async addHealthChange(change: HealthChange): Promise<void> {
    await this.#put(HEALTH, [change]);
  }

  healthHistory(clusterId: string, range: TimeRange, limit: number): Promise<readonly HealthChange[]> {
    const conditions = [where('t.cluster_id = ?', clusterId), ...within('timestamp', range)];
    return this.#records(HEALTH, conditions, 't.timestamp DESC', limit);
  }

  async writeObjects(batch: KubernetesBatch, epoch: number): Promise<void> {
    const puts = [
      ...putOf(NAMESPACES, batch.namespaces),
      ...putOf(NODES, batch.nodes),
      ...putOf(WORKLOADS, batch.workloads),
      ...putOf(PODS, batch.pods),
      ...putOf(RELEASES, batch.releases),
    ];
    await this.writeKubernetes({ fences: [{ clusterId: batch.clusterId, epoch }], puts, changes: [] });
  }

  async liveIds(clusterId: string): Promise<LiveIds> {
    return liveIdsOf(await this.askKubernetes(liveQuestions(clusterId)));
  }

  async markGone(clusterId: string, gone: LiveIds, atSeconds: EpochSeconds, epoch: number): Promise<void> {
    const changes = markGone(clusterId, gone, atSeconds);
    await this.writeKubernetes({ fences: [{ clusterId, epoch }], puts: [], changes });
  }

  namespaces(clusterId: string, limit: number, offset: number): Promise<Page<KubeNamespace>> {
    return this.#page(NAMESPACES, [where('t.cluster_id = ?', clusterId), THERE], 't.name, t.id', limit, offset);
  }

  namespace(id: string): Promise<KubeNamespace | null> {
    return this.#byId(NAMESPACES, id);
  }

  nodesOf(clusterId: string): Promise<readonly KubeNode[]> {
    return this.#records(NODES, [where('t.cluster_id = ?', clusterId), THERE], 't.name, t.id');
  }

  workloads(namespaceId: string, limit: number, offset: number): Promise<Page<KubeWorkload>> {
    const conditions = [where('t.namespace_id = ?', namespaceId), THERE];
    return this.#page(WORKLOADS, conditions, 't.name, t.kind, t.id', limit, offset);
  }

  workload(id: string): Promise<KubeWorkload | null> {
    return this.#byId(WORKLOADS, id);
  }

  podsOfNamespace(namespaceId: string, limit: number, offset: number): Promise<Page<KubePod>> {
    return this.#page(PODS, [where('t.namespace_id = ?', namespaceId)], PODS_IN_ORDER, limit, offset);
  }

  podsOfWorkload(workloadId: string, limit: number, offset: number): Promise<Page<KubePod>> {
    return this.#page(PODS, [where('t.deployment_id = ?', workloadId)], PODS_IN_ORDER, limit, offset);
  }

  troubledPods(clusterId: string, limit: number): Promise<readonly KubePod[]> {
    return this.#records(PODS, [where('t.cluster_id = ?', clusterId), TROUBLED], TROUBLE_FIRST, limit);
  }

  pod(id: string): Promise<KubePod | null> {
    return this.#byId(PODS, id);
  }

  releases(
    clusterId: string | null,
    namespace: string | null,
    limit: number,
    offset: number,
  ): Promise<Page<HelmRelease>> {
    const named = 't.namespace_id IN (SELECT n.id FROM k8s_namespaces n WHERE n.name = ?)';
    const conditions = [
      THERE,
      ...(clusterId === null ? [] : [where('t.cluster_id = ?', clusterId)]),
      ...(namespace === null ? [] : [where(named, namespace)]),
    ];
    return this.#page(RELEASES, conditions, 't.name, t.cluster_id, t.id', limit, offset);
  }

  async putMetrics(rows: readonly ResourceMetric[], epoch: number): Promise<void> {
    await this.writeKubernetes({ fences: fencesOf(rows, epoch), puts: putOf(METRICS, rows), changes: [] });
  }

  metrics(level: MetricLevel, objectId: string, range: TimeRange, limit: number): Promise<readonly ResourceMetric[]> {
    const conditions = [
      where('t.object_id = ?', objectId),
      where('t.resource_type = ?', level),
      ...within('collected_at', range),
    ];
    return this.#records(METRICS, conditions, 't.collected_at', limit);
  }

  async putCosts(rows: readonly CostAttribution[], epoch: number): Promise<void> {
    await this.writeKubernetes({ fences: fencesOf(rows, epoch), puts: putOf(COSTS, rows), changes: [] });
  }

  async costs(
    namespaceId: string,
    range: TimeRange,
    grain: 'hour' | 'day' | 'month',
    limit: number,
  ): Promise<readonly CostAttribution[]> {
    const of = where('t.namespace_id = ?', namespaceId);
    if (grain === 'hour') return this.#records(COSTS, [of, ...costHours(range)], 't.date, t.hour', limit);
    const days = this.#records(COSTS, [of, ...costDays(range)], 't.date', grain === 'day' ? limit : null);
    return grain === 'day' ? days : monthsOf(await days).slice(0, limit);
  }

  async costsBy(key: CostKey, clusterId: string | null, range: TimeRange): Promise<readonly CostSum[]> {
    const lines = await this.#lines(costsByQuestion(key, clusterId, range));
    return dearestFirst(lines.map((line) => costSumOf(key, line)));
  }

  async namespaceCostView(clusterId: string): Promise<readonly ViewRow[]> {
    return (await this.#lines(namespaceCostsQuestion(clusterId))).map(viewRowOf);
  }

  async putBudget(budget: Budget): Promise<void> {
    await this.#put(BUDGETS, [budget]);
  }

  async deleteBudget(id: string): Promise<void> {
    await this.#change({ text: 'DELETE FROM k8s_budgets WHERE id = ?', parameters: [id] });
  }

  budgets(): Promise<readonly Budget[]> {
    return this.#records(BUDGETS, [], 't.name, t.id');
  }

  async raiseAlert(alert: BudgetAlert): Promise<boolean> {
    const puts = putOf(ALERTS, [alert], true);
    return (await this.writeKubernetes({ fences: [], puts, changes: [] })) > 0;
  }

  alerts(limit: number): Promise<readonly BudgetAlert[]> {
    return this.#records(ALERTS, [], 't.timestamp DESC, t.id', limit);
  }

  async markAlertSeen(id: string, atSeconds: EpochSeconds): Promise<void> {
    const text = 'UPDATE k8s_budget_alerts SET seen_at = ? WHERE id = ? AND seen_at IS NULL';
    await this.#change({ text, parameters: [isoOf(atSeconds), id] });
  }

  #put<Kept extends object>(table: RecordTable<Kept>, kept: readonly Kept[]): Promise<number> {
    return this.writeKubernetes({ fences: [], puts: putOf(table, kept), changes: [] });
  }

  #change(statement: Statement): Promise<number> {
    return this.writeKubernetes({ fences: [], puts: [], changes: [statement] });
  }

  async #lines(statement: Statement): Promise<Lines> {
    const [lines = []] = await this.askKubernetes([statement]);
    return lines;
  }

  async #records<Kept extends object>(
    table: RecordTable<Kept>,
    conditions: readonly Condition[],
    order: string,
    limit: number | null = null,
  ): Promise<readonly Kept[]> {
    const lines = await this.#lines(records(table, this.sayColumn, conditions, order, limit));
    return lines.map((line) => table.recordOf(line));
  }

  async #byId<Kept extends object>(table: RecordTable<Kept>, id: string): Promise<Kept | null> {
    const [found] = await this.#records(table, [where('t.id = ?', id)], 't.id');
    return found ?? null;
  }

  async #page<Kept extends object>(
    table: RecordTable<Kept>,
    conditions: readonly Condition[],
    order: string,
    limit: number,
    offset: number,
  ): Promise<Page<Kept>> {
    const [lines = [], totals = []] = await this.askKubernetes([
      records(table, this.sayColumn, conditions, order, limit, offset),
      count(table, conditions),
    ]);
    return { items: lines.map((line) => table.recordOf(line)), total: Total.parse(totals[0]).total };
  }
}

const Total = z.object({ total: z.number() });

function fencesOf(rows: readonly { readonly clusterId: string }[], epoch: number): KubernetesWrite['fences'] {
  return [...new Set(rows.map(({ clusterId }) => clusterId))].sort().map((clusterId) => ({ clusterId, epoch }));
}
