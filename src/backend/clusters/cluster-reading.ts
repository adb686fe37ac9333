import type { ClusterRecord } from '../../model/cluster.ts';
import type { Failure } from '../../model/failure.ts';
import type { LedgerEntry, WindowResult } from '../../model/results.ts';
import { type EpochSeconds, type TimeRange, windowEndSeconds } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import { collect, type ReachedCluster } from '../pipeline/collect.ts';
import type { CollectObserver, CollectOutcome } from '../pipeline/observer.ts';
import type { Step } from '../pipeline/plan-windows.ts';
import { ReadingProgress } from '../pipeline/reading-progress.ts';
import type { HeldLease } from '../store/lease-keeper.ts';
import { awayDesk, liveDesk, noticeOfRefused, storeDesk, tolerantDesk, type WindowDesk } from '../store/window-desk.ts';
import { liveRange, planHistory } from './history-plan.ts';
import type { ClusterDeps } from './session-deps.ts';
import type { SourceStates } from './source-states.ts';
import { HISTORY_WAITS } from './without-store.ts';

/** A cluster to read, and where its windows go: with a lease to the store, without one (the store is away) they wait. */
export interface Turn {
  readonly cluster: ReachedCluster;
  readonly record: ClusterRecord;
  readonly lease: HeldLease | null;
  readonly signal: AbortSignal;
}

/** What was read of one cluster and what comes next: live windows each turn, history a piece at a time. */
export class ClusterReading {
  readonly progress: ReadingProgress;
  readonly #contextName: string;
  readonly #deps: ClusterDeps;
  readonly #sources: SourceStates;
  /** The lease under which `closedUntilSeconds` was learnt from the store's ledger; null: it has to be learnt anew. */
  #plannedUnder: number | null = null;
  #lastHadData: boolean | null = null;
  #closedUntilSeconds: EpochSeconds = 0;
  #historyDone = false;
  /** Windows that the store will not have; they are not read again. */
  readonly #refused = new Map<EpochSeconds, LedgerEntry>();
  #history = new AbortController();
  #firstHistory = Promise.withResolvers<void>();

  constructor(contextName: string, deps: ClusterDeps, sources: SourceStates) {
    this.#contextName = contextName;
    this.#deps = deps;
    this.#sources = sources;
    this.progress = new ReadingProgress(deps.timers);
  }

  /** Null before the first window. */
  get lastHadData(): boolean | null {
    return this.#lastHadData;
  }

  /** Resolves when history was read to its end, was stopped, failed for the first time, or can't be read now. */
  get historySettled(): Promise<void> {
    return this.#firstHistory.promise;
  }

  /** Ends the reading of history; live reading goes on. */
  async stopHistory(): Promise<void> {
    this.#history.abort();
    await this.#deps.remember(this.#contextName, { historyStopped: true });
    this.#historyDone = true;
    this.rest();
  }

  /** Reads history again from where it was stopped. */
  resumeHistory(): void {
    this.#history = new AbortController();
    this.#historyDone = false;
  }

  /** A turn begins: history that is not read to its end shows as running. */
  begin(): void {
    if (!this.#historyDone && !this.progress.isRunning && !this.#isHistoryStopped()) this.progress.started();
  }

  /** Nothing is read for now. */
  rest(): void {
    this.#plannedUnder = null;
    this.progress.stopped();
    this.#firstHistory.resolve();
  }

  failed(failure: Failure): void {
    this.progress.failed(failure);
    this.#firstHistory.resolve();
  }

  /** Another cluster than before answers to this context (or none was known). */
  startOver(): void {
    this.#closedUntilSeconds = 0;
    this.#plannedUnder = null;
    this.#historyDone = false;
    this.#lastHadData = null;
    this.#refused.clear();
  }

  /** Live windows first, then a piece of history; answers whether more history is left. */
  async readAll(turn: Turn): Promise<boolean> {
    const { cluster, lease, signal } = turn;
    if (lease === null) await this.#readLive(turn, awayDesk(this.#deps.spool));
    else {
      await this.#deps.delivery.deliver(cluster.id, lease.epoch, signal);
      await this.#readLive(turn, this.#tolerant(liveDesk(this.#deps)));
      // The store went away during the live part: history waits.
      if (!this.#deps.store.isAway) return this.#historyPiece(cluster, signal);
    }
    this.progress.waiting(HISTORY_WAITS);
    this.#firstHistory.resolve();
    return false;
  }

  async #readLive({ cluster, record, lease, signal }: Turn, desk: WindowDesk): Promise<void> {
    const { clock, known } = this.#deps;
    if (lease === null) this.#closedUntilSeconds ||= known.get(cluster.id)?.closedUntilSeconds ?? 0;
    else if (this.#plannedUnder !== lease.epoch) this.#closedUntilSeconds = 0;
    this.#plannedUnder = null;
    const live = liveRange(cluster.beganAtSeconds, this.#closedUntilSeconds, clock.nowSeconds());
    const outcome = await this.#collect(cluster, live, 'live', desk, signal);
    this.#closedUntilSeconds = live.endSeconds;
    this.#plannedUnder = lease?.epoch ?? null;
    await known.put(record, live.endSeconds);
    const closed = outcome.whole + outcome.partial + outcome.noData;
    if (closed > 0) this.#lastHadData = outcome.whole + outcome.partial > 0;
  }

  async #historyPiece(cluster: ReachedCluster, signal: AbortSignal): Promise<boolean> {
    if (this.#historyDone || this.#isHistoryStopped()) return this.#settleHistory();
    const { backfillSeconds } = this.#deps.stateOf(this.#contextName);
    this.progress.waiting(null);
    const desk = this.#tolerant(storeDesk(this.#deps));
    const plan = await planHistory(desk, cluster.id, cluster.beganAtSeconds, backfillSeconds);
    const [piece] = plan.pieces;
    if (piece === undefined) return this.#settleHistory();
    const { windowsDone, windowsTotal } = this.progress.latest.value;
    this.progress.planned(windowsDone + plan.windowCount - windowsTotal);
    const either = AbortSignal.any([signal, this.#history.signal]);
    try {
      await this.#collect(cluster, piece, 'history', desk, either);
    } catch (error) {
      if (this.#history.signal.aborted && !signal.aborted) return false;
      throw error;
    }
    return plan.pieces.length > 1 || this.#settleHistory();
  }

  #settleHistory(): false {
    this.#historyDone = true;
    this.progress.finished();
    this.#firstHistory.resolve();
    return false;
  }

  async #collect(
    cluster: ReachedCluster,
    range: TimeRange,
    step: Step,
    store: WindowDesk,
    signal: AbortSignal,
  ): Promise<CollectOutcome> {
    const { clock } = this.#deps;
    try {
      const request = { range, step, signal, observer: this.#observer(step) };
      const outcome = await collect(cluster, request, { store, clock });
      const detail = 'Usage of nodes and pods';
      if (outcome.whole + outcome.partial + outcome.noData > 0) {
        const notices = [...outcome.notices, ...noticeOfRefused(this.#refused)];
        this.#sources.answered('usage', notices, detail, clock.nowSeconds());
      }
      return outcome;
    } catch (error) {
      const failure = asFailure(error);
      if (!NOT_OF_THE_METRICS.has(failure.code)) this.#sources.failed('usage', failure, clock.nowSeconds());
      throw failure;
    }
  }

  #tolerant(desk: WindowDesk): WindowDesk {
    return tolerantDesk(desk, this.#refused, this.#deps.leases);
  }

  #observer(step: Step): CollectObserver {
    const isHistory = step === 'history';
    return {
      planned: () => undefined,
      added: (count) => {
        if (isHistory) this.progress.added(count);
      },
      closed: (result) => {
        if (isHistory) this.progress.closed(result);
        this.#published(result);
      },
    };
  }

  #published(result: WindowResult): void {
    const { clusterId, window } = result.entry;
    const range = { startSeconds: window.startSeconds, endSeconds: windowEndSeconds(window) };
    this.#deps.changes.publish({ kind: 'windows', clusterId, range });
  }

  #isHistoryStopped(): boolean {
    return this.#deps.stateOf(this.#contextName).historyStopped;
  }
}

/** Failures of a reading that say nothing of the metrics source. */
const NOT_OF_THE_METRICS: ReadonlySet<Failure['code']> = new Set(['cancelled', 'store', 'store-away', 'conflict']);
