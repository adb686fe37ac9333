import type { ClusterRecord } from '../../model/cluster.ts';
import type { LedgerEntry, NodeSnapshot, NodeWindowRow, ResultRow, WindowResult } from '../../model/results.ts';
import type { EpochSeconds, TimeRange } from '../../model/time.ts';
import type { CostSums } from './cost-sums.ts';
import type { IntensityStore } from './grid-feed.ts';
import type { KubernetesStore } from './kubernetes-store.ts';
import type { LeaseStore } from './leases.ts';
import type { RecommendationStore } from './recommendation-store.ts';
import type { AuditLog, EmbodiedCache, WindowContents } from './science-stores.ts';
import type { StoreCare } from './store-care.ts';
import type { StoreKind } from './store-settings.ts';
import type { UsageStore } from './usage-hours.ts';

/** Keys that results are grouped and filtered by. */
export const DIMENSIONS = ['cluster', 'namespace', 'workload', 'pod', 'node', 'team', 'zone', 'provider'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export interface ResultFilter {
  /** Empty: all clusters. */
  readonly clusterIds: readonly string[];
  readonly namespace?: string;
  /** `Kind/name`, for example `Deployment/cart`; bare pods are `Pod/<name>`. */
  readonly workload?: string;
  /** Exact name. */
  readonly pod?: string;
  readonly node?: string;
  readonly team?: string;
  readonly zone?: string;
  readonly provider?: string;
}

/** Sums over rows. Joules are IT energy; `…Seconds` products divide by `rowSeconds` (or a duration) to a mean. */
export interface Sums {
  readonly joules: number;
  readonly joulesLow: number;
  readonly joulesHigh: number;
  /** Of pod rows. */
  readonly joulesDynamic: number;
  /** Of pod rows. */
  readonly joulesIdle: number;
  readonly joulesSystem: number;
  /** With the GPUs that nobody holds. */
  readonly joulesUnallocated: number;
  /** Of all GPUs, whoever holds them. */
  readonly joulesGpu: number;
  /** Of volume rows. */
  readonly joulesStorage: number;
  /** By a meter of the machine (host) or of the card (GPU): each part of a row counts by its own source. */
  readonly joulesMeasured: number;
  /** By provider averages, general values or an assumed GPU use; volumes are in here. */
  readonly joulesDefault: number;
  /** Σ joules × pue: facility energy. */
  readonly pueJoules: number;
  /** Σ joules × grid intensity: weighted by IT energy. The mean that people see is `meanIntensity`. */
  readonly intensityJoules: number;
  readonly co2eGrams: number;
  readonly co2eLowGrams: number;
  readonly co2eHighGrams: number;
  readonly co2eMarketGrams: number;
  /** 0 where no row has one. */
  readonly co2eDirectGrams: number;
  /** Operational grams of the rows that have direct grams: what is more than them is upstream. */
  readonly co2eOfDirectRowsGrams: number;
  readonly embodiedCo2eGrams: number;
  readonly embodiedLowGrams: number;
  readonly embodiedHighGrams: number;
  /** Operational + embodied of rows in `__unallocated__`. */
  readonly unallocatedCo2eGrams: number;
  readonly totalCost: number;
  readonly costLow: number;
  readonly costHigh: number;
  readonly cpuRequestMillicoreSeconds: number;
  readonly cpuUsageMillicoreSeconds: number;
  readonly memoryRequestByteSeconds: number;
  readonly memoryUsageByteSeconds: number;
  readonly networkReceiveBytes: number;
  readonly networkTransmitBytes: number;
  readonly restartCount: number;
}

export interface Totals extends Sums {
  /** Distinct pods present in the range (row_kind pod), from `pod_presence`. */
  readonly podCount: number;
}

export interface SeriesQuery {
  readonly filter: ResultFilter;
  /** Contiguous, in order, at most 2,000. Buckets of whole hours are read from roll-ups; shorter ones from rows (≤ 48 h). */
  readonly buckets: readonly TimeRange[];
  readonly groupBy: Dimension | null;
  /** Keep the groups with most carbon (operational + embodied), sum the rest into one group with key null (`other`). Null: keep all. */
  readonly top: number | null;
}

export interface SeriesPoint extends Totals {
  readonly bucketStartSeconds: EpochSeconds;
  readonly group: GroupKey | null;
  /** True for the point that sums the groups beyond `top`; then `otherCount` groups are in it. */
  readonly isOther: boolean;
  readonly otherCount: number;
}

/** What names a group: the dimension's value, and what one needs to link and label it. */
export interface GroupKey {
  readonly key: string;
  readonly clusterId: string | null;
  readonly namespace: string | null;
  readonly ownerKind: string | null;
  readonly ownerName: string | null;
  /** Null for what is on no node (volumes), and where a group is on several. */
  readonly node: string | null;
}

/** `co2e`: operational + embodied; `energy`: after PUE: what people see as Carbon and Energy. */
export const BREAKDOWN_SORTS = ['co2e', 'energy', 'cost', 'name', 'cpu', 'memory'] as const;
export type BreakdownSort = (typeof BREAKDOWN_SORTS)[number];

export interface BreakdownQuery {
  readonly filter: ResultFilter;
  readonly range: TimeRange;
  readonly by: Dimension;
  readonly sort: BreakdownSort;
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
  /** Part of the group's key, case-insensitive; null for all. */
  readonly search: string | null;
}

export interface BreakdownItem extends Totals {
  readonly group: GroupKey;
}

export interface BreakdownPage {
  readonly items: readonly BreakdownItem[];
  /** Over all groups that match, not only this page. */
  readonly total: Totals;
  readonly groupCount: number;
}

export interface RowsQuery {
  readonly filter: ResultFilter;
  /** Substring, or a glob with `*` and `?`; null for all. */
  readonly podPattern: string | null;
  readonly range: TimeRange;
  readonly limit: number;
  readonly offset: number;
}

export interface StoredRow extends ResultRow {
  readonly startSeconds: EpochSeconds;
  readonly durationSeconds: number;
}

export interface RowsPage {
  readonly rows: readonly StoredRow[];
  /** Exact up to 10,000; beyond that 10,000 and `totalIsLowerBound`. */
  readonly total: number;
  readonly totalIsLowerBound: boolean;
}

export interface CoverageBucket {
  readonly bucketStartSeconds: EpochSeconds;
  /** Σ of covered seconds of the windows that start in the bucket, mean over clusters in the filter. */
  readonly coveredSeconds: number;
  readonly durationSeconds: number;
}

export interface NodeWindowsQuery {
  readonly clusterId: string;
  readonly node: string;
  readonly range: TimeRange;
  readonly limit: number;
}

export interface StoredNodeWindow extends NodeWindowRow {
  readonly startSeconds: EpochSeconds;
  readonly durationSeconds: number;
}

export interface StoreInfo {
  readonly kind: StoreKind;
  /** For people, without credentials. */
  readonly location: string;
  readonly sizeBytes: number | null;
  /** As the server (or library) says it, for example `SQLite 3.51.0`. */
  readonly serverVersion: string;
  /** True where the user may only read: nothing is collected then. */
  readonly isReadOnly: boolean;
}

/** Rows of a report; each item is one bucket and group. */
export interface ReportQuery {
  readonly filter: ResultFilter;
  readonly buckets: readonly TimeRange[];
  readonly groupBy: 'pod' | 'workload' | 'namespace';
}

/**
 * Where results live. One write for results: `replaceWindow`. Totals are computed in the store. Every call may throw
 * `Failure` with code `store` or, where the store can't be reached, `store-away`.
 */
export interface ResultsStore
  extends LeaseStore,
    StoreCare,
    IntensityStore,
    EmbodiedCache,
    AuditLog,
    WindowContents,
    CostSums,
    UsageStore,
    KubernetesStore,
    RecommendationStore {
  /** A small question to the store itself: throws `Failure` store-away where it doesn't answer. */
  info(): Promise<StoreInfo>;
  putCluster(cluster: ClusterRecord): Promise<void>;
  listClusters(): Promise<readonly ClusterRecord[]>;
  deleteCluster(clusterId: string): Promise<void>;

  /**
   * In one transaction: the old rows of the window go, the new ones come, hour and day roll-ups become the exact sums
   * again, presence and node facts follow, the ledger entry closes. Refused (`conflict`) when the window overlaps
   * one of another length, when its day's rows were removed by retention, or when `epoch` is older than the one last
   * granted (`takeLease`) or last seen for the cluster; that is checked inside the same transaction.
   */
  replaceWindow(result: WindowResult, epoch: number): Promise<void>;
  /** Ledger entries whose window starts in the range, by start. */
  listLedger(clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]>;
  /** The youngest closed entry that has data; null if there is none. */
  lastDataEntry(clusterId: string): Promise<LedgerEntry | null>;
  firstEntry(clusterId: string): Promise<LedgerEntry | null>;

  totals(filter: ResultFilter, range: TimeRange, signal?: AbortSignal): Promise<Totals>;
  series(query: SeriesQuery, signal?: AbortSignal): Promise<readonly SeriesPoint[]>;
  breakdown(query: BreakdownQuery, signal?: AbortSignal): Promise<BreakdownPage>;
  rows(query: RowsQuery, signal?: AbortSignal): Promise<RowsPage>;
  coverage(
    clusterIds: readonly string[],
    buckets: readonly TimeRange[],
    signal?: AbortSignal,
  ): Promise<readonly CoverageBucket[]>;
  report(query: ReportQuery, signal?: AbortSignal): AsyncIterable<readonly SeriesPoint[]>;
  /** The nodes of the range: the newest snapshot of each node at or before its end that has rows in it. */
  nodes(clusterIds: readonly string[], range: TimeRange): Promise<readonly NodeSnapshot[]>;
  nodeWindows(query: NodeWindowsQuery): Promise<readonly StoredNodeWindow[]>;

  close(): Promise<void>;
}
