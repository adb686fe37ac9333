import { setImmediate as breathe } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock.ts';
import type { ClusterConnection } from '../../core/ports/cluster-source.ts';
import type { CoefficientSources } from '../../core/ports/coefficient-sources.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';
import { Failure } from '../../model/failure.ts';
import type { Inventory, Notice } from '../../model/inventory.ts';
import type { WindowResult } from '../../model/results.ts';
import {
  BACKFILL_WINDOW_SECONDS,
  ceilTo,
  type EpochSeconds,
  floorTo,
  type TimeRange,
  type Window,
  windowEndSeconds,
} from '../../model/time.ts';
import type { UsageReading } from '../../model/usage.ts';
import { toIso } from '../ranges/instants.ts';
import { closableUntil } from '../scheduler/next-run.ts';
import { emptyResult, resultOf } from './compute-result.ts';
import { CoefficientCache } from './node-coefficients.ts';
import { type CollectObserver, type CollectOutcome, distinctNotices } from './observer.ts';
import { fineWindows, planWindows, runsOf, type Step } from './plan-windows.ts';
import { judgeCoverage } from './window-state.ts';

export interface CollectDeps {
  readonly store: Pick<ResultsStore, 'listLedger' | 'replaceWindow'>;
  readonly clock: Clock;
}

/** A cluster whose API server answered. */
export interface ReachedCluster {
  readonly id: string;
  readonly connection: ClusterConnection;
  readonly inventory: Inventory;
  readonly coefficients: CoefficientSources;
  /** When collection of it began. */
  readonly beganAtSeconds: EpochSeconds;
  readonly epoch: number;
}

export interface CollectRequest {
  readonly range: TimeRange;
  readonly step: Step;
  readonly signal: AbortSignal;
  readonly observer: CollectObserver;
}

/**
 * Reads the windows of a range that are missing in the ledger, computes and stores them, one after the other. Serves
 * live readings, history and gaps. What a source did not answer is not written: a failure is thrown, the windows
 * before it stay. The signal ends it between two windows.
 */
export async function collect(
  cluster: ReachedCluster,
  request: CollectRequest,
  deps: CollectDeps,
): Promise<CollectOutcome> {
  return new Run(cluster, request, deps).finish();
}

class Run {
  readonly #cluster: ReachedCluster;
  readonly #request: CollectRequest;
  readonly #deps: CollectDeps;
  readonly #coefficients: CoefficientCache;
  readonly #notices: Notice[];
  readonly #counts = { whole: 0, partial: 0, 'no-data': 0 };
  #rows = 0;
  /** The write under way: the next window is read and computed meanwhile, never more than one. */
  #write: Promise<void> = Promise.resolve();

  constructor(cluster: ReachedCluster, request: CollectRequest, deps: CollectDeps) {
    this.#cluster = cluster;
    this.#request = request;
    this.#deps = deps;
    this.#coefficients = new CoefficientCache(cluster.coefficients, cluster.id);
    this.#notices = [...cluster.inventory.notices];
  }

  async finish(): Promise<CollectOutcome> {
    try {
      return await this.#readAll();
    } finally {
      await this.#write.catch(() => undefined);
    }
  }

  async #readAll(): Promise<CollectOutcome> {
    const plan = await this.#plan();
    this.#request.observer.planned(plan.windows.length);
    const oldest = await this.#oldestSeconds(plan.windows);
    for (const run of runsOf(plan.windows)) {
      const lost = run.filter((window) => oldest !== null && windowEndSeconds(window) <= oldest);
      if (oldest !== null) await this.#closeEmpty(lost, `The metrics source keeps nothing before ${toIso(oldest)}`);
      const thin = await this.#read(run.slice(lost.length));
      for (const fine of runsOf(thin)) await this.#read(fine);
    }
    await this.#write;
    const { whole, partial, 'no-data': noData } = this.#counts;
    const notices = distinctNotices(this.#notices);
    return { whole, partial, noData, alreadyThere: plan.alreadyThere, rows: this.#rows, notices };
  }

  async #plan() {
    const { range, step } = this.#request;
    const hours = {
      startSeconds: floorTo(range.startSeconds, BACKFILL_WINDOW_SECONDS),
      endSeconds: ceilTo(range.endSeconds, BACKFILL_WINDOW_SECONDS),
    };
    const ledger = await this.#deps.store.listLedger(this.#cluster.id, hours);
    const { beganAtSeconds } = this.#cluster;
    const closableUntilSeconds = closableUntil(this.#deps.clock.nowSeconds());
    return planWindows({ range, step, closableUntilSeconds, beganAtSeconds, ledger });
  }

  /** Asked for history only: a live reading never lies that far back. */
  async #oldestSeconds(windows: readonly Window[]): Promise<EpochSeconds | null> {
    const hasHistory = windows.some((window) => window.durationSeconds === BACKFILL_WINDOW_SECONDS);
    return hasHistory ? this.#cluster.connection.oldestUsageSeconds(this.#request.signal) : null;
  }

  /** Reads one run; answers the 5-minute windows of the hours that were covered for less than half. */
  async #read(run: readonly Window[]): Promise<Window[]> {
    if (run.length === 0) return [];
    const thin: Window[] = [];
    const { connection, inventory } = this.#cluster;
    let index = 0;
    this.#stopIfCancelled();
    for await (const reading of connection.readUsage(run, inventory, this.#request.signal)) {
      this.#stopIfCancelled();
      const window = expectedWindow(run[index], reading);
      index += 1;
      if (await this.#isThin(window, reading, thin)) continue;
      await this.#store(await resultOf(this.#cluster.id, reading, inventory, this.#coefficients, this.#now()));
      await breathe();
    }
    this.#stopIfCancelled();
    if (index < run.length) {
      throw new Failure('bad-answer', `The metrics source answered ${index} of ${run.length} windows`, {
        hint: 'Nothing was stored for the others; they are read again with the next run.',
      });
    }
    return thin;
  }

  /** An hour that is covered for less than half is taken in 5-minute windows; at once where nothing is covered. */
  async #isThin(window: Window, reading: UsageReading, thin: Window[]): Promise<boolean> {
    const judged = judgeCoverage(window, reading.coveredSeconds);
    if (window.durationSeconds !== BACKFILL_WINDOW_SECONDS || judged.state !== 'no-data') return false;
    this.#notices.push(...reading.notices);
    if (reading.coveredSeconds > 0) {
      const fine = fineWindows(window);
      this.#request.observer.added(fine.length - 1);
      thin.push(...fine);
    } else {
      await this.#closeEmpty([window], 'Metrics cover 0 of 5 minutes');
    }
    return true;
  }

  async #closeEmpty(windows: readonly Window[], reason: string): Promise<void> {
    for (const window of windows) {
      const fine = window.durationSeconds === BACKFILL_WINDOW_SECONDS ? fineWindows(window) : [window];
      this.#request.observer.added(fine.length - 1);
      for (const each of fine) {
        this.#stopIfCancelled();
        await this.#store(emptyResult(this.#cluster.id, each, 0, reason, [], this.#now()));
      }
    }
  }

  /** Resolves when the write before is done and this one has begun. */
  async #store(result: WindowResult): Promise<void> {
    await this.#write;
    this.#write = this.#deps.store.replaceWindow(result, this.#cluster.epoch).then(() => this.#stored(result));
    this.#write.catch(() => undefined);
  }

  #stored(result: WindowResult): void {
    this.#counts[result.entry.state] += 1;
    this.#rows += result.rows.length;
    this.#notices.push(...result.entry.notices);
    if (this.#notices.length > 200) this.#notices.splice(0, Infinity, ...distinctNotices(this.#notices));
    this.#request.observer.closed(result);
  }

  #now(): EpochSeconds {
    return this.#deps.clock.nowSeconds();
  }

  #stopIfCancelled(): void {
    if (this.#request.signal.aborted) throw new Failure('cancelled', 'The reading was stopped');
  }
}

function expectedWindow(expected: Window | undefined, reading: UsageReading): Window {
  const { startSeconds, durationSeconds } = reading.window;
  if (expected?.startSeconds === startSeconds && expected.durationSeconds === durationSeconds) return expected;
  throw new Failure(
    'bad-answer',
    `The metrics source answered a window that was not asked for: ${toIso(startSeconds)}`,
  );
}
