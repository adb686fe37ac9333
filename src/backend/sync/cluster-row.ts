import { clusterHealth, isHealthChange } from '../../core/health/cluster-health.ts';
import type { FollowedResource } from '../../core/ports/object-feed.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import type { Failure } from '../../model/failure.ts';
import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';
import type { ClusterHealth } from '../../model/kubernetes/health.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { newEntry, updatedEntry } from './cluster-entries.ts';
import { SYNC_INTERVAL_SECONDS, type SyncDeps } from './sync-deps.ts';
import type { SyncSession } from './sync-session.ts';

/** A cluster's own row, and the history of its health. The person changes the row too, and may remove it at any time. */
export class ClusterRow {
  readonly #contextName: string;
  readonly #deps: Pick<SyncDeps, 'store' | 'clock' | 'choicesOf'>;
  #health: ClusterHealth | null = null;

  constructor(contextName: string, deps: Pick<SyncDeps, 'store' | 'clock' | 'choicesOf'>) {
    this.#contextName = contextName;
    this.#deps = deps;
  }

  /** Made where there is none; null while the store is away. */
  async met(identity: ClusterIdentity): Promise<ClusterEntry | null> {
    const { store, clock } = this.#deps;
    if (store.isAway) return null;
    const known = await store.clusterEntry(identity.id);
    if (known !== null) return known;
    const { currency } = await this.#deps.choicesOf(this.#contextName);
    const entry = newEntry(identity, this.#contextName, currency, clock.nowSeconds());
    await store.putClusterEntry(entry);
    return entry;
  }

  /**
   * Says what the sync found. The row is read last, so that what the person changed during a long writing stays; one that
   * was removed meanwhile does not come back (false).
   */
  async record(session: SyncSession, lastSyncAtSeconds: EpochSeconds | null, signal: AbortSignal): Promise<boolean> {
    const { store, clock } = this.#deps;
    const { identity } = session;
    const entry = await store.clusterEntry(identity.id);
    if (entry === null || signal.aborted) return false;
    const health = session.health(lastSyncAtSeconds ?? entry.lastSyncAtSeconds);
    const found = {
      identity,
      health,
      lastSyncAtSeconds,
      isListed: (resource: FollowedResource) => session.following.isListed(resource),
      lastError: session.following.failure?.message ?? null,
      provider: session.provider(),
      monthlyCost: session.monthlyCost,
      nowSeconds: clock.nowSeconds(),
    };
    await store.putClusterEntry(updatedEntry(entry, session.cache, found));
    await this.#noteHealth(identity.id, health);
    return true;
  }

  /** Its API server can't be reached at all: its health goes on being judged. */
  async judgeUnreached(clusterId: string, failure: Failure, sinceSeconds: EpochSeconds | null): Promise<void> {
    const { store, clock } = this.#deps;
    const entry = await store.clusterEntry(clusterId);
    if (entry === null) return;
    const nowSeconds = clock.nowSeconds();
    const health = clusterHealth({
      nowSeconds,
      lastSyncAtSeconds: entry.lastSyncAtSeconds,
      intervalSeconds: SYNC_INTERVAL_SECONDS,
      unreachableSinceSeconds: sinceSeconds,
      nodes: [],
      unavailable: [],
      crashLoops: [],
    });
    const lastError = failure.message;
    await store.putClusterEntry({ ...entry, healthStatus: health.status, lastError, updatedAtSeconds: nowSeconds });
    await this.#noteHealth(clusterId, health);
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
}
