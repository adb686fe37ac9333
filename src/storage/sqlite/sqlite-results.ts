import { stat } from 'node:fs/promises';
import type { Transferable } from 'node:worker_threads';
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
import { Failure } from '../../model/failure.ts';
import type { FactorType, IntensityRecord } from '../../model/grid.ts';
import type { LedgerEntry, NodeSnapshot, WindowResult } from '../../model/results.ts';
import type { RetentionPolicy } from '../../model/retention.ts';
import type { EpochSeconds, TimeRange, Window } from '../../model/time.ts';
import { AS_KEPT } from '../sql/kubernetes/questions.ts';
import type { KubernetesWrite } from '../sql/kubernetes/write.ts';
import { SqlRecommendations } from '../sql/recommendations/sql-recommendations.ts';
import type { Statement } from '../sql/statement.ts';
import type { Recovery } from './damage/heal-stores.ts';
import type { MaintenanceCursor, MaintenanceProgress } from './maintain.ts';
import { packWindow, transferOf } from './packed-window.ts';
import type { ReadOperations } from './read-operations.ts';
import { ReaderPool } from './reader-pool.ts';
import { StoreThread } from './store-thread.ts';
import type { WriteOperations } from './write-operations.ts';

/** Asks one thread, one question after the other. */
type Ask = <Name extends keyof ReadOperations>(
  operation: Name,
  input: Parameters<ReadOperations[Name]>[1],
  signal?: AbortSignal,
) => Promise<ReturnType<ReadOperations[Name]>>;

/** The longest time that a timer can hold: a check is ended by its signal only. */
const LONGEST_CHECK_MILLISECONDS = 2 ** 31 - 1;

const NOTHING_REMOVED: MaintenanceResult = {
  compactedHours: 0,
  removedRows: 0,
  removedPodHours: 0,
  removedHours: 0,
  removedPodDays: 0,
  removedDays: 0,
};

/** The results store on a SQLite file: each call is a message to a thread, so the caller's thread never waits. */
export class SqliteResults extends SqlRecommendations implements ResultsStore {
  /** A damaged file that the opening replaced; null where it was sound. */
  readonly recovery: Recovery | null;
  protected readonly sayColumn = AS_KEPT;
  readonly #file: string;
  readonly #readers: ReaderPool;
  /** Of checks that are at work. */
  readonly #checkers = new Set<ReaderPool>();
  #writer: StoreThread;
  #upkeep: Promise<void> = Promise.resolve();

  constructor(file: string, writer: StoreThread, readers: ReaderPool, recovery: Recovery | null = null) {
    super();
    this.recovery = recovery;
    this.#file = file;
    this.#writer = writer;
    this.#readers = readers;
  }

  async info(): Promise<StoreInfo> {
    const sizes = await Promise.all(['', '-wal'].map((suffix) => sizeOf(`${this.#file}${suffix}`)));
    return {
      kind: 'sqlite',
      location: this.#file,
      sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
      serverVersion: `SQLite ${await this.#read('version', null)}`,
      // Opening for writing is how it was opened.
      isReadOnly: false,
    };
  }

  putCluster(cluster: ClusterRecord): Promise<void> {
    return this.#write('putCluster', cluster);
  }

  listClusters(): Promise<readonly ClusterRecord[]> {
    return this.#read('clusters', null);
  }

  deleteCluster(clusterId: string): Promise<void> {
    return this.#write('deleteCluster', clusterId);
  }

  async replaceWindow(result: WindowResult, epoch: number): Promise<void> {
    const packed = packWindow(result, epoch);
    await this.#write('replaceWindow', packed, transferOf(packed));
  }

  listLedger(clusterId: string, range: TimeRange): Promise<readonly LedgerEntry[]> {
    return this.#read('ledger', { clusterId, range });
  }

  lastDataEntry(clusterId: string): Promise<LedgerEntry | null> {
    return this.#read('lastDataEntry', clusterId);
  }

  firstEntry(clusterId: string): Promise<LedgerEntry | null> {
    return this.#read('firstEntry', clusterId);
  }

  costsByNamespaceHour(clusterId: string, range: TimeRange): Promise<readonly NamespaceHour[]> {
    return this.#read('namespaceHours', { clusterId, range });
  }

  usageHours(query: UsageHoursQuery, signal?: AbortSignal): Promise<UsageHours> {
    return this.#read('usageHours', query, signal);
  }

  totals(filter: ResultFilter, range: TimeRange, signal?: AbortSignal): Promise<Totals> {
    return this.#read('totals', { filter, range }, signal);
  }

  series(query: SeriesQuery, signal?: AbortSignal): Promise<readonly SeriesPoint[]> {
    return this.#read('series', query, signal);
  }

  breakdown(query: BreakdownQuery, signal?: AbortSignal): Promise<BreakdownPage> {
    return this.#read('breakdown', query, signal);
  }

  rows(query: RowsQuery, signal?: AbortSignal): Promise<RowsPage> {
    return this.#read('rows', query, signal);
  }

  coverage(
    clusterIds: readonly string[],
    buckets: readonly TimeRange[],
    signal?: AbortSignal,
  ): Promise<readonly CoverageBucket[]> {
    return this.#read('coverage', { clusterIds, buckets }, signal);
  }

  async *report(query: ReportQuery, signal?: AbortSignal): AsyncIterable<readonly SeriesPoint[]> {
    const { filter, groupBy } = query;
    for (const bucket of query.buckets) {
      const points = await this.series({ filter, groupBy, buckets: [bucket], top: null }, signal);
      if (points.length > 0) yield points;
    }
  }

  nodes(clusterIds: readonly string[], range: TimeRange): Promise<readonly NodeSnapshot[]> {
    return this.#read('nodes', { clusterIds, range });
  }

  nodeWindows(query: NodeWindowsQuery): Promise<readonly StoredNodeWindow[]> {
    return this.#read('nodeWindows', query);
  }

  putIntensities(records: readonly IntensityRecord[]): Promise<void> {
    return this.#write('putIntensities', records);
  }

  intensities(zone: string, factorType: FactorType, range: TimeRange): Promise<readonly IntensityRecord[]> {
    return this.#read('intensities', { zone, factorType, range });
  }

  latestIntensity(zone: string, factorType: FactorType, atSeconds: EpochSeconds): Promise<IntensityRecord | null> {
    return this.#read('latestIntensity', { zone, factorType, atSeconds });
  }

  cachedEmbodied(provider: string, instanceType: string): Promise<CachedEmbodied | null> {
    return this.#read('embodied', { provider, instanceType });
  }

  putEmbodied(entry: CachedEmbodied): Promise<void> {
    return this.#write('putEmbodied', entry);
  }

  addAudit(entry: AuditEntry): Promise<void> {
    return this.#write('addAudit', entry);
  }

  listAudit(clusterId: string | null, limit: number): Promise<readonly AuditEntry[]> {
    return this.#read('audit', { clusterId, limit });
  }

  windowContent(clusterId: string, window: Window): Promise<WindowResult | null> {
    return this.#read('windowContent', { clusterId, window });
  }

  restatableWindows(clusterId: string, range: TimeRange): Promise<readonly Window[]> {
    return this.#read('restatableWindows', { clusterId, range });
  }

  takeLease(request: LeaseRequest): Promise<LeaseAnswer> {
    return this.#write('takeLease', request);
  }

  releaseLease(lease: Lease): Promise<void> {
    return this.#write('releaseLease', lease);
  }

  listLeases(): Promise<readonly Lease[]> {
    return this.#read('leases', null);
  }

  contents(signal?: AbortSignal): Promise<StoreContents> {
    return this.#check((ask) => ask('contents', null, signal));
  }

  maintain(policy: RetentionPolicy, nowSeconds: EpochSeconds, signal?: AbortSignal): Promise<MaintenanceResult> {
    return this.#oneAtATime(() => this.#maintain(policy, nowSeconds, signal));
  }

  verify(signal?: AbortSignal): Promise<readonly StoreProblem[]> {
    return this.#check(async (ask) => {
      const problems: StoreProblem[] = [];
      for (const step of await ask('verifySteps', null, signal))
        problems.push(...(await ask('verifyStep', step, signal)));
      return problems;
    });
  }

  vacuum(signal?: AbortSignal): Promise<void> {
    return this.#oneAtATime(async () => {
      let isMore = true;
      while (isMore) {
        refuseCancelled(signal);
        isMore = await this.#write('vacuum', null);
      }
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#checkers].map((checker) => checker.close()));
    await this.#readers.close();
    await this.#writer.close();
  }

  async #maintain(policy: RetentionPolicy, nowSeconds: EpochSeconds, signal?: AbortSignal): Promise<MaintenanceResult> {
    let result = NOTHING_REMOVED;
    let cursor: MaintenanceCursor | null = null;
    let isDone = false;
    while (!isDone) {
      refuseCancelled(signal);
      const progress: MaintenanceProgress = await this.#write('maintain', { policy, nowSeconds, cursor });
      result = addCounts(result, progress.removed);
      ({ cursor, isDone } = progress);
    }
    return result;
  }

  protected askKubernetes(statements: readonly Statement[]): Promise<readonly (readonly unknown[])[]> {
    return this.#read('lines', statements);
  }

  protected writeKubernetes(write: KubernetesWrite): Promise<number> {
    return this.#write('writeKubernetes', write);
  }

  /** What changes the store in steps waits for the one before: its steps rely on what the earlier ones left. */
  #oneAtATime<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const turn = this.#upkeep.then(work);
    this.#upkeep = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** A thread of its own, however long it takes: pages are read by the others. It ends with the check. */
  async #check<Answer>(work: (ask: Ask) => Promise<Answer>): Promise<Answer> {
    const checker = new ReaderPool(this.#file, 1, LONGEST_CHECK_MILLISECONDS);
    this.#checkers.add(checker);
    try {
      return await work(
        async (operation, input, signal) =>
          (await checker.call(operation, input, signal)) as ReturnType<ReadOperations[typeof operation]>,
      );
    } finally {
      this.#checkers.delete(checker);
      await checker.close();
    }
  }

  async #read<Name extends keyof ReadOperations>(
    operation: Name,
    input: Parameters<ReadOperations[Name]>[1],
    signal?: AbortSignal,
  ): Promise<ReturnType<ReadOperations[Name]>> {
    const answer = await this.#readers.call(operation, input, signal);
    // Both sides of the thread border are this package, and the operation's own type says what it answers.
    return answer as ReturnType<ReadOperations[Name]>;
  }

  async #write<Name extends keyof WriteOperations>(
    operation: Name,
    input: Parameters<WriteOperations[Name]>[1],
    transfer: readonly Transferable[] = [],
  ): Promise<ReturnType<WriteOperations[Name]>> {
    if (!this.#writer.isAlive) this.#writer = new StoreThread({ file: this.#file, role: 'writer' });
    const answer = await this.#writer.call(operation, input, transfer);
    return answer as ReturnType<WriteOperations[Name]>;
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

function addCounts(sum: MaintenanceResult, more: Partial<MaintenanceResult>): MaintenanceResult {
  return {
    compactedHours: sum.compactedHours + (more.compactedHours ?? 0),
    removedRows: sum.removedRows + (more.removedRows ?? 0),
    removedPodHours: sum.removedPodHours + (more.removedPodHours ?? 0),
    removedHours: sum.removedHours + (more.removedHours ?? 0),
    removedPodDays: sum.removedPodDays + (more.removedPodDays ?? 0),
    removedDays: sum.removedDays + (more.removedDays ?? 0),
  };
}

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Failure('cancelled', 'The work on the results store was stopped.');
}
