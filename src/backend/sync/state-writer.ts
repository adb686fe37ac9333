import { ownTurn } from '../../collectors/kubernetes/watch/turns.ts';
import { NO_OOM_KILLS, talliedIn } from '../../core/kubernetes/oom-kills.ts';
import type { KubernetesBatch, KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { FollowedResource } from '../../core/ports/object-feed.ts';
import { Failure } from '../../model/failure.ts';
import type { KubePod } from '../../model/kubernetes/objects.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { type Changes, putBackChanges, takeChanges } from './changes.ts';
import type { KeyedObjects, ListedObjects } from './keyed-objects.ts';
import type { Owners } from './owners.ts';
import { ParentRowMaker, type ParentRows } from './parent-rows.ts';
import { placePods } from './placing.ts';
import type { RowMaker } from './row-maker.ts';
import type { CachedPod, SyncCache } from './sync-cache.ts';

const PODS_A_BATCH = 250;
const LOOKUPS_AT_ONCE = 16;

export interface StateWriterDeps {
  readonly clusterId: string;
  readonly cache: SyncCache;
  readonly owners: Owners;
  readonly rows: RowMaker;
  readonly store: Pick<KubernetesStore, 'writeObjects' | 'liveIds' | 'markGone' | 'pod'>;
  readonly nowSeconds: () => EpochSeconds;
  /** True for resources whose whole list is known. */
  isListed(resource: FollowedResource): boolean;
}

const WORKLOAD_RESOURCES: readonly FollowedResource[] = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
  'cronjobs',
];

/** Writes what changed in a cluster's cache to the store, and finds out what the store takes for alive and is gone. */
export class StateWriter {
  readonly #deps: StateWriterDeps;
  readonly #parents: ParentRowMaker;
  #counts: { namespaces: ReadonlyMap<string, number>; nodes: ReadonlyMap<string, number> } | null = null;

  constructor(deps: StateWriterDeps) {
    this.#deps = deps;
    this.#parents = new ParentRowMaker(deps.cache, deps.rows, deps.nowSeconds);
  }

  /**
   * Answers how many rows were written. What can't be written is kept for the next time. Once the signal fires nothing more
   * is sent: the cluster may be removed the moment after (`cancelled`).
   */
  async write(epoch: number, signal?: AbortSignal): Promise<number> {
    const { cache, rows, owners, isListed } = this.#deps;
    const placed = await placePods(cache, owners, rows, (resource) => isListed(resource));
    touchChanged(cache.namespaces, this.#counts?.namespaces, placed.podsOfNamespace);
    touchChanged(cache.nodes, this.#counts?.nodes, placed.podsOfNode);
    this.#counts = { namespaces: placed.podsOfNamespace, nodes: placed.podsOfNode };
    const changes = takeChanges(cache);
    const gone = cache.takeGone();
    const pods = changes.pods.flatMap((key) => cache.pods.get(key) ?? []);
    // What came (and may have gone) meanwhile has no place yet.
    for (const pod of [...pods, ...gone.pods]) this.#place(pod);
    try {
      const written = await this.#put(this.#parents.make(changes, gone, placed), epoch, signal);
      const now = this.#deps.nowSeconds();
      const there = await this.#writePods(pods, null, epoch, signal);
      return written + there + (await this.#writePods(gone.pods, now, epoch, signal));
    } catch (error) {
      this.#failed(changes);
      cache.restoreGone(gone);
      throw error;
    }
  }

  /** Marks as gone what the store takes for alive and the cluster no longer shows; only of lists that are known whole. */
  async compare(epoch: number): Promise<number> {
    const { clusterId, cache, rows, store, nowSeconds, isListed } = this.#deps;
    const live = await store.liveIds(clusterId);
    const areWorkloadsListed = [...WORKLOAD_RESOURCES, 'pods' as const].every((resource) => isListed(resource));
    const shown = {
      namespaces: isListed('namespaces') ? idsOf(cache.namespaces, ({ name }) => rows.namespaceId(name)) : null,
      nodes: isListed('nodes') ? idsOf(cache.nodes, ({ name }) => rows.nodeId(name)) : null,
      workloads: areWorkloadsListed ? this.#workloadIds() : null,
      pods: isListed('pods') ? idsOf(cache.pods, (pod) => rows.podId(pod)) : null,
      releases: isListed('secrets')
        ? idsOf(cache.releases, ({ namespace, release }) => rows.releaseId(namespace, release.name))
        : null,
    };
    const lost = (of: keyof typeof shown) => live[of].filter((id) => shown[of]?.has(id) === false);
    const gone = {
      namespaces: lost('namespaces'),
      nodes: lost('nodes'),
      workloads: lost('workloads'),
      pods: lost('pods'),
      releases: lost('releases'),
    };
    const count = Object.values(gone).reduce((sum, ids) => sum + ids.length, 0);
    if (count > 0) await store.markGone(clusterId, gone, nowSeconds(), epoch);
    return count;
  }

  #place(pod: CachedPod): void {
    const { owners, rows } = this.#deps;
    if (pod.workloadId !== undefined) return;
    const { namespace } = pod.seen;
    const owner = owners.topOwner(pod.seen);
    const isKnown = owner !== null && owners.isKnown(owner, namespace);
    pod.workloadId = isKnown ? rows.workloadId(owner.kind, namespace, owner.name) : null;
  }

  #workloadIds(): Set<string> {
    const { cache, rows } = this.#deps;
    const ids = new Set(this.#parents.madeUpIds());
    for (const { seen } of cache.workloads()) {
      if (seen.owner === null) ids.add(rows.workloadId(seen.workloadKind, seen.namespace, seen.name));
    }
    return ids;
  }

  async #writePods(
    pods: readonly CachedPod[],
    goneAtSeconds: EpochSeconds | null,
    epoch: number,
    signal?: AbortSignal,
  ): Promise<number> {
    let written = 0;
    for (let first = 0; first < pods.length; first += PODS_A_BATCH) {
      const some = pods.slice(first, first + PODS_A_BATCH);
      await this.#tallyAll(some.filter(({ oom }) => oom === null));
      const rows = some.map((pod) => this.#deps.rows.pod(pod, goneAtSeconds));
      written += await this.#put({ pods: rows }, epoch, signal);
      await ownTurn();
    }
    return written;
  }

  /** What an earlier process had counted is in the store. */
  async #tallyAll(pods: readonly CachedPod[]): Promise<void> {
    const { cache, rows, store } = this.#deps;
    for (let first = 0; first < pods.length; first += LOOKUPS_AT_ONCE) {
      const some = pods.slice(first, first + LOOKUPS_AT_ONCE);
      const before = await Promise.all(some.map((pod) => store.pod(rows.podId(pod))));
      for (const [place, pod] of some.entries()) {
        const known = before[place];
        cache.tally(pod, known ? talliedIn(known) : NO_OOM_KILLS);
      }
    }
  }

  async #put(
    batch: Partial<ParentRows> & { pods?: readonly KubePod[] },
    epoch: number,
    signal?: AbortSignal,
  ): Promise<number> {
    if (signal?.aborted === true) throw new Failure('cancelled', 'The sync of the cluster ended.');
    const { clusterId, store } = this.#deps;
    const none = { namespaces: [], nodes: [], workloads: [], pods: [], releases: [] };
    const whole: KubernetesBatch = { ...none, ...batch, clusterId };
    const { namespaces, nodes, workloads, pods, releases } = whole;
    const size = namespaces.length + nodes.length + workloads.length + pods.length + releases.length;
    if (size > 0) await store.writeObjects(whole, epoch);
    return size;
  }

  #failed(changes: Changes): void {
    putBackChanges(this.#deps.cache, changes);
    this.#parents.forget();
  }
}

function touchChanged(
  objects: ListedObjects,
  before: ReadonlyMap<string, number> | undefined,
  now: ReadonlyMap<string, number>,
): void {
  if (before === undefined) return;
  for (const [key, count] of now) if (before.get(key) !== count) objects.touch(key);
  for (const key of before.keys()) if (!now.has(key)) objects.touch(key);
}

function idsOf<Item>(objects: KeyedObjects<Item>, idOf: (item: Item) => string): Set<string> {
  const ids = new Set<string>();
  for (const item of objects.values()) ids.add(idOf(item));
  return ids;
}
