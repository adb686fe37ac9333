import type { NamespaceHour } from '../../../src/core/ports/cost-sums.ts';
import type { Lease, LeaseAnswer, LeaseRequest } from '../../../src/core/ports/leases.ts';
import type {
  BreakdownPage,
  BreakdownQuery,
  CoverageBucket,
  Dimension,
  GroupKey,
  NodeWindowsQuery,
  ReportQuery,
  ResultFilter,
  ResultsStore,
  RowsPage,
  RowsQuery,
  SeriesPoint,
  SeriesQuery,
  StoredNodeWindow,
  StoredRow,
  StoreInfo,
  Totals,
} from '../../../src/core/ports/results-store.ts';
import type { MaintenanceResult, StoreContents, StoreProblem } from '../../../src/core/ports/store-care.ts';
import type { UsageHours, UsageHoursQuery } from '../../../src/core/ports/usage-hours.ts';
import type { ClusterRecord } from '../../../src/model/cluster.ts';
import { Failure } from '../../../src/model/failure.ts';
import type { LedgerEntry, NodeSnapshot, WindowResult } from '../../../src/model/results.ts';
import type { RetentionPolicy } from '../../../src/model/retention.ts';
import { type EpochSeconds, floorTo, type TimeRange, type Window, windowEndSeconds } from '../../../src/model/time.ts';
import { MemoryLeases } from './memory-leases.ts';
import { MemoryRecommendations } from './memory-recommendations.ts';
import { namespaceHours } from './namespace-hours.ts';
import { sumRows } from './sum-rows.ts';
import { usageHours } from './usage-hours.ts';
import { ZERO_TOTALS } from './zero-sums.ts';

const DAY = 86_400;

/** A results store by plain arithmetic over rows in memory. Slow, and obviously right. */
export class MemoryStore extends MemoryRecommendations implements ResultsStore {
  readonly results = new Map<string, WindowResult>();
  readonly clusters = new Map<string, ClusterRecord>();
  readonly leases = new MemoryLeases();
  /** `cluster day` of the days that `maintain` has taken: their windows are refused. The totals of them stay. */
  readonly prunedDays = new Set<string>();
  writes = 0;
  isReadOnly = false;

  async info(): Promise<StoreInfo> {
    if (this.failWith?.code === 'store-away') throw this.failWith;
    const { isReadOnly } = this;
    return { kind: 'sqlite', location: 'memory', sizeBytes: null, serverVersion: 'memory 1.0', isReadOnly };
  }

  async putCluster(cluster: ClusterRecord): Promise<void> {
    const before = this.clusters.get(cluster.id);
    this.clusters.set(cluster.id, {
      ...cluster,
      serverVersion: cluster.serverVersion ?? before?.serverVersion ?? null,
      provider: cluster.provider ?? before?.provider ?? null,
      region: cluster.region ?? before?.region ?? null,
    });
  }

  async listClusters(): Promise<readonly ClusterRecord[]> {
    if (this.failWith !== null) throw this.failWith;
    return [...this.clusters.values()];
  }

  async deleteCluster(clusterId: string): Promise<void> {
    this.clusters.delete(clusterId);
    this.forgetKubernetes(clusterId);
    this.forgetRecommendations(clusterId);
    for (const [key, { entry }] of this.results) if (entry.clusterId === clusterId) this.results.delete(key);
  }

  protected fence(clusterId: string, epoch: number): void {
    this.leases.write(clusterId, epoch);
  }

  async replaceWindow(result: WindowResult, epoch = 1): Promise<void> {
    if (this.failWith !== null) throw this.failWith;
    const { clusterId, window } = result.entry;
    if (this.prunedDays.has(dayOf(result.entry))) throw new Failure('conflict', 'The rows of this day were removed');
    for (const { entry } of this.results.values()) {
      const overlaps =
        entry.window.startSeconds < windowEndSeconds(window) && windowEndSeconds(entry.window) > window.startSeconds;
      if (entry.clusterId === clusterId && overlaps && entry.window.durationSeconds !== window.durationSeconds) {
        throw new Failure('conflict', 'The window overlaps one of another length');
      }
    }
    this.leases.write(clusterId, epoch);
    this.writes += 1;
    this.results.set(`${clusterId} ${window.startSeconds}`, result);
  }

  async listLedger(clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]> {
    return this.#entries(clusterId).filter(({ window }) => isIn(window.startSeconds, range));
  }

  async lastDataEntry(clusterId: string): Promise<LedgerEntry | null> {
    return this.#entries(clusterId).findLast((entry) => entry.state !== 'no-data') ?? null;
  }

  async firstEntry(clusterId: string): Promise<LedgerEntry | null> {
    return this.#entries(clusterId)[0] ?? null;
  }

  async windowContent(clusterId: string, window: Window): Promise<WindowResult | null> {
    if (this.failWith !== null) throw this.failWith;
    const result = this.results.get(`${clusterId} ${window.startSeconds}`);
    if (result?.entry.window.durationSeconds !== window.durationSeconds) return null;
    return result.entry.state === 'no-data' || this.prunedDays.has(dayOf(result.entry)) ? null : result;
  }

  async restatableWindows(clusterId: string, range: TimeRange): Promise<readonly Window[]> {
    return (await this.listLedger(clusterId, range))
      .filter((entry) => entry.state !== 'no-data' && entry.rowCount > 0 && !this.prunedDays.has(dayOf(entry)))
      .map(({ window }) => window);
  }

  async costsByNamespaceHour(clusterId: string, range: TimeRange): Promise<readonly NamespaceHour[]> {
    if (this.failWith !== null) throw this.failWith;
    return namespaceHours(this.stored({ clusterIds: [clusterId] }, range));
  }

  async usageHours(query: UsageHoursQuery): Promise<UsageHours> {
    if (this.failWith !== null) throw this.failWith;
    return usageHours(this.stored({ clusterIds: [query.clusterId] }, query.range), query);
  }

  async totals(filter: ResultFilter, range: TimeRange): Promise<Totals> {
    return sumRows(this.stored(filter, range));
  }

  async series(query: SeriesQuery): Promise<readonly SeriesPoint[]> {
    return query.buckets.flatMap((bucket) => this.#points(query, bucket));
  }

  async breakdown(query: BreakdownQuery): Promise<BreakdownPage> {
    const groups = [...grouped(this.stored(query.filter, query.range), query.by).values()]
      .map(({ group, rows }) => ({ ...sumRows(rows), group }))
      .filter(({ group }) => query.search === null || group.key.includes(query.search))
      .sort((a, b) => b.co2eGrams + b.embodiedCo2eGrams - a.co2eGrams - a.embodiedCo2eGrams);
    const items = groups.slice(query.offset, query.offset + query.limit);
    return { items, total: sumRows(this.stored(query.filter, query.range)), groupCount: groups.length };
  }

  async rows(query: RowsQuery): Promise<RowsPage> {
    const rows = this.stored(query.filter, query.range).filter((row) => !this.#isPruned(row));
    return { rows: rows.slice(query.offset, query.offset + query.limit), total: rows.length, totalIsLowerBound: false };
  }

  async coverage(clusterIds: readonly string[], buckets: readonly TimeRange[]): Promise<readonly CoverageBucket[]> {
    return buckets.map((bucket) => {
      const entries = clusterIds
        .flatMap((id) => this.#entries(id))
        .filter(({ window, state }) => state !== 'no-data' && isIn(window.startSeconds, bucket));
      const covered = entries.reduce((sum, entry) => sum + entry.coveredSeconds, 0) / Math.max(1, clusterIds.length);
      const durationSeconds = bucket.endSeconds - bucket.startSeconds;
      return { bucketStartSeconds: bucket.startSeconds, coveredSeconds: covered, durationSeconds };
    });
  }

  async *report(query: ReportQuery): AsyncIterable<readonly SeriesPoint[]> {
    for (const bucket of query.buckets) yield this.#points({ ...query, top: null }, bucket);
  }

  async nodes(clusterIds: readonly string[], range: TimeRange): Promise<readonly NodeSnapshot[]> {
    const snapshots = new Map<string, NodeSnapshot>();
    for (const { entry, nodeSnapshots } of this.results.values()) {
      const isAsked = clusterIds.length === 0 || clusterIds.includes(entry.clusterId);
      if (!isAsked || !isIn(entry.window.startSeconds, range)) continue;
      for (const snapshot of nodeSnapshots) snapshots.set(`${entry.clusterId} ${snapshot.name}`, snapshot);
    }
    return [...snapshots.values()];
  }

  async nodeWindows(query: NodeWindowsQuery): Promise<readonly StoredNodeWindow[]> {
    return [...this.results.values()]
      .filter(({ entry }) => entry.clusterId === query.clusterId && isIn(entry.window.startSeconds, query.range))
      .flatMap(({ entry, nodeWindows }) => nodeWindows.map((each) => ({ ...each, ...entry.window })))
      .filter((each) => each.node === query.node)
      .slice(0, query.limit);
  }

  async takeLease(request: LeaseRequest): Promise<LeaseAnswer> {
    if (this.failWith !== null) throw this.failWith;
    return this.leases.take(request);
  }

  async releaseLease(lease: Lease): Promise<void> {
    if (this.failWith !== null) throw this.failWith;
    this.leases.release(lease);
  }

  async listLeases(): Promise<readonly Lease[]> {
    return this.leases.list();
  }

  async contents(): Promise<StoreContents> {
    const kept = [...this.results.values()].filter(({ entry }) => !this.prunedDays.has(dayOf(entry)));
    const starts = kept.filter(({ rows }) => rows.length > 0).map(({ entry }) => entry.window.startSeconds);
    const table = {
      table: 'combined_metrics',
      rows: kept.reduce((sum, { rows }) => sum + rows.length, 0),
      sizeBytes: null,
      oldestSeconds: starts.length === 0 ? null : Math.min(...starts),
      newestSeconds: starts.length === 0 ? null : Math.max(...starts),
    };
    const days = new Map<number, number>();
    for (const { entry, rows } of this.results.values()) {
      const day = floorTo(entry.window.startSeconds, DAY);
      days.set(day, (days.get(day) ?? 0) + rows.length);
    }
    const last = [...days].sort(([a], [b]) => b - a).slice(0, 7);
    const rowsPerDay = last.length === 0 ? null : last.reduce((sum, [, rows]) => sum + rows, 0) / last.length;
    return { tables: [table], rowsPerDay, bytesPerDay: null };
  }

  /** Of the levels only rows are kept apart here: what is removed is no longer listed as rows, and stays in totals. */
  async maintain(policy: RetentionPolicy, nowSeconds: EpochSeconds): Promise<MaintenanceResult> {
    if (this.failWith !== null) throw this.failWith;
    this.pruneKubernetes(nowSeconds);
    this.pruneScores(nowSeconds);
    const limit = floorTo(nowSeconds, DAY) - policy.rawDays * DAY;
    const old = [...this.results.values()].filter(
      ({ entry }) => entry.window.startSeconds < limit && !this.prunedDays.has(dayOf(entry)),
    );
    for (const { entry } of old) this.prunedDays.add(dayOf(entry));
    const removedRows = old.reduce((sum, { rows }) => sum + rows.length, 0);
    return { compactedHours: 0, removedRows, removedPodHours: 0, removedHours: 0, removedPodDays: 0, removedDays: 0 };
  }

  async verify(): Promise<readonly StoreProblem[]> {
    return [];
  }

  async vacuum(): Promise<void> {}

  async close(): Promise<void> {}

  /** What would have to be the same after a repeated reading. */
  state(): unknown {
    return [...this.results.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, result]) => result);
  }

  stored(filter: ResultFilter, range: TimeRange): StoredRow[] {
    return [...this.results.values()]
      .filter(({ entry }) => filter.clusterIds.length === 0 || filter.clusterIds.includes(entry.clusterId))
      .filter(({ entry }) => isIn(entry.window.startSeconds, range))
      .flatMap(({ entry, rows }) => rows.map((row) => ({ ...row, ...entry.window })))
      .filter((row) => filter.namespace === undefined || row.namespace === filter.namespace)
      .filter((row) => filter.node === undefined || row.node === filter.node)
      .filter((row) => filter.pod === undefined || row.podName === filter.pod)
      .filter((row) => filter.team === undefined || row.team === filter.team)
      .filter((row) => filter.zone === undefined || row.emapsZone === filter.zone)
      .filter((row) => filter.provider === undefined || row.provider === filter.provider)
      .filter((row) => filter.workload === undefined || groupOf(row, 'workload').key === filter.workload);
  }

  #points({ filter, groupBy, top }: Pick<SeriesQuery, 'filter' | 'groupBy' | 'top'>, bucket: TimeRange): SeriesPoint[] {
    const rows = this.stored(filter, bucket);
    const base = { bucketStartSeconds: bucket.startSeconds, isOther: false, otherCount: 0 };
    if (groupBy === null) return [{ ...base, ...sumRows(rows), group: null }];
    const groups = [...grouped(rows, groupBy).values()].map((each) => ({
      ...base,
      ...sumRows(each.rows),
      group: each.group,
    }));
    if (top === null || groups.length <= top) return groups;
    const rest = groups.slice(top).reduce((sum, each) => add(sum, each), ZERO_TOTALS);
    return [...groups.slice(0, top), { ...base, ...rest, group: null, isOther: true, otherCount: groups.length - top }];
  }

  #isPruned({ clusterId, startSeconds }: StoredRow): boolean {
    return this.prunedDays.has(`${clusterId} ${floorTo(startSeconds, DAY)}`);
  }

  #entries(clusterId: string): LedgerEntry[] {
    return [...this.results.values()]
      .map((result) => result.entry)
      .filter((entry) => entry.clusterId === clusterId)
      .sort((a, b) => a.window.startSeconds - b.window.startSeconds);
  }
}

function dayOf({ clusterId, window }: LedgerEntry): string {
  return `${clusterId} ${floorTo(window.startSeconds, DAY)}`;
}

function isIn(seconds: number, range: TimeRange): boolean {
  return seconds >= range.startSeconds && seconds < range.endSeconds;
}

function add(a: Totals, b: Totals): Totals {
  return Object.fromEntries(
    Object.keys(a).map((key) => [key, a[key as keyof Totals] + b[key as keyof Totals]]),
  ) as unknown as Totals;
}

function grouped(rows: readonly StoredRow[], by: Dimension): Map<string, { group: GroupKey; rows: StoredRow[] }> {
  const groups = new Map<string, { group: GroupKey; rows: StoredRow[] }>();
  for (const row of rows) {
    const group = groupOf(row, by);
    const id = JSON.stringify([group.clusterId, group.namespace, group.key]);
    const known = groups.get(id) ?? { group, rows: [] };
    known.rows.push(row);
    groups.set(id, known);
  }
  return groups;
}

function groupOf(row: StoredRow, by: Dimension): GroupKey {
  const none = { clusterId: row.clusterId, namespace: null, ownerKind: null, ownerName: null, node: null };
  const owner = { ownerKind: row.ownerKind ?? 'Pod', ownerName: row.ownerName ?? row.podName };
  const isPod = row.rowKind === 'pod';
  switch (by) {
    case 'cluster':
      return { ...none, key: row.clusterId };
    case 'namespace':
      return { ...none, key: row.namespace, namespace: row.namespace };
    case 'workload':
      if (!isPod) return { ...none, key: row.namespace, namespace: row.namespace };
      return { ...none, ...owner, key: `${owner.ownerKind}/${owner.ownerName}`, namespace: row.namespace };
    case 'pod':
      return { ...none, ...owner, key: row.podName, namespace: row.namespace, node: row.node };
    case 'node':
      return { ...none, key: row.node, node: row.node };
    case 'team':
      return { ...none, key: row.team ?? '' };
    case 'zone':
      return { ...none, key: row.emapsZone };
    case 'provider':
      return { ...none, key: row.provider };
  }
}
