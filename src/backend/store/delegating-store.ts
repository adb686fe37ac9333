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
import type { UsageHours, UsageHoursQuery } from '../../core/ports/usage-hours.ts';
import type { AuditEntry } from '../../model/audit.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { LedgerEntry, NodeSnapshot, WindowResult } from '../../model/results.ts';
import type { RetentionPolicy } from '../../model/retention.ts';
import type { EpochSeconds, TimeRange, Window } from '../../model/time.ts';
import { DelegatingRecommendations } from './delegating-recommendations.ts';

/** Passes each call on; a subclass says to which store, and sees each outcome. */
export abstract class DelegatingStore extends DelegatingRecommendations implements ResultsStore {
  protected abstract override use<T>(call: (store: ResultsStore) => Promise<T>): Promise<T>;
  protected abstract callEach<T>(call: (store: ResultsStore) => AsyncIterable<T>): AsyncIterable<T>;
  abstract close(): Promise<void>;

  info(): Promise<StoreInfo> {
    return this.use((store) => store.info());
  }

  putCluster(cluster: ClusterRecord): Promise<void> {
    return this.use((store) => store.putCluster(cluster));
  }

  listClusters(): Promise<readonly ClusterRecord[]> {
    return this.use((store) => store.listClusters());
  }

  deleteCluster(clusterId: string): Promise<void> {
    return this.use((store) => store.deleteCluster(clusterId));
  }

  replaceWindow(result: WindowResult, epoch: number): Promise<void> {
    return this.use((store) => store.replaceWindow(result, epoch));
  }

  listLedger(clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]> {
    return this.use((store) => store.listLedger(clusterId, range));
  }

  lastDataEntry(clusterId: string): Promise<LedgerEntry | null> {
    return this.use((store) => store.lastDataEntry(clusterId));
  }

  firstEntry(clusterId: string): Promise<LedgerEntry | null> {
    return this.use((store) => store.firstEntry(clusterId));
  }

  totals(filter: ResultFilter, range: TimeRange, signal?: AbortSignal): Promise<Totals> {
    return this.use((store) => store.totals(filter, range, signal));
  }

  series(query: SeriesQuery, signal?: AbortSignal): Promise<readonly SeriesPoint[]> {
    return this.use((store) => store.series(query, signal));
  }

  breakdown(query: BreakdownQuery, signal?: AbortSignal): Promise<BreakdownPage> {
    return this.use((store) => store.breakdown(query, signal));
  }

  costsByNamespaceHour(clusterId: string, range: TimeRange): Promise<readonly NamespaceHour[]> {
    return this.use((store) => store.costsByNamespaceHour(clusterId, range));
  }

  usageHours(query: UsageHoursQuery, signal?: AbortSignal): Promise<UsageHours> {
    return this.use((store) => store.usageHours(query, signal));
  }

  rows(query: RowsQuery, signal?: AbortSignal): Promise<RowsPage> {
    return this.use((store) => store.rows(query, signal));
  }

  coverage(
    clusterIds: readonly string[],
    buckets: readonly TimeRange[],
    signal?: AbortSignal,
  ): Promise<readonly CoverageBucket[]> {
    return this.use((store) => store.coverage(clusterIds, buckets, signal));
  }

  report(query: ReportQuery, signal?: AbortSignal): AsyncIterable<readonly SeriesPoint[]> {
    return this.callEach((store) => store.report(query, signal));
  }

  nodes(clusterIds: readonly string[], range: TimeRange): Promise<readonly NodeSnapshot[]> {
    return this.use((store) => store.nodes(clusterIds, range));
  }

  nodeWindows(query: NodeWindowsQuery): Promise<readonly StoredNodeWindow[]> {
    return this.use((store) => store.nodeWindows(query));
  }

  putIntensities(records: readonly IntensityRecord[]): Promise<void> {
    return this.use((store) => store.putIntensities(records));
  }

  intensities(zone: string, factorType: FactorType, range: TimeRange): Promise<readonly IntensityRecord[]> {
    return this.use((store) => store.intensities(zone, factorType, range));
  }

  latestIntensity(zone: string, factorType: FactorType, atSeconds: EpochSeconds): Promise<IntensityRecord | null> {
    return this.use((store) => store.latestIntensity(zone, factorType, atSeconds));
  }

  cachedEmbodied(provider: string, instanceType: string): Promise<CachedEmbodied | null> {
    return this.use((store) => store.cachedEmbodied(provider, instanceType));
  }

  putEmbodied(entry: CachedEmbodied): Promise<void> {
    return this.use((store) => store.putEmbodied(entry));
  }

  addAudit(entry: AuditEntry): Promise<void> {
    return this.use((store) => store.addAudit(entry));
  }

  listAudit(clusterId: string | null, limit: number): Promise<readonly AuditEntry[]> {
    return this.use((store) => store.listAudit(clusterId, limit));
  }

  windowContent(clusterId: string, window: Window): Promise<WindowResult | null> {
    return this.use((store) => store.windowContent(clusterId, window));
  }

  restatableWindows(clusterId: string, range: TimeRange): Promise<readonly Window[]> {
    return this.use((store) => store.restatableWindows(clusterId, range));
  }

  takeLease(request: LeaseRequest): Promise<LeaseAnswer> {
    return this.use((store) => store.takeLease(request));
  }

  releaseLease(lease: Lease): Promise<void> {
    return this.use((store) => store.releaseLease(lease));
  }

  listLeases(): Promise<readonly Lease[]> {
    return this.use((store) => store.listLeases());
  }

  contents(signal?: AbortSignal): Promise<StoreContents> {
    return this.use((store) => store.contents(signal));
  }

  maintain(policy: RetentionPolicy, nowSeconds: EpochSeconds, signal?: AbortSignal): Promise<MaintenanceResult> {
    return this.use((store) => store.maintain(policy, nowSeconds, signal));
  }

  verify(signal?: AbortSignal): Promise<readonly StoreProblem[]> {
    return this.use((store) => store.verify(signal));
  }

  vacuum(signal?: AbortSignal): Promise<void> {
    return this.use((store) => store.vacuum(signal));
  }
}
