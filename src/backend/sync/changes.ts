import type { KeyedObjects } from './keyed-objects.ts';
import type { CachedWorkload, SyncCache } from './sync-cache.ts';

/** Keys of what changed in a cache since the last writing. */
export interface Changes {
  readonly namespaces: readonly string[];
  readonly nodes: readonly string[];
  readonly workloads: readonly { readonly objects: KeyedObjects<CachedWorkload>; readonly keys: readonly string[] }[];
  readonly pods: readonly string[];
  readonly releases: readonly string[];
}

export function takeChanges(cache: SyncCache): Changes {
  return {
    namespaces: cache.namespaces.takeChanged(),
    nodes: cache.nodes.takeChanged(),
    workloads: [...cache.workloadResources()].map((objects) => ({ objects, keys: objects.takeChanged() })),
    pods: cache.pods.takeChanged(),
    releases: cache.releases.takeChanged(),
  };
}

/** They were not written: they count as changed again, as far as they are still there. */
export function putBackChanges(cache: SyncCache, changes: Changes): void {
  for (const key of changes.namespaces) cache.namespaces.touch(key);
  for (const key of changes.nodes) cache.nodes.touch(key);
  for (const { objects, keys } of changes.workloads) for (const key of keys) objects.touch(key);
  for (const key of changes.pods) cache.pods.touch(key);
  for (const key of changes.releases) cache.releases.touch(key);
}
