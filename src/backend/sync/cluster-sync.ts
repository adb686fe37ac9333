import type { ClusterConnection } from '../../core/ports/cluster-source.ts';
import type { ObjectFeed } from '../../core/ports/object-feed.ts';
import type { ClusterSyncState, MissingRight } from '../../core/ports/sync-desk.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import type { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { WindowResult } from '../../model/results.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { identify } from '../clusters/reach.ts';
import { asFailure } from '../failures.ts';
import type { LoopJob } from '../scheduler/cluster-loop.ts';
import type { HeldLease } from '../store/lease-keeper.ts';
import { ClusterRow } from './cluster-row.ts';
import { isSignInFailure, SignInRenewal } from './sign-in-renewal.ts';
import { type SyncDeps, WRITE_PAUSE_SECONDS } from './sync-deps.ts';
import { SyncSession } from './sync-session.ts';

type Next = 'now' | { readonly atSeconds: EpochSeconds };

/** How long the first writing waits for resources that fail: then what is there is written. */
const FIRST_WRITE_SECONDS = 60;
const ASK_AGAIN_SECONDS = 60;
/** A paused cluster, or one without an API server, is looked at again so often; a resume wakes it at once. */
const REST_SECONDS = 3_600;

/** Changes of specs are told together. */
const SPEC_CHANGE_SECONDS = 1;

type Rest = 'paused' | 'removed' | 'held elsewhere' | 'nothing to follow';

interface Counts {
  rowsWritten: number;
  writes: number;
  windows: number;
}

/** The sync of one context: it connects, follows, writes each 30 s, and begins anew when something breaks. */
export class ClusterSync implements LoopJob {
  readonly contextName: string;
  readonly counts: Counts = { rowsWritten: 0, writes: 0, windows: 0 };
  readonly #deps: SyncDeps;
  #identity: ClusterIdentity | null = null;
  #session: SyncSession | null = null;
  #lease: HeldLease | null = null;
  readonly #row: ClusterRow;
  /** Its row was seen, or made, since it was connected to. */
  #isMet = false;
  #failure: Failure | null = null;
  #unreachableSince: EpochSeconds | null = null;
  #lastRunAt: EpochSeconds | null = null;
  #lastSyncAt: EpochSeconds | null = null;
  #rest: Rest | null = null;
  #again = new AbortController();
  #connection: ClusterConnection | null = null;
  readonly #renewal = new SignInRenewal();
  /** Writings and metrics of one cluster go one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Told (at most once a second) that specs of workloads changed. */
  readonly #onSpecChange: (clusterId: string) => void;

  constructor(contextName: string, deps: SyncDeps, onSpecChange: (clusterId: string) => void) {
    this.contextName = contextName;
    this.#deps = deps;
    this.#row = new ClusterRow(contextName, deps);
    this.#onSpecChange = onSpecChange;
  }

  get clusterId(): string | null {
    return this.#identity?.id ?? null;
  }

  get failure(): Failure | null {
    return this.#failure ?? this.#session?.following.failure ?? null;
  }

  get isPaused(): boolean {
    return this.#rest === 'paused';
  }

  get missingRights(): readonly MissingRight[] {
    return this.#session?.missingRights ?? [];
  }

  get inventory(): Inventory | null {
    return this.#session?.inventory() ?? null;
  }

  get layout(): ClusterLayout | null {
    return this.#session?.layout() ?? null;
  }

  get state(): ClusterSyncState | null {
    if (this.#identity === null) return null;
    const state = this.#rest ?? this.#session?.following.state ?? (this.#failure === null ? 'connecting' : 'waiting');
    const lastError = this.failure?.message ?? null;
    return { clusterId: this.#identity.id, state, lastRunAtSeconds: this.#lastRunAt, lastError };
  }

  /** Ends the round under way: the next one connects anew and lists everything. */
  restart(): void {
    this.#again.abort();
  }

  /** A window of this cluster was stored: its figures become metrics. */
  async windowClosed(result: WindowResult): Promise<void> {
    const session = this.#session;
    const lease = this.#lease;
    if (session === null || lease === null || !session.following.isSettled || this.#deps.store.isAway) return;
    await this.#inTurn(async () => {
      if (this.#session !== session) return;
      this.counts.rowsWritten += await session.metered(result, lease.epoch);
      this.counts.windows += 1;
    }).catch((error: unknown) => this.#noteStore(asFailure(error)));
  }

  async run(signal: AbortSignal): Promise<Next> {
    this.#again = new AbortController();
    this.#rest = null;
    const stop = AbortSignal.any([signal, this.#again.signal]);
    try {
      if (!(await this.#deps.directory.hasFeed(this.contextName))) {
        return this.#resting('nothing to follow', REST_SECONDS);
      }
      const connection = await this.#connect();
      this.#connection = connection;
      const next = await this.#runOn(connection, stop);
      return this.#again.signal.aborted && !signal.aborted ? 'now' : next;
    } catch (error) {
      if (signal.aborted) throw error;
      if (this.#again.signal.aborted) return 'now';
      const failure = asFailure(error);
      await this.#failed(failure);
      if (this.#isRenewed(failure)) return 'now';
      throw error;
    } finally {
      const connection = this.#connection;
      this.#connection = null;
      this.#session = null;
      this.#lease = null;
      await this.#turn.catch(() => undefined);
      await connection?.close().catch(() => undefined);
      if (this.clusterId !== null) await this.#deps.leases.release(this.clusterId, this);
    }
  }

  async #connect(): Promise<ClusterConnection> {
    const { connect } = await this.#deps.choicesOf(this.contextName);
    return this.#deps.directory.connect(this.contextName, connect);
  }

  async #runOn(connection: ClusterConnection, signal: AbortSignal): Promise<Next> {
    const feed = connection.feed?.();
    if (feed === undefined) return this.#resting('nothing to follow', REST_SECONDS);
    const identity = await identify(connection, signal);
    this.#identity = identity;
    this.#unreachableSince = null;
    const entry = await this.#row.met(identity);
    if (entry?.status === 'paused') return this.#resting('paused', REST_SECONDS);
    if (!(await this.#leased(identity.id))) return this.#resting('held elsewhere', ASK_AGAIN_SECONDS);
    this.#failure = null;
    return this.#follow(identity, feed, entry !== null, signal);
  }

  async #follow(identity: ClusterIdentity, feed: ObjectFeed, isMet: boolean, signal: AbortSignal): Promise<Next> {
    this.#isMet = isMet;
    const session = new SyncSession(this.contextName, identity, this.#deps, (failure) => {
      if (this.#isRenewed(failure)) this.restart();
    });
    this.#session = session;
    const end = new AbortController();
    const within = AbortSignal.any([signal, end.signal]);
    const following = session.follow(feed, within);
    void this.#tellSpecChanges(session, within);
    try {
      return await Promise.race([this.#ticks(session, within), following.then(() => 'now' as const)]);
    } finally {
      end.abort();
      await following;
    }
  }

  /** The first word comes with the first whole list: what changed while nobody watched is seen then. */
  async #tellSpecChanges(session: SyncSession, signal: AbortSignal): Promise<void> {
    const { timers } = this.#deps;
    let told: number | null = null;
    while (!signal.aborted) {
      const { cache, following } = session;
      if (following.isSettled && cache.specChanges !== told) {
        told = cache.specChanges;
        this.#onSpecChange(session.identity.id);
      }
      await timers.wait(SPEC_CHANGE_SECONDS * 1000, signal);
    }
  }

  async #ticks(session: SyncSession, signal: AbortSignal): Promise<Next> {
    const { timers } = this.#deps;
    const first = new AbortController();
    void session.following.settled.then(() => first.abort());
    await timers.wait(FIRST_WRITE_SECONDS * 1000, AbortSignal.any([signal, first.signal]));
    while (!signal.aborted) {
      const next = await this.#tick(session, signal);
      if (next !== null) return next;
      await timers.wait(WRITE_PAUSE_SECONDS * 1000, signal);
    }
    return 'now';
  }

  /** Null: it goes on. */
  async #tick(session: SyncSession, signal: AbortSignal): Promise<Next | null> {
    if (this.#deps.store.isAway) return null;
    try {
      if (this.#lease === null || this.#lease.lost.aborted) {
        this.#lease = null;
        if (!(await this.#leased(session.identity.id))) return this.#resting('held elsewhere', ASK_AGAIN_SECONDS);
      }
      return await this.#inTurn(() => this.#write(session, signal));
    } catch (error) {
      const failure = asFailure(error);
      this.#noteStore(failure);
      // Another one has taken over: the lease has to be asked for again.
      if (failure.code === 'conflict') this.#lease = null;
      return null;
    } finally {
      if (session.following.isWhole) this.#renewal.over();
      else if (this.#isRenewed(session.following.failure)) this.restart();
    }
  }

  /** A refused sign-in, and it is time to try it with what is read anew: the next connection does. */
  #isRenewed(failure: Failure | null): boolean {
    if (!isSignInFailure(failure)) return false;
    if (!this.#renewal.isDue(this.#deps.clock.nowSeconds())) return false;
    this.#connection?.renew?.();
    return true;
  }

  async #write(session: SyncSession, signal: AbortSignal): Promise<Next | null> {
    const { clock, changes, store } = this.#deps;
    const epoch = this.#lease?.epoch;
    if (epoch === undefined || signal.aborted) return null;
    const { identity } = session;
    const entry = await (this.#isMet ? store.clusterEntry(identity.id) : this.#row.met(identity));
    // It was there and is not any more: somebody removed it. Only who begins anew makes it anew.
    if (entry === null) return this.#isMet ? this.#resting('removed', REST_SECONDS) : null;
    this.#isMet = true;
    if (entry.status === 'paused') return this.#resting('paused', REST_SECONDS);
    // Where nothing at all was listed, the objects of before stay as they were.
    if (session.cache.nodes.size > 0 || session.cache.pods.size > 0 || session.following.isSettled) {
      this.counts.rowsWritten += await session.write(epoch, signal);
      this.counts.writes += 1;
      this.#lastSyncAt = session.following.lastWholeAtSeconds ?? this.#lastSyncAt;
      this.#lastRunAt = clock.nowSeconds();
    }
    if (!(await this.#row.record(session, this.#lastSyncAt, signal))) return null;
    this.#failure = null;
    changes.publish({ kind: 'clusters', clusterId: identity.id });
    return null;
  }

  /** False where another Podwatt has this cluster. While the store is away the cluster is followed without one. */
  async #leased(clusterId: string): Promise<boolean> {
    if (this.#deps.store.isAway) return true;
    const taken = await this.#deps.leases.take(clusterId, this);
    if (taken.kind === 'refused') return false;
    this.#lease = taken;
    return true;
  }

  #resting(why: Rest, seconds: number): Next {
    this.#rest = why;
    this.#failure = null;
    return { atSeconds: this.#deps.clock.nowSeconds() + seconds };
  }

  /** The cluster could not be reached at all: its health goes on being judged. */
  async #failed(failure: Failure): Promise<void> {
    const { store, clock, log, changes } = this.#deps;
    const isNews = this.#failure?.message !== failure.message;
    this.#failure = failure;
    const nowSeconds = clock.nowSeconds();
    this.#unreachableSince ??= nowSeconds;
    if (isNews) log.warn({ context: this.contextName, code: failure.code }, failure.message);
    const { clusterId } = this;
    if (clusterId === null || store.isAway) return;
    await this.#row.judgeUnreached(clusterId, failure, this.#unreachableSince).catch(() => undefined);
    changes.publish({ kind: 'clusters', clusterId });
  }

  #noteStore(failure: Failure): void {
    if (failure.code === 'store-away' || failure.code === 'cancelled') return;
    const isNews = this.#failure?.message !== failure.message;
    this.#failure = failure;
    const cause = failure.code === 'unexpected' ? { err: failure.cause } : {};
    if (isNews) this.#deps.log.warn({ context: this.contextName, code: failure.code, ...cause }, failure.message);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.catch(() => undefined).then(work);
    this.#turn = mine;
    return mine;
  }
}
