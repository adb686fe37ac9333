import { type CostEstimates, NO_ESTIMATES } from '../../core/cost-attribution/estimate.ts';
import { clusterHealth } from '../../core/health/cluster-health.ts';
import { detectProvider } from '../../core/kubernetes/provider/detect.ts';
import { resourceMetrics } from '../../core/kubernetes/resource-metrics.ts';
import type { ObjectFeed } from '../../core/ports/object-feed.ts';
import type { MissingRight } from '../../core/ports/sync-desk.ts';
import type { ClusterIdentity } from '../../model/cluster.ts';
import type { Failure } from '../../model/failure.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { ClusterHealth } from '../../model/kubernetes/health.ts';
import type { WindowResult } from '../../model/results.ts';
import type { ClusterLayout } from '../../model/scheduling.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { cachedInventory } from './cached-inventory.ts';
import { cachedLayout } from './cached-layout.ts';
import { storedEstimates } from './cost-estimates.ts';
import { Following } from './following.ts';
import { healthFacts } from './health-facts.ts';
import { Owners } from './owners.ts';
import { RowMaker } from './row-maker.ts';
import { StateWriter } from './state-writer.ts';
import { keyOf, SyncCache } from './sync-cache.ts';
import { SYNC_INTERVAL_SECONDS, type SyncDeps } from './sync-deps.ts';
import { usageNow } from './usage-now.ts';

/** Resources that a pipeline can't do without; the others may be missing for a while. */
const NEEDED_FOR_INVENTORY = ['nodes', 'pods'] as const;

/** One cluster's cache while its API server is followed, and what is made of it. */
export class SyncSession {
  readonly identity: ClusterIdentity;
  readonly following: Following;
  readonly cache: SyncCache;
  readonly #deps: SyncDeps;
  readonly #owners: Owners;
  readonly #rows: RowMaker;
  readonly #writer: StateWriter;
  #comparedUnder: number | null = null;
  #estimates: CostEstimates = NO_ESTIMATES;
  #isEstimated = false;

  /** `onFailure` hears of each failure of a list or watch once, not of its repetitions. */
  constructor(
    contextName: string,
    identity: ClusterIdentity,
    deps: SyncDeps,
    onFailure: (failure: Failure) => void = () => undefined,
  ) {
    this.identity = identity;
    this.#deps = deps;
    const nowSeconds = () => deps.clock.nowSeconds();
    this.cache = new SyncCache(nowSeconds);
    this.#owners = new Owners(this.cache);
    this.#rows = new RowMaker(identity.id, this.cache, nowSeconds);
    this.following = new Following(this.cache, nowSeconds, (resource, failure) => {
      const { code, message } = failure;
      deps.log.warn({ context: contextName, resource, code }, message);
      onFailure(failure);
    });
    this.#writer = new StateWriter({
      clusterId: identity.id,
      cache: this.cache,
      owners: this.#owners,
      rows: this.#rows,
      store: deps.store,
      nowSeconds,
      isListed: (resource) => this.following.isListed(resource),
    });
  }

  follow(feed: ObjectFeed, signal: AbortSignal): Promise<void> {
    const withdraw = feed.offerInventory(() => this.inventory());
    return this.following.run(feed, signal).finally(withdraw);
  }

  /** What is known, in the form of a list of everything; null where it is not whole and fresh. */
  inventory(): Inventory | null {
    const { following } = this;
    if (!following.isSettled || !following.isWhole) return null;
    if (NEEDED_FOR_INVENTORY.every((resource) => !following.isListed(resource))) return null;
    return cachedInventory(this.cache, this.#owners, {
      readAtSeconds: this.#deps.clock.nowSeconds(),
      notices: following.inventoryNotices,
      hasClaims: following.isListed('persistentvolumeclaims'),
    });
  }

  /** What plans need, also while a watch is broken; null until all that may be read was listed once. */
  layout(): ClusterLayout | null {
    const { following } = this;
    if (!following.isSettled || !following.isListed('nodes') || !following.isListed('pods')) return null;
    const readAtSeconds = following.lastWholeAtSeconds ?? this.#deps.clock.nowSeconds();
    const told = { clusterId: this.identity.id, readAtSeconds, missing: following.missingForLayout };
    return cachedLayout(this.cache, this.#owners, told);
  }

  /** Writes what changed; after a change of hands also finds out what is gone. Answers how many rows were written. */
  async write(epoch: number, signal?: AbortSignal): Promise<number> {
    if (!this.#isEstimated) {
      await this.#estimate();
      this.#rows.figures = { ...this.#rows.figures, dailyCosts: this.#estimates.dailyByNamespace };
    }
    const written = await this.#writer.write(epoch, signal);
    if (this.#comparedUnder === epoch || !this.following.isSettled) return written;
    const gone = await this.#writer.compare(epoch);
    this.#comparedUnder = epoch;
    return written + gone;
  }

  /** Money a month by the costs of the last days; null where nothing is known of them. */
  get monthlyCost(): number | null {
    return this.#estimates.monthly;
  }

  health(lastSyncAtSeconds: EpochSeconds | null): ClusterHealth {
    return clusterHealth(
      healthFacts(this.cache, {
        nowSeconds: this.#deps.clock.nowSeconds(),
        lastSyncAtSeconds,
        intervalSeconds: SYNC_INTERVAL_SECONDS,
        unreachableSinceSeconds: this.following.cutOffSinceSeconds,
      }),
    );
  }

  provider(): string | null {
    const { serverUrl, serverVersion } = this.identity;
    const nodes = [...this.cache.nodes.values()].map(({ name, description, kubeletVersion, osImage }) => ({
      name,
      providerId: description.providerId,
      labels: description.labels,
      kubeletVersion,
      osImage,
    }));
    return detectProvider({ serverUrl, serverVersion, nodes });
  }

  get missingRights(): readonly MissingRight[] {
    return this.following.missingRights;
  }

  /** Metrics of a window at five levels; the newest figures of nodes and namespaces go into their rows. */
  async metered(result: WindowResult, epoch: number): Promise<number> {
    const { store } = this.#deps;
    const { window } = result.entry;
    const kills = this.cache.killsBetween(window.startSeconds, window.startSeconds + window.durationSeconds);
    const rows = resourceMetrics(result, {
      clusterId: this.identity.id,
      namespaceId: (name) => (this.cache.namespaces.get(name) ? this.#rows.namespaceId(name) : null),
      nodeId: (name) => (this.cache.nodes.get(name) ? this.#rows.nodeId(name) : null),
      pod: (namespace, name) => {
        const pod = this.cache.pods.get(keyOf({ namespace, name }));
        if (pod === undefined || this.cache.namespaces.get(namespace) === undefined) return null;
        const workloadId = pod.workloadId ?? null;
        const oomKills = kills.get(keyOf({ namespace, name })) ?? 0;
        return { podId: this.#rows.podId(pod), namespaceId: this.#rows.namespaceId(namespace), workloadId, oomKills };
      },
    });
    await this.#estimate();
    this.#rows.figures = { ...usageNow(result), dailyCosts: this.#estimates.dailyByNamespace };
    this.cache.namespaces.touchAll();
    this.cache.nodes.touchAll();
    // Parents first: metrics hang on the rows of nodes, namespaces and workloads.
    const written = await this.write(epoch);
    await store.putMetrics(rows, epoch);
    return written + rows.length;
  }

  async #estimate(): Promise<void> {
    this.#estimates = await storedEstimates(this.#deps.store, this.identity.id, this.#deps.clock.nowSeconds());
    this.#isEstimated = true;
  }
}
