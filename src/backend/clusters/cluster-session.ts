import type { ClusterConnection, ConnectOptions } from '../../core/ports/cluster-source.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { WindowResult } from '../../model/results.ts';
import { type EpochSeconds, type TimeRange, windowEndSeconds } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import { collect, type ReachedCluster } from '../pipeline/collect.ts';
import type { CollectObserver, CollectOutcome } from '../pipeline/observer.ts';
import type { Step } from '../pipeline/plan-windows.ts';
import { ReadingProgress } from '../pipeline/reading-progress.ts';
import type { LoopJob } from '../scheduler/cluster-loop.ts';
import { nextRunAfter } from '../scheduler/next-run.ts';
import { liveRange, planHistory } from './history-plan.ts';
import { askKubernetes, rememberCluster, rememberRun } from './reach.ts';
import type { ClusterDeps } from './session-deps.ts';
import { SourceStates } from './source-states.ts';

/** Tells the session that a cluster is its own; throws `conflict` where another context holds it. */
export type Claim = (clusterId: string) => void;

/** The reading of one context that is switched on: live windows each interval, history a piece at a time. */
export class ClusterSession implements LoopJob {
  readonly contextName: string;
  readonly sources = new SourceStates();
  readonly progress: ReadingProgress;
  readonly #deps: ClusterDeps;
  readonly #claim: Claim;
  #connection: ClusterConnection | null = null;
  #identity: ClusterIdentity | null = null;
  #failure: Failure | null = null;
  #lastReadingHadData: boolean | null = null;
  #closedUntilSeconds: EpochSeconds = 0;
  #historyDone = false;
  #history = new AbortController();
  #mustReconnect = false;
  #firstHistory = Promise.withResolvers<void>();

  constructor(contextName: string, deps: ClusterDeps, claim: Claim) {
    this.contextName = contextName;
    this.#deps = deps;
    this.#claim = claim;
    this.progress = new ReadingProgress(deps.timers);
  }

  get clusterId(): string | null {
    return this.#identity?.id ?? this.#deps.stateOf(this.contextName).clusterId;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get lastReadingHadData(): boolean | null {
    return this.#lastReadingHadData;
  }

  /** Resolves when history was read to its end, was stopped, or failed for the first time. */
  get historySettled(): Promise<void> {
    return this.#firstHistory.promise;
  }

  /** Connects anew with the next run: the settings or the kubeconfig changed. */
  reconnect(): void {
    this.#mustReconnect = true;
  }

  /** Ends the reading of history; live reading goes on. */
  async stopHistory(): Promise<void> {
    this.#history.abort();
    await this.#deps.remember(this.contextName, { historyStopped: true });
    this.#historyDone = true;
    this.progress.stopped();
    this.#firstHistory.resolve();
  }

  /** Reads history again from where it was stopped. */
  resumeHistory(): void {
    this.#history = new AbortController();
    this.#historyDone = false;
  }

  async run(signal: AbortSignal): Promise<'now' | { readonly atSeconds: EpochSeconds }> {
    try {
      const { cluster, currency } = await this.#reach(signal);
      const hasMore = await this.#deps.locks.run(cluster.id, () => this.#readAll(cluster, currency, signal));
      this.#failure = null;
      await rememberRun(this.#deps.store, this.#deps.clock, cluster.id, null);
      this.#deps.changes.publish({ kind: 'clusters', clusterId: cluster.id });
      return hasMore ? 'now' : { atSeconds: nextRunAfter(this.#deps.clock.nowSeconds(), this.#deps.intervalSeconds) };
    } catch (error) {
      await this.#failed(asFailure(error), signal);
      throw error;
    }
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close().catch(() => undefined);
    this.progress.stopped();
    this.#firstHistory.resolve();
  }

  async #reach(signal: AbortSignal): Promise<{ cluster: Omit<ReachedCluster, 'beganAtSeconds'>; currency: string }> {
    const choices = await this.#deps.choicesOf(this.contextName);
    if (this.#mustReconnect) await this.#disconnect();
    this.#connection ??= await this.#connect(choices.connect);
    if (!this.#historyDone && !this.progress.isRunning && !this.#isHistoryStopped()) this.progress.started();
    const { clock } = this.#deps;
    const known = this.#identity;
    const { identity, inventory } = await askKubernetes(this.#connection, known, this.sources, clock, signal);
    if (known === null) {
      this.#claim(identity.id);
      if (identity.id !== this.#deps.stateOf(this.contextName).clusterId) this.#startOver();
      this.#identity = identity;
      await this.#deps.remember(this.contextName, { clusterId: identity.id });
    }
    this.progress.inventoryRead(inventory.nodes.length + inventory.pods.length);
    const { coefficients, currency } = choices;
    const cluster = { id: identity.id, connection: this.#connection, inventory, coefficients, epoch: this.#deps.epoch };
    return { cluster, currency };
  }

  async #connect(options: ConnectOptions): Promise<ClusterConnection> {
    try {
      return await this.#deps.directory.connect(this.contextName, options);
    } catch (error) {
      const failure = asFailure(error);
      this.sources.failed('kubernetes', failure, this.#deps.clock.nowSeconds());
      throw failure;
    }
  }

  /** Live windows first, then a piece of history; answers whether more history is left. */
  async #readAll(
    reached: Omit<ReachedCluster, 'beganAtSeconds'>,
    currency: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const beganAtSeconds = await this.#began(reached.inventory, currency);
    const cluster = { ...reached, beganAtSeconds };
    const live = liveRange(beganAtSeconds, this.#closedUntilSeconds, this.#deps.clock.nowSeconds());
    const outcome = await this.#collect(cluster, live, 'live', signal);
    this.#closedUntilSeconds = live.endSeconds;
    const closed = outcome.whole + outcome.partial + outcome.noData;
    if (closed > 0) this.#lastReadingHadData = outcome.whole + outcome.partial > 0;
    return this.#historyPiece(cluster, signal);
  }

  async #began(inventory: Inventory, currency: string): Promise<EpochSeconds> {
    if (this.#identity === null) throw new Failure('unexpected', 'The cluster has no identity yet');
    const { store, clock } = this.#deps;
    const learnt = { identity: this.#identity, contextName: this.contextName, inventory, currency };
    return (await rememberCluster(store, clock, learnt)).createdAtSeconds;
  }

  async #historyPiece(cluster: ReachedCluster, signal: AbortSignal): Promise<boolean> {
    if (this.#historyDone || this.#isHistoryStopped()) return this.#settleHistory();
    const { backfillSeconds } = this.#deps.stateOf(this.contextName);
    const plan = await planHistory(this.#deps.store, cluster.id, cluster.beganAtSeconds, backfillSeconds);
    const [piece] = plan.pieces;
    if (piece === undefined) return this.#settleHistory();
    const { windowsDone, windowsTotal } = this.progress.latest.value;
    this.progress.planned(windowsDone + plan.windowCount - windowsTotal);
    const either = AbortSignal.any([signal, this.#history.signal]);
    try {
      await this.#collect(cluster, piece, 'history', either);
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

  async #collect(cluster: ReachedCluster, range: TimeRange, step: Step, signal: AbortSignal): Promise<CollectOutcome> {
    const { clock } = this.#deps;
    try {
      const outcome = await collect(cluster, { range, step, signal, observer: this.#observer(step) }, this.#deps);
      const detail = 'Usage of nodes and pods';
      if (outcome.whole + outcome.partial + outcome.noData > 0) {
        this.sources.answered('usage', outcome.notices, detail, clock.nowSeconds());
      }
      return outcome;
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code !== 'cancelled' && failure.code !== 'store')
        this.sources.failed('usage', failure, clock.nowSeconds());
      throw failure;
    }
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

  async #failed(failure: Failure, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.#failure = failure;
    this.progress.failed(failure);
    this.#firstHistory.resolve();
    const cause = failure.code === 'unexpected' ? { err: failure.cause } : {};
    this.#deps.log.warn({ context: this.contextName, code: failure.code, ...cause }, failure.message);
    await this.#disconnect();
    const clusterId = this.clusterId;
    if (clusterId === null) return;
    // The store may be what failed: then the error stays in memory only.
    await rememberRun(this.#deps.store, this.#deps.clock, clusterId, failure.message).catch(() => undefined);
    this.#deps.changes.publish({ kind: 'clusters', clusterId });
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    this.#identity = null;
    this.#mustReconnect = false;
    await connection?.close().catch(() => undefined);
  }

  /** Another cluster than before answers to this context (or none was known). */
  #startOver(): void {
    this.#closedUntilSeconds = 0;
    this.#historyDone = false;
    this.#lastReadingHadData = null;
  }

  #isHistoryStopped(): boolean {
    return this.#deps.stateOf(this.contextName).historyStopped;
  }
}
