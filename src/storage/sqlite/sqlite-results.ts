import { stat } from 'node:fs/promises';
import type { Transferable } from 'node:worker_threads';
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
import type { ClusterRecord } from '../../model/cluster.ts';
import type { LedgerEntry, NodeSnapshot, WindowResult } from '../../model/results.ts';
import type { TimeRange } from '../../model/time.ts';
import { packWindow, transferOf } from './packed-window.ts';
import type { ReadOperations } from './read-operations.ts';
import type { ReaderPool } from './reader-pool.ts';
import { StoreThread } from './store-thread.ts';
import type { WriteOperations } from './write-operations.ts';

/** The results store on a SQLite file: each call is a message to a thread, so the caller's thread never waits. */
export class SqliteResults implements ResultsStore {
  readonly #file: string;
  readonly #readers: ReaderPool;
  #writer: StoreThread;

  constructor(file: string, writer: StoreThread, readers: ReaderPool) {
    this.#file = file;
    this.#writer = writer;
    this.#readers = readers;
  }

  async info(): Promise<StoreInfo> {
    const sizes = await Promise.all(['', '-wal'].map((suffix) => sizeOf(`${this.#file}${suffix}`)));
    return { kind: 'sqlite', location: this.#file, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) };
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

  async close(): Promise<void> {
    await this.#readers.close();
    await this.#writer.close();
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
  ): Promise<void> {
    if (!this.#writer.isAlive) this.#writer = new StoreThread({ file: this.#file, role: 'writer' });
    await this.#writer.call(operation, input, transfer);
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}
