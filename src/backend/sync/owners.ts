import { topOwnerOf } from '../../core/kubernetes/top-owner.ts';
import type { FollowedResource } from '../../core/ports/object-feed.ts';
import type { Owner } from '../../model/inventory.ts';
import type { SeenPod } from '../../model/kubernetes/seen.ts';
import type { SyncCache } from './sync-cache.ts';

/** Where the workloads of a kind are found. */
const RESOURCE_OF: Readonly<Record<string, FollowedResource>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  ReplicaSet: 'replicasets',
  Job: 'jobs',
  CronJob: 'cronjobs',
};

/** Who keeps a pod, by what the cache knows now. */
export class Owners {
  readonly #cache: SyncCache;

  constructor(cache: SyncCache) {
    this.#cache = cache;
  }

  topOwner(pod: SeenPod): Owner | null {
    return topOwnerOf(pod, (kind, namespace, name) => {
      if (kind !== 'ReplicaSet' && kind !== 'Job') return undefined;
      return this.#find(kind, namespace, name)?.seen.owner;
    });
  }

  /** True where the cache holds the workload itself. */
  isKnown(owner: Owner, namespace: string): boolean {
    return this.#find(owner.kind, namespace, owner.name) !== undefined;
  }

  /** The resource that lists workloads of a kind; null for kinds that are not followed. */
  resourceOf(kind: string): FollowedResource | null {
    return RESOURCE_OF[kind] ?? null;
  }

  #find(kind: string, namespace: string, name: string) {
    const resource = RESOURCE_OF[kind];
    return resource === undefined ? undefined : this.#cache.workloadsOf(resource).get(`${namespace}/${name}`);
  }
}
