import { isSpecChange } from '../../core/kubernetes/layout.ts';
import { addOomKills, NO_OOM_KILLS, type OomTally } from '../../core/kubernetes/oom-kills.ts';
import { isUnavailable } from '../../core/kubernetes/workload-health.ts';
import type { FollowedResource } from '../../core/ports/object-feed.ts';
import type {
  PodPlacement,
  Seen,
  SeenAutoscaler,
  SeenBudget,
  SeenClaim,
  SeenNamespace,
  SeenNode,
  SeenPod,
  SeenQuota,
  SeenRelease,
  SeenService,
  SeenStorageClass,
  SeenWorkload,
} from '../../model/kubernetes/seen.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { KeyedObjects, type ListedObjects } from './keyed-objects.ts';
import { SharedParts } from './shared-parts.ts';

/** A pod with what outlives each answer about it. */
export interface CachedPod {
  seen: SeenPod;
  /** Null until it is known what was counted before this process began. */
  oom: OomTally | null;
  /** What its row said last; undefined before the first row. */
  workloadId: string | null | undefined;
}

export interface CachedWorkload {
  seen: SeenWorkload;
  /** Since when it lacks pods; null while it doesn't. */
  unavailableSinceSeconds: EpochSeconds | null;
}

/** A kill that was counted, for the metrics of its 5 minutes. */
export interface CountedKill {
  readonly podKey: string;
  readonly atSeconds: EpochSeconds;
}

/** What has gone since the last writing, as it was seen last. */
export interface GoneObjects {
  readonly namespaces: SeenNamespace[];
  readonly nodes: SeenNode[];
  readonly workloads: SeenWorkload[];
  readonly pods: CachedPod[];
  readonly releases: SeenRelease[];
}

/** While the store is away this many ended pods wait; older ones are found gone by the next comparison. */
const MOST_GONE = 50_000;
const KILLS_KEPT_SECONDS = 1_800;

/** What one cluster's API server shows now: compact objects, one of each. */
export class SyncCache {
  readonly namespaces = new KeyedObjects<SeenNamespace>((_, seen) => this.#gone.namespaces.push(seen));
  readonly nodes = new KeyedObjects<SeenNode>((_, seen) => this.#gone.nodes.push(seen));
  readonly pods = new KeyedObjects<CachedPod>((_, pod) => this.#podGone(pod));
  readonly quotas = new KeyedObjects<SeenQuota>((_, { namespace }) => this.namespaces.touch(namespace));
  readonly services = new KeyedObjects<SeenService>();
  readonly claims = new KeyedObjects<SeenClaim>();
  readonly storageClasses = new KeyedObjects<SeenStorageClass>();
  readonly releases = new KeyedObjects<SeenRelease>((_, seen) => this.#gone.releases.push(seen));
  readonly disruptionBudgets = new KeyedObjects<SeenBudget>();
  readonly horizontals = new KeyedObjects<SeenAutoscaler>();
  readonly verticals = new KeyedObjects<SeenAutoscaler>();
  readonly #placements = new SharedParts<PodPlacement>();
  readonly #workloads = new Map<FollowedResource, KeyedObjects<CachedWorkload>>();
  readonly #nowSeconds: () => EpochSeconds;
  #gone: GoneObjects = noneGone();
  #kills: CountedKill[] = [];
  #specChanges = 0;

  constructor(nowSeconds: () => EpochSeconds) {
    this.#nowSeconds = nowSeconds;
  }

  /** The cache of one workload resource, for example `deployments`. */
  workloadsOf(resource: FollowedResource): KeyedObjects<CachedWorkload> {
    const known = this.#workloads.get(resource);
    if (known !== undefined) return known;
    const made = new KeyedObjects<CachedWorkload>((_, { seen }) => {
      if (seen.owner !== null) return;
      this.#gone.workloads.push(seen);
      this.#specChanges += 1;
    });
    this.#workloads.set(resource, made);
    return made;
  }

  *workloads(): Generator<CachedWorkload, void> {
    for (const objects of this.#workloads.values()) yield* objects.values();
  }

  *autoscalers(): Generator<SeenAutoscaler, void> {
    yield* this.horizontals.values();
    yield* this.verticals.values();
  }

  /** How often the spec of a workload changed so far; one that came or went counts. */
  get specChanges(): number {
    return this.#specChanges;
  }

  workloadResources(): Iterable<KeyedObjects<CachedWorkload>> {
    return this.#workloads.values();
  }

  get workloadCount(): number {
    let count = 0;
    for (const { seen } of this.workloads()) if (seen.owner === null) count += 1;
    return count;
  }

  put(resource: FollowedResource, seen: Seen): void {
    switch (seen.kind) {
      case 'Namespace':
        this.namespaces.put(seen.name, seen);
        break;
      case 'Node':
        this.nodes.put(seen.name, seen);
        break;
      case 'Pod':
        this.#putPod(seen);
        break;
      case 'Workload':
        this.#putWorkload(resource, seen);
        break;
      case 'Quota':
        this.namespaces.touch(seen.namespace);
        this.quotas.put(keyOf(seen), seen);
        break;
      case 'Service':
        this.services.put(keyOf(seen), seen);
        break;
      case 'Claim':
        this.claims.put(keyOf(seen), seen);
        break;
      case 'StorageClass':
        this.storageClasses.put(keyOf(seen), seen);
        break;
      case 'Release':
        this.releases.put(keyOf(seen), seen);
        break;
      case 'Budget':
        this.disruptionBudgets.put(keyOf(seen), seen);
        break;
      case 'Autoscaler':
        this.#autoscalersOf(resource).put(keyOf(seen), seen);
        break;
    }
  }

  remove(resource: FollowedResource, seen: Seen): void {
    if (seen.kind !== 'Pod') {
      this.of(resource).remove('namespace' in seen ? keyOf(seen) : seen.name);
      return;
    }
    const known = this.pods.get(keyOf(seen));
    // The last word on a pod comes with its end. An end of an older pod of that name says nothing of this one.
    if (known === undefined || known.seen.uid !== seen.uid) return;
    this.#putPod(seen);
    this.pods.remove(keyOf(seen));
  }

  /** The objects of a resource. */
  of(resource: FollowedResource): ListedObjects {
    switch (resource) {
      case 'namespaces':
      case 'nodes':
      case 'pods':
      case 'services':
        return this[resource];
      case 'resourcequotas':
        return this.quotas;
      case 'persistentvolumeclaims':
        return this.claims;
      case 'storageclasses':
        return this.storageClasses;
      case 'secrets':
        return this.releases;
      case 'poddisruptionbudgets':
        return this.disruptionBudgets;
      case 'horizontalpodautoscalers':
      case 'verticalpodautoscalers':
        return this.#autoscalersOf(resource);
      case 'deployments':
      case 'statefulsets':
      case 'daemonsets':
      case 'replicasets':
      case 'jobs':
      case 'cronjobs':
        return this.workloadsOf(resource);
    }
  }

  /** What has gone since the last call. */
  takeGone(): GoneObjects {
    const gone = this.#gone;
    this.#gone = noneGone();
    return gone;
  }

  /** Puts back what could not be written. */
  restoreGone(gone: GoneObjects): void {
    const after = this.#gone;
    this.#gone = {
      namespaces: [...gone.namespaces, ...after.namespaces],
      nodes: [...gone.nodes, ...after.nodes],
      workloads: [...gone.workloads, ...after.workloads],
      pods: [...gone.pods, ...after.pods].slice(-MOST_GONE),
      releases: [...gone.releases, ...after.releases],
    };
  }

  get goneCount(): number {
    return Object.values(this.#gone).reduce((sum, list) => sum + list.length, 0);
  }

  /** Says what was counted of a pod before; what it shows beyond that is counted now. */
  tally(pod: CachedPod, before: OomTally): void {
    if (pod.oom !== null) return;
    pod.oom = before;
    this.#count(pod);
  }

  /** Kills for memory in a range of time, by key of pod. */
  killsBetween(startSeconds: EpochSeconds, endSeconds: EpochSeconds): ReadonlyMap<string, number> {
    const kills = new Map<string, number>();
    for (const { podKey, atSeconds } of this.#kills) {
      if (atSeconds >= startSeconds && atSeconds < endSeconds) kills.set(podKey, (kills.get(podKey) ?? 0) + 1);
    }
    return kills;
  }

  #autoscalersOf(resource: FollowedResource): KeyedObjects<SeenAutoscaler> {
    return resource === 'verticalpodautoscalers' ? this.verticals : this.horizontals;
  }

  #putPod(told: SeenPod): void {
    const seen = { ...told, placement: this.#placements.one(told.placement) };
    const key = keyOf(seen);
    const known = this.pods.get(key);
    if (known !== undefined && known.seen.uid === seen.uid) {
      known.seen = seen;
      this.#count(known);
      this.pods.put(key, known);
      return;
    }
    if (known !== undefined) this.pods.remove(key);
    // Nothing that was counted before can be missing for a pod that never ended.
    const isFresh = seen.oomKills.length === 0 && seen.restartCount === 0;
    this.pods.put(key, { seen, oom: isFresh ? NO_OOM_KILLS : null, workloadId: undefined });
  }

  #count(pod: CachedPod): void {
    if (pod.oom === null) return;
    const { tally, added } = addOomKills(pod.oom, pod.seen.oomKills);
    pod.oom = tally;
    const now = this.#nowSeconds();
    for (const { atSeconds } of added) this.#kills.push({ podKey: keyOf(pod.seen), atSeconds: atSeconds ?? now });
    if (added.length > 0) this.#kills = this.#kills.filter(({ atSeconds }) => now - atSeconds < KILLS_KEPT_SECONDS);
  }

  #putWorkload(resource: FollowedResource, seen: SeenWorkload): void {
    const objects = this.workloadsOf(resource);
    const key = keyOf(seen);
    const lacks = isUnavailable({ kind: seen.workloadKind, ...seen.replicas });
    const known = objects.get(key);
    if (known === undefined ? seen.owner === null : isSpecChange(known.seen, seen)) this.#specChanges += 1;
    const before = known?.unavailableSinceSeconds ?? null;
    const since = seen.unavailableSinceSeconds ?? before ?? this.#nowSeconds();
    objects.put(key, { seen, unavailableSinceSeconds: lacks ? Math.min(since, before ?? since) : null });
  }

  #podGone(pod: CachedPod): void {
    if (this.#gone.pods.length < MOST_GONE) this.#gone.pods.push(pod);
  }
}

export function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

function noneGone(): GoneObjects {
  return { namespaces: [], nodes: [], workloads: [], pods: [], releases: [] };
}
