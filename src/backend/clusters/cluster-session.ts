import type { ClusterConnection, ConnectionSource, ConnectOptions } from '../../core/ports/cluster-source.ts';
import type { Lease } from '../../core/ports/leases.ts';
import type { ClusterIdentity, ClusterRecord } from '../../model/cluster.ts';
import type { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { asFailure } from '../failures.ts';
import type { ReadingProgress } from '../pipeline/reading-progress.ts';
import type { LoopJob } from '../scheduler/cluster-loop.ts';
import { nextRunAfter } from '../scheduler/next-run.ts';
import type { HeldLease } from '../store/lease-keeper.ts';
import { isSignInFailure } from '../sync/sign-in-renewal.ts';
import { ClusterReading } from './cluster-reading.ts';
import {
  askIdentity,
  askInventory,
  type LearntCluster,
  noteCoefficients,
  rememberCluster,
  rememberRun,
} from './reach.ts';
import type { ClusterDeps } from './session-deps.ts';
import { SourceStates } from './source-states.ts';
import { askAgainSeconds, knownRecord, refuseReadOnly } from './without-store.ts';

/** Tells the session that a cluster is its own; throws `conflict` where another context holds it. */
export type Claim = (clusterId: string) => void;
type NextRun = 'now' | { readonly atSeconds: EpochSeconds };

/** The reading of one context that is switched on: live windows each interval, history a piece at a time. */
export class ClusterSession implements LoopJob {
  readonly contextName: string;
  readonly sources = new SourceStates();
  readonly #deps: ClusterDeps;
  readonly #claim: Claim;
  readonly #reading: ClusterReading;
  #connection: ClusterConnection | null = null;
  #identity: ClusterIdentity | null = null;
  #failure: Failure | null = null;
  #heldBy: Lease | null = null;
  #lease: HeldLease | null = null;
  #mustReconnect = false;

  constructor(contextName: string, deps: ClusterDeps, claim: Claim) {
    this.contextName = contextName;
    this.#deps = deps;
    this.#claim = claim;
    this.#reading = new ClusterReading(contextName, deps, this.sources);
  }

  get progress(): ReadingProgress {
    return this.#reading.progress;
  }

  get clusterId(): string | null {
    return this.#identity?.id ?? this.#deps.stateOf(this.contextName).clusterId;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** Who collects this cluster in place of this session, and until when; null while it is ours. No failure. */
  get heldBy(): Lease | null {
    return this.#heldBy;
  }

  get lastReadingHadData(): boolean | null {
    return this.#reading.lastHadData;
  }

  /** How the sources that the connection found do; empty while there is none. */
  get connectionSources(): readonly ConnectionSource[] {
    return this.#connection?.sources?.() ?? [];
  }

  /** Resolves when history was read to its end, was stopped, failed for the first time, or can't be read now. */
  get historySettled(): Promise<void> {
    return this.#reading.historySettled;
  }

  /** Connects anew with the next run: the settings or the kubeconfig changed. */
  reconnect(): void {
    this.#mustReconnect = true;
  }

  /** Ends the reading of history; live reading goes on. */
  stopHistory(): Promise<void> {
    return this.#reading.stopHistory();
  }

  /** Reads history again from where it was stopped. */
  resumeHistory(): void {
    this.#reading.resumeHistory();
  }

  async run(signal: AbortSignal): Promise<NextRun> {
    this.#lease = null;
    try {
      return await this.#runOnce(signal);
    } catch (error) {
      const failure = asFailure(error);
      const again = await this.#againAfter(failure, signal);
      if (again !== null) return again;
      await this.#failed(failure, signal);
      throw error;
    }
  }

  async close(): Promise<void> {
    const { clusterId } = this;
    await this.#disconnect();
    this.#reading.rest();
    if (clusterId !== null) await this.#deps.leases.release(clusterId, this);
  }

  async #runOnce(signal: AbortSignal): Promise<NextRun> {
    const { store, clock, leases, locks, changes } = this.#deps;
    refuseReadOnly(store.status);
    const { connect, coefficients, currency } = await this.#deps.choicesOf(this.contextName);
    const connection = await this.#connected(connect);
    const identity = await this.#identified(connection, signal);
    const taken = store.isAway ? null : await leases.take(identity.id, this);
    if (taken?.kind === 'refused') return this.#standBack(taken.by);
    this.#heldBy = null;
    this.#lease = taken;
    this.#reading.begin();
    const inventory = await askInventory(connection, this.sources, clock, signal);
    this.progress.inventoryRead(inventory.nodes.length + inventory.pods.length);
    const learnt = { identity, contextName: this.contextName, inventory, currency };
    const hasMore = await locks.run(identity.id, async () => {
      const record = await this.#recorded(learnt, taken);
      const beganAtSeconds = record.createdAtSeconds;
      const epoch = taken?.epoch ?? 0;
      const cluster = { id: identity.id, connection, inventory, coefficients, currency, beganAtSeconds, epoch };
      const either = taken === null ? signal : AbortSignal.any([signal, taken.lost]);
      return this.#reading.readAll({ cluster, record, lease: taken, signal: either });
    });
    this.#failure = null;
    await noteCoefficients(connect, this.sources, clock, signal);
    if (taken !== null) await rememberRun(store, clock, identity.id, null);
    changes.publish({ kind: 'clusters', clusterId: identity.id });
    return hasMore ? 'now' : { atSeconds: nextRunAfter(clock.nowSeconds(), this.#deps.intervalSeconds) };
  }

  async #connected(options: ConnectOptions): Promise<ClusterConnection> {
    if (this.#mustReconnect) await this.#disconnect();
    if (this.#connection !== null) return this.#connection;
    try {
      this.#connection = await this.#deps.directory.connect(this.contextName, options);
      return this.#connection;
    } catch (error) {
      const failure = asFailure(error);
      this.sources.failed('kubernetes', failure, this.#deps.clock.nowSeconds());
      throw failure;
    }
  }

  async #identified(connection: ClusterConnection, signal: AbortSignal): Promise<ClusterIdentity> {
    if (this.#identity !== null) return this.#identity;
    const identity = await askIdentity(connection, this.sources, this.#deps.clock, signal);
    this.#claim(identity.id);
    const before = this.#deps.stateOf(this.contextName).clusterId;
    if (identity.id !== before) {
      this.#reading.startOver();
      if (before !== null) await this.#deps.leases.release(before, this);
    }
    this.#identity = identity;
    await this.#deps.remember(this.contextName, { clusterId: identity.id });
    return identity;
  }

  /** Another Podwatt collects this cluster: nothing is read until its lease has run out. */
  #standBack(by: Lease): NextRun {
    const { clock, changes } = this.#deps;
    this.#heldBy = by;
    this.#failure = null;
    this.#reading.rest();
    changes.publish({ kind: 'clusters', clusterId: by.clusterId });
    return { atSeconds: askAgainSeconds(by, clock.nowSeconds()) };
  }

  async #recorded(learnt: LearntCluster, lease: HeldLease | null): Promise<ClusterRecord> {
    const { store, clock, known } = this.#deps;
    const kept = known.get(learnt.identity.id);
    if (lease !== null) return rememberCluster(store, clock, learnt, kept?.record ?? null);
    return knownRecord(learnt, kept?.record ?? null, clock.nowSeconds());
  }

  /** The store went away, or the lease was lost: no failure of this cluster, it goes on another way. Null for others. */
  async #againAfter(failure: Failure, signal: AbortSignal): Promise<NextRun | null> {
    if (signal.aborted) return null;
    const { clock, leases } = this.#deps;
    const soon = { atSeconds: clock.nowSeconds() + 2 };
    if (failure.code === 'store-away') return soon;
    const { clusterId } = this;
    if (this.#lease === null || clusterId === null) return null;
    if (failure.code === 'cancelled' && this.#lease.lost.aborted) return soon;
    if (failure.code !== 'conflict') return null;
    return (await leases.confirm(clusterId, this.#lease.epoch).catch(() => false)) ? null : soon;
  }

  async #failed(failure: Failure, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.#failure = failure;
    this.#heldBy = null;
    this.#reading.failed(failure);
    const cause = failure.code === 'unexpected' ? { err: failure.cause } : {};
    this.#deps.log.warn({ context: this.contextName, code: failure.code, ...cause }, failure.message);
    const { clusterId } = this;
    if (isSignInFailure(failure)) this.#connection?.renew?.();
    // What failed only for usage is kept: the samples of kubelets that it remembers stand in before long.
    const isUsageOnly = this.sources.hasFailed('usage') && !this.sources.hasFailed('kubernetes');
    const isKept = isUsageOnly && this.#connection?.isWorthKeeping?.() === true;
    if (!isKept) await this.#disconnect();
    if (clusterId === null) return;
    const { leases, store, clock, changes } = this.#deps;
    if (leases.heldClusterIds.includes(clusterId)) {
      // The store may be what failed: then the error stays in memory only.
      await rememberRun(store, clock, clusterId, failure.message).catch(() => undefined);
      // Somebody else may reach what this session can't.
      await leases.release(clusterId, this);
    }
    changes.publish({ kind: 'clusters', clusterId });
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    this.#identity = null;
    this.#mustReconnect = false;
    await connection?.close().catch(() => undefined);
  }
}
