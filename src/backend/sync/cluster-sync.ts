import { clusterHealth, isHealthChange } from '../../core/health/cluster-health.ts';
import type { ClusterConnection } from '../../core/ports/cluster-source.ts';
import type { ObjectFeed } from '../../core/ports/object-feed.ts';
import type { ClusterSyncState } from '../../core/ports/sync-desk.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import type { Failure } from '../../model/failure.ts';
import type { Inventory, Notice } from '../../model/inventory.ts';
import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';
import type { ClusterHealth } from '../../model/kubernetes/health.ts';
import type { WindowResult } from '../../model/results.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { identify } from '../clusters/reach.ts';
import { asFailure } from '../failures.ts';
import type { LoopJob } from '../scheduler/cluster-loop.ts';
import type { HeldLease } from '../store/lease-keeper.ts';
import { newEntry, updatedEntry } from './cluster-entries.ts';
import { SYNC_INTERVAL_SECONDS, type SyncDeps } from './sync-deps.ts';
import { SyncSession } from './sync-session.ts';

type Next = 'now' | { readonly atSeconds: EpochSeconds };

/** How long the first writing waits for resources that fail: then what is there is written. */
const FIRST_WRITE_SECONDS = 60;
const ASK_AGAIN_SECONDS = 60;
/** A paused cluster, or one without an API server, is looked at again so often; a resume wakes it at once. */
const REST_SECONDS = 3_600;
/** Sign-ins that fail for so long are tried with a fresh connection: certificates and plugins are read anew. */
const RECONNECT_SECONDS = 120;

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
  #health: ClusterHealth | null = null;
  #failure: Failure | null = null;
  #unreachableSince: EpochSeconds | null = null;
  #lastRunAt: EpochSeconds | null = null;
  #lastSyncAt: EpochSeconds | null = null;
  #rest: 'paused' | 'held elsewhere' | 'nothing to follow' | null = null;
  #again = new AbortController();
  /** Writings and metrics of one cluster go one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(contextName: string, deps: SyncDeps) {
    this.contextName = contextName;
    this.#deps = deps;
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

  get notices(): readonly Notice[] {
    return this.#session?.notices ?? [];
  }

  get inventory(): Inventory | null {
    return this.#session?.inventory() ?? null;
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
      this.counts.rowsWritten += await session.metered(result, lease.epoch);
      this.counts.windows += 1;
    }).catch((error: unknown) => this.#noteStore(asFailure(error)));
  }

  async run(signal: AbortSignal): Promise<Next> {
    this.#again = new AbortController();
    this.#rest = null;
    const stop = AbortSignal.any([signal, this.#again.signal]);
    let connection: ClusterConnection | null = null;
    try {
      if (!(await this.#deps.directory.hasFeed(this.contextName))) {
        return this.#resting('nothing to follow', REST_SECONDS);
      }
      connection = await this.#connect();
      const next = await this.#runOn(connection, stop);
      return this.#again.signal.aborted && !signal.aborted ? 'now' : next;
    } catch (error) {
      if (signal.aborted) throw error;
      if (this.#again.signal.aborted) return 'now';
      await this.#failed(asFailure(error));
      throw error;
    } finally {
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
    const entry = await this.#entry(identity);
    if (entry?.status === 'paused') return this.#resting('paused', REST_SECONDS);
    if (!(await this.#leased(identity.id))) return this.#resting('held elsewhere', ASK_AGAIN_SECONDS);
    this.#failure = null;
    return this.#follow(identity, feed, signal);
  }

  async #follow(identity: ClusterIdentity, feed: ObjectFeed, signal: AbortSignal): Promise<Next> {
    const session = new SyncSession(this.contextName, identity, this.#deps);
    this.#session = session;
    const end = new AbortController();
    const within = AbortSignal.any([signal, end.signal]);
    const following = session.follow(feed, within);
    try {
      return await Promise.race([this.#ticks(session, within), following.then(() => 'now' as const)]);
    } finally {
      end.abort();
      await following;
    }
  }

  async #ticks(session: SyncSession, signal: AbortSignal): Promise<Next> {
    const { timers, clock } = this.#deps;
    const beganAt = clock.nowSeconds();
    const first = new AbortController();
    void session.following.settled.then(() => first.abort());
    await timers.wait(FIRST_WRITE_SECONDS * 1000, AbortSignal.any([signal, first.signal]));
    while (!signal.aborted) {
      const next = await this.#tick(session, beganAt);
      if (next !== null) return next;
      await timers.wait(SYNC_INTERVAL_SECONDS * 1000, signal);
    }
    return 'now';
  }

  /** Null: it goes on. */
  async #tick(session: SyncSession, beganAt: EpochSeconds): Promise<Next | null> {
    const { store, clock } = this.#deps;
    if (store.isAway) return null;
    const nowSeconds = clock.nowSeconds();
    try {
      if (this.#lease === null || this.#lease.lost.aborted) {
        this.#lease = null;
        if (!(await this.#leased(session.identity.id))) return this.#resting('held elsewhere', ASK_AGAIN_SECONDS);
      }
      return await this.#inTurn(() => this.#write(session));
    } catch (error) {
      const failure = asFailure(error);
      this.#noteStore(failure);
      // Another one has taken over: the lease has to be asked for again.
      if (failure.code === 'conflict') this.#lease = null;
      return null;
    } finally {
      const since = session.following.cutOffSinceSeconds ?? nowSeconds;
      const isSignIn = ['unauthenticated', 'tls', 'exec-plugin'].includes(session.following.failure?.code ?? '');
      if (isSignIn && nowSeconds - Math.max(since, beganAt) >= RECONNECT_SECONDS) this.restart();
    }
  }

  async #write(session: SyncSession): Promise<Next | null> {
    const { clock, changes } = this.#deps;
    const epoch = this.#lease?.epoch;
    if (epoch === undefined) return null;
    const entry = await this.#entry(session.identity);
    if (entry === null) return null;
    if (entry.status === 'paused') return this.#resting('paused', REST_SECONDS);
    // Where nothing at all was listed, the objects of before stay as they were.
    if (session.cache.nodes.size > 0 || session.cache.pods.size > 0 || session.following.isSettled) {
      this.counts.rowsWritten += await session.write(epoch);
      this.counts.writes += 1;
      this.#lastSyncAt = session.following.lastWholeAtSeconds ?? this.#lastSyncAt;
      this.#lastRunAt = clock.nowSeconds();
    }
    await this.#record(entry, session);
    this.#failure = null;
    changes.publish({ kind: 'clusters', clusterId: session.identity.id });
    return null;
  }

  async #record(entry: ClusterEntry, session: SyncSession): Promise<void> {
    const { store, clock } = this.#deps;
    const lastSyncAtSeconds = this.#lastSyncAt ?? entry.lastSyncAtSeconds;
    const health = session.health(lastSyncAtSeconds);
    const lastError = session.following.failure?.message ?? null;
    const found = {
      identity: session.identity,
      health,
      lastSyncAtSeconds: this.#lastSyncAt,
      lastError,
      provider: session.provider(),
      nowSeconds: clock.nowSeconds(),
    };
    await store.putClusterEntry(updatedEntry(entry, session.cache, found));
    await this.#noteHealth(session.identity.id, health);
  }

  async #noteHealth(clusterId: string, health: ClusterHealth): Promise<void> {
    const { store, clock } = this.#deps;
    const atSeconds = clock.nowSeconds();
    if (this.#health === null) {
      const range = { startSeconds: 0, endSeconds: atSeconds + 1 };
      this.#health = (await store.healthHistory(clusterId, range, 1))[0] ?? null;
    }
    if (!isHealthChange(this.#health, health)) return;
    await store.addHealthChange({ ...health, clusterId, atSeconds });
    this.#health = health;
  }

  /** The cluster's row, made where there is none; null while the store is away. */
  async #entry(identity: ClusterIdentity): Promise<ClusterEntry | null> {
    const { store, clock } = this.#deps;
    if (store.isAway) return null;
    const known = await store.clusterEntry(identity.id);
    if (known !== null) return known;
    const { currency } = await this.#deps.choicesOf(this.contextName);
    const entry = newEntry(identity, this.contextName, currency, clock.nowSeconds());
    await store.putClusterEntry(entry);
    return entry;
  }

  /** False where another Podwatt has this cluster. While the store is away the cluster is followed without one. */
  async #leased(clusterId: string): Promise<boolean> {
    if (this.#deps.store.isAway) return true;
    const taken = await this.#deps.leases.take(clusterId, this);
    if (taken.kind === 'refused') return false;
    this.#lease = taken;
    return true;
  }

  #resting(why: 'paused' | 'held elsewhere' | 'nothing to follow', seconds: number): Next {
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
    await this.#judgeUnreached(clusterId, failure).catch(() => undefined);
    changes.publish({ kind: 'clusters', clusterId });
  }

  async #judgeUnreached(clusterId: string, failure: Failure): Promise<void> {
    const { store, clock } = this.#deps;
    const entry = await store.clusterEntry(clusterId);
    if (entry === null) return;
    const nowSeconds = clock.nowSeconds();
    const health = clusterHealth({
      nowSeconds,
      lastSyncAtSeconds: entry.lastSyncAtSeconds,
      intervalSeconds: SYNC_INTERVAL_SECONDS,
      unreachableSinceSeconds: this.#unreachableSince,
      nodes: [],
      unavailable: [],
      crashLoops: [],
    });
    const lastError = failure.message;
    await store.putClusterEntry({ ...entry, healthStatus: health.status, lastError, updatedAtSeconds: nowSeconds });
    await this.#noteHealth(clusterId, health);
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
