import type { NamespaceHour } from '../../core/ports/cost-sums.ts';
import type { Lease, LeaseAnswer, LeaseRequest } from '../../core/ports/leases.ts';
import type {
  BreakdownPage,
  BreakdownQuery,
  CoverageBucket,
  NodeWindowsQuery,
  ReportQuery,
  ResultFilter,
  ResultsStore,
  RowsPage,
  RowsQuery,
  SeriesPoint,
  SeriesQuery,
  StoredNodeWindow,
  StoreInfo,
  Totals,
} from '../../core/ports/results-store.ts';
import type { CachedEmbodied } from '../../core/ports/science-stores.ts';
import type { MaintenanceResult, StoreContents, StoreProblem } from '../../core/ports/store-care.ts';
import type { PostgresSettings } from '../../core/ports/store-settings.ts';
import type { UsageHours, UsageHoursQuery } from '../../core/ports/usage-hours.ts';
import type { AuditEntry } from '../../model/audit.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { LedgerEntry, NodeSnapshot, WindowResult } from '../../model/results.ts';
import type { RetentionPolicy } from '../../model/retention.ts';
import type { EpochSeconds, TimeRange, Window } from '../../model/time.ts';
import { AS_TEXT } from '../sql/kubernetes/questions.ts';
import type { KubernetesWrite } from '../sql/kubernetes/write.ts';
import { SqlRecommendations } from '../sql/recommendations/sql-recommendations.ts';
import type { Statement } from '../sql/statement.ts';
import { addAudit, readAudit } from './audit-log.ts';
import { deleteCluster, putCluster } from './cluster-writer.ts';
import type { Connections } from './connections.ts';
import { readContents } from './contents.ts';
import { putEmbodied, readEmbodied } from './embodied-cache.ts';
import { readInfo } from './info.ts';
import { putIntensities, readIntensities, readLatestIntensity } from './intensities.ts';
import { KubernetesWriter, readLines } from './kubernetes-writer.ts';
import { listLeases, releaseLease, takeLease } from './leases.ts';
import { maintain } from './maintain.ts';
import { readBreakdown } from './read-breakdown.ts';
import {
  readClusters,
  readCoverage,
  readFirstEntry,
  readLastDataEntry,
  readLedger,
  readNodes,
  readNodeWindows,
} from './read-facts.ts';
import { readNamespaceHours } from './read-namespace-hours.ts';
import { readRows } from './read-rows.ts';
import { readSeries } from './read-series.ts';
import { readTotals } from './read-totals.ts';
import { readUsage } from './read-usage.ts';
import { readRestatable, readWindow } from './read-window.ts';
import { vacuum } from './vacuum.ts';
import { verify } from './verify.ts';
import { WindowWriter } from './window-writer.ts';

/** The results store on PostgreSQL: every question and every sum is answered by the server. */
export class PostgresResults extends SqlRecommendations implements ResultsStore {
  protected readonly sayColumn = AS_TEXT;
  readonly #settings: PostgresSettings;
  readonly #connections: Connections;
  readonly #windows: WindowWriter;
  readonly #kubernetes: KubernetesWriter;
  #closing: Promise<void> | null = null;

  constructor(settings: PostgresSettings, connections: Connections) {
    super();
    this.#settings = settings;
    this.#connections = connections;
    this.#windows = new WindowWriter(connections);
    this.#kubernetes = new KubernetesWriter(connections);
  }

  info(): Promise<StoreInfo> {
    return this.#connections.single((session) => readInfo(session, this.#settings));
  }

  putCluster(cluster: ClusterRecord): Promise<void> {
    return this.#connections.write((session) => putCluster(session, cluster));
  }

  listClusters(): Promise<readonly ClusterRecord[]> {
    return this.#connections.single(readClusters);
  }

  deleteCluster(clusterId: string): Promise<void> {
    return this.#connections.longWrite((session) => deleteCluster(session, clusterId));
  }

  replaceWindow(result: WindowResult, epoch: number): Promise<void> {
    return this.#windows.replace(result, epoch);
  }

  listLedger(clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]> {
    return this.#connections.single((session) => readLedger(session, clusterId, range));
  }

  lastDataEntry(clusterId: string): Promise<LedgerEntry | null> {
    return this.#connections.single((session) => readLastDataEntry(session, clusterId));
  }

  firstEntry(clusterId: string): Promise<LedgerEntry | null> {
    return this.#connections.single((session) => readFirstEntry(session, clusterId));
  }

  costsByNamespaceHour(clusterId: string, range: TimeRange): Promise<readonly NamespaceHour[]> {
    return this.#connections.read((session) => readNamespaceHours(session, clusterId, range));
  }

  usageHours(query: UsageHoursQuery, signal?: AbortSignal): Promise<UsageHours> {
    return this.#connections.read((session) => readUsage(session, query), signal);
  }

  totals(filter: ResultFilter, range: TimeRange, signal?: AbortSignal): Promise<Totals> {
    return this.#connections.read((session) => readTotals(session, filter, range), signal);
  }

  series(query: SeriesQuery, signal?: AbortSignal): Promise<readonly SeriesPoint[]> {
    return this.#connections.read((session) => readSeries(session, query), signal);
  }

  breakdown(query: BreakdownQuery, signal?: AbortSignal): Promise<BreakdownPage> {
    return this.#connections.read((session) => readBreakdown(session, query), signal);
  }

  rows(query: RowsQuery, signal?: AbortSignal): Promise<RowsPage> {
    return this.#connections.read((session) => readRows(session, query), signal);
  }

  coverage(
    clusterIds: readonly string[],
    buckets: readonly TimeRange[],
    signal?: AbortSignal,
  ): Promise<readonly CoverageBucket[]> {
    return this.#connections.read((session) => readCoverage(session, clusterIds, buckets), signal);
  }

  async *report(query: ReportQuery, signal?: AbortSignal): AsyncIterable<readonly SeriesPoint[]> {
    const { filter, groupBy } = query;
    for (const bucket of query.buckets) {
      const points = await this.series({ filter, groupBy, buckets: [bucket], top: null }, signal);
      if (points.length > 0) yield points;
    }
  }

  nodes(clusterIds: readonly string[], range: TimeRange): Promise<readonly NodeSnapshot[]> {
    return this.#connections.single((session) => readNodes(session, clusterIds, range));
  }

  nodeWindows(query: NodeWindowsQuery): Promise<readonly StoredNodeWindow[]> {
    return this.#connections.single((session) => readNodeWindows(session, query));
  }

  putIntensities(records: readonly IntensityRecord[]): Promise<void> {
    return this.#connections.write((session) => putIntensities(session, records));
  }

  intensities(zone: string, factorType: FactorType, range: TimeRange): Promise<readonly IntensityRecord[]> {
    return this.#connections.single((session) => readIntensities(session, zone, factorType, range));
  }

  latestIntensity(zone: string, factorType: FactorType, atSeconds: EpochSeconds): Promise<IntensityRecord | null> {
    return this.#connections.single((session) => readLatestIntensity(session, zone, factorType, atSeconds));
  }

  cachedEmbodied(provider: string, instanceType: string): Promise<CachedEmbodied | null> {
    return this.#connections.single((session) => readEmbodied(session, provider, instanceType));
  }

  putEmbodied(entry: CachedEmbodied): Promise<void> {
    return this.#connections.write((session) => putEmbodied(session, entry));
  }

  addAudit(entry: AuditEntry): Promise<void> {
    return this.#connections.write((session) => addAudit(session, entry));
  }

  listAudit(clusterId: string | null, limit: number): Promise<readonly AuditEntry[]> {
    return this.#connections.single((session) => readAudit(session, clusterId, limit));
  }

  windowContent(clusterId: string, window: Window): Promise<WindowResult | null> {
    return this.#connections.read((session) => readWindow(session, clusterId, window));
  }

  restatableWindows(clusterId: string, range: TimeRange): Promise<readonly Window[]> {
    return this.#connections.single((session) => readRestatable(session, clusterId, range));
  }

  takeLease(request: LeaseRequest): Promise<LeaseAnswer> {
    return takeLease(this.#connections, request);
  }

  releaseLease(lease: Lease): Promise<void> {
    return this.#connections.single((session) => releaseLease(session, lease));
  }

  listLeases(): Promise<readonly Lease[]> {
    return this.#connections.single(listLeases);
  }

  contents(signal?: AbortSignal): Promise<StoreContents> {
    return this.#connections.read(readContents, signal);
  }

  maintain(policy: RetentionPolicy, nowSeconds: number, signal?: AbortSignal): Promise<MaintenanceResult> {
    return this.#connections.long((session) => maintain(session, policy, nowSeconds), signal);
  }

  verify(signal?: AbortSignal): Promise<readonly StoreProblem[]> {
    return this.#connections.long(verify, signal);
  }

  vacuum(signal?: AbortSignal): Promise<void> {
    return this.#connections.long(vacuum, signal);
  }

  protected askKubernetes(statements: readonly Statement[]): Promise<readonly (readonly unknown[])[]> {
    return readLines(this.#connections, statements);
  }

  protected writeKubernetes(write: KubernetesWrite): Promise<number> {
    return this.#kubernetes.write(write);
  }

  close(): Promise<void> {
    this.#closing ??= this.#connections.close();
    return this.#closing;
  }
}
