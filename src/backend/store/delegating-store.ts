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
import type { MaintenanceResult, StoreContents, StoreProblem } from '../../core/ports/store-care.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import type { LedgerEntry, NodeSnapshot, WindowResult } from '../../model/results.ts';
import type { RetentionPolicy } from '../../model/retention.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';

/** Passes each call on; a subclass says to which store, and sees each outcome. */
export abstract class DelegatingStore implements ResultsStore {
  protected abstract use<T>(call: (store: ResultsStore) => Promise<T>): Promise<T>;
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
