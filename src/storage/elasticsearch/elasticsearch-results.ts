import type { NamespaceHour } from '../../core/ports/cost-sums.ts';
import type { Lease, LeaseAnswer, LeaseRequest } from '../../core/ports/leases.ts';
import type { RecordKind, RecordPages, RecordsByKind } from '../../core/ports/record-pages.ts';
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
import { addAudit, readAudit } from './audit-log.ts';
import { deleteCluster, listClusters, putCluster } from './cluster-registry.ts';
import { readContents } from './contents.ts';
import { putEmbodied, readEmbodied } from './embodied-cache.ts';
import { putIntensities, readIntensities, readLatestIntensity } from './intensities.ts';
import { ElasticsearchRecommendations } from './kubernetes/elasticsearch-recommendations.ts';
import { listLeases, releaseLease, takeLease } from './leases.ts';
import { Maintainer } from './maintain.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { PresenceWriter } from './presence-writer.ts';
import { readBreakdown } from './read-breakdown.ts';
import { readCoverage } from './read-coverage.ts';
import { readFirstEntry, readLastDataEntry, readLedger } from './read-ledger.ts';
import { readNamespaceHours } from './read-namespace-hours.ts';
import { readNodes, readNodeWindows } from './read-nodes.ts';
import { RowReader } from './read-rows.ts';
import { readSeries } from './read-series.ts';
import { readTotals } from './read-totals.ts';
import { readUsage } from './read-usage.ts';
import { readRestatable, readWindow } from './read-window.ts';
import { recordPages } from './record-pages.ts';
import { RollupWriter } from './rollup-writer.ts';
import { settleCluster, settleUnleased } from './settle.ts';
import type { Store } from './store.ts';
import { readInfo } from './store-info.ts';
import { vacuum } from './vacuum.ts';
import { verify } from './verify.ts';
import { WindowWriter } from './window-writer.ts';

/** The results store on Elasticsearch. Writes of one cluster happen one after the other. */
export class ElasticsearchResults extends ElasticsearchRecommendations implements ResultsStore, RecordPages {
  readonly #store: Store;
  readonly #location: string;
  readonly #isReadOnly: boolean;
  readonly #windows: WindowWriter;
  readonly #maintainer: Maintainer;
  readonly #rows: RowReader;
  readonly #writes = new OneAtATime();

  constructor(store: Store, location: string, isReadOnly: boolean) {
    super(store);
    this.#store = store;
    this.#location = location;
    this.#isReadOnly = isReadOnly;
    const rollups = new RollupWriter(store);
    this.#windows = new WindowWriter(store, new PresenceWriter(store), rollups);
    this.#maintainer = new Maintainer(store, this.#windows, rollups, this.#writes);
    this.#rows = new RowReader(store);
  }

  info(): Promise<StoreInfo> {
    return readInfo(this.#store, this.#location, this.#isReadOnly);
  }

  /** Ends what a writer left undone that is no more. */
  settle(): Promise<void> {
    return settleUnleased(this.#store, this.#windows, this.#writes);
  }

  putCluster(cluster: ClusterRecord): Promise<void> {
    return putCluster(this.#store, cluster);
  }

  listClusters(): Promise<readonly ClusterRecord[]> {
    return listClusters(this.#store);
  }

  deleteCluster(clusterId: string): Promise<void> {
    return this.#writes.run(clusterId, async () => {
      this.#windows.forget(clusterId);
      await deleteCluster(this.#store, clusterId);
    });
  }

  replaceWindow(result: WindowResult, epoch: number): Promise<void> {
    return this.#writes.run(result.entry.clusterId, () => this.#windows.replace(result, epoch));
  }

  listLedger(clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]> {
    return readLedger(this.#store, clusterId, range);
  }

  lastDataEntry(clusterId: string): Promise<LedgerEntry | null> {
    return readLastDataEntry(this.#store, clusterId);
  }

  firstEntry(clusterId: string): Promise<LedgerEntry | null> {
    return readFirstEntry(this.#store, clusterId);
  }

  costsByNamespaceHour(clusterId: string, range: TimeRange): Promise<readonly NamespaceHour[]> {
    return readNamespaceHours(this.#store, clusterId, range);
  }

  usageHours(query: UsageHoursQuery, signal?: AbortSignal): Promise<UsageHours> {
    return readUsage(this.#store, query, signal);
  }

  totals(filter: ResultFilter, range: TimeRange, signal?: AbortSignal): Promise<Totals> {
    return readTotals(this.#store, filter, range, signal);
  }

  series(query: SeriesQuery, signal?: AbortSignal): Promise<readonly SeriesPoint[]> {
    return readSeries(this.#store, query, signal);
  }

  breakdown(query: BreakdownQuery, signal?: AbortSignal): Promise<BreakdownPage> {
    return readBreakdown(this.#store, query, signal);
  }

  rows(query: RowsQuery, signal?: AbortSignal): Promise<RowsPage> {
    return this.#rows.read(query, signal);
  }

  coverage(
    clusterIds: readonly string[],
    buckets: readonly TimeRange[],
    signal?: AbortSignal,
  ): Promise<readonly CoverageBucket[]> {
    return readCoverage(this.#store, clusterIds, buckets, signal);
  }

  async *report(query: ReportQuery, signal?: AbortSignal): AsyncIterable<readonly SeriesPoint[]> {
    const { filter, groupBy } = query;
    for (const bucket of query.buckets) {
      const points = await this.series({ filter, groupBy, buckets: [bucket], top: null }, signal);
      if (points.length > 0) yield points;
    }
  }

  nodes(clusterIds: readonly string[], range: TimeRange): Promise<readonly NodeSnapshot[]> {
    return readNodes(this.#store, clusterIds, range);
  }

  nodeWindows(query: NodeWindowsQuery): Promise<readonly StoredNodeWindow[]> {
    return readNodeWindows(this.#store, query);
  }

  putIntensities(records: readonly IntensityRecord[]): Promise<void> {
    return putIntensities(this.#store, records);
  }

  intensities(zone: string, factorType: FactorType, range: TimeRange): Promise<readonly IntensityRecord[]> {
    return readIntensities(this.#store, zone, factorType, range);
  }

  latestIntensity(zone: string, factorType: FactorType, atSeconds: EpochSeconds): Promise<IntensityRecord | null> {
    return readLatestIntensity(this.#store, zone, factorType, atSeconds);
  }

  cachedEmbodied(provider: string, instanceType: string): Promise<CachedEmbodied | null> {
    return readEmbodied(this.#store, provider, instanceType);
  }

  putEmbodied(entry: CachedEmbodied): Promise<void> {
    return putEmbodied(this.#store, entry);
  }

  addAudit(entry: AuditEntry): Promise<void> {
    return addAudit(this.#store, entry);
  }

  listAudit(clusterId: string | null, limit: number): Promise<readonly AuditEntry[]> {
    return readAudit(this.#store, clusterId, limit);
  }

  windowContent(clusterId: string, window: Window): Promise<WindowResult | null> {
    return readWindow(this.#store, clusterId, window);
  }

  restatableWindows(clusterId: string, range: TimeRange): Promise<readonly Window[]> {
    return readRestatable(this.#store, clusterId, range);
  }

  takeLease(request: LeaseRequest): Promise<LeaseAnswer> {
    const { clusterId } = request;
    return takeLease(this.#store, request, () =>
      this.#writes.run(clusterId, () => settleCluster(this.#store, this.#windows, clusterId)),
    );
  }

  releaseLease(lease: Lease): Promise<void> {
    return releaseLease(this.#store, lease);
  }

  listLeases(): Promise<readonly Lease[]> {
    return listLeases(this.#store);
  }

  contents(signal?: AbortSignal): Promise<StoreContents> {
    return readContents(this.#store, signal);
  }

  maintain(policy: RetentionPolicy, nowSeconds: EpochSeconds, signal?: AbortSignal): Promise<MaintenanceResult> {
    return this.#maintainer.maintain(policy, nowSeconds, signal);
  }

  verify(signal?: AbortSignal): Promise<readonly StoreProblem[]> {
    return verify(this.#store, signal);
  }

  vacuum(signal?: AbortSignal): Promise<void> {
    return vacuum(this.#store, signal);
  }

  recordPages<Kind extends RecordKind>(
    kind: Kind,
    clusterId: string | null,
  ): AsyncIterable<readonly RecordsByKind[Kind][]> {
    return recordPages(this.#store, kind, clusterId);
  }

  protected inTurn<T>(clusterId: string, work: () => Promise<T>): Promise<T> {
    return this.#writes.run(clusterId, work);
  }

  close(): Promise<void> {
    return this.#store.requests.close();
  }
}
