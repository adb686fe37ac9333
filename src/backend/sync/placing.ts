import { eachInTurns } from '../../collectors/kubernetes/watch/turns.ts';
import type { FollowedResource } from '../../core/ports/object-feed.ts';
import type { SeenWorkload } from '../../model/kubernetes/seen.ts';
import { workloadOfPods } from './made-up-parents.ts';
import type { Owners } from './owners.ts';
import type { RowMaker } from './row-maker.ts';
import type { CachedPod, SyncCache } from './sync-cache.ts';

/** Where pods belong now: counted by namespace and node, and the workloads that only their pods tell of, by id. */
export interface Placed {
  readonly podsOfNamespace: ReadonlyMap<string, number>;
  readonly podsOfNode: ReadonlyMap<string, number>;
  readonly workloadsOfPods: ReadonlyMap<string, SeenWorkload>;
}

/**
 * Gives each pod its workload, and touches those whose workload changed. A kind that is listed is waited for: a pod may
 * be seen before its Job. `isListed` tells of which resources the whole list is known.
 */
export async function placePods(
  cache: SyncCache,
  owners: Owners,
  rows: RowMaker,
  isListed: (resource: FollowedResource) => boolean,
): Promise<Placed> {
  const podsOfNamespace = new Map<string, number>();
  const podsOfNode = new Map<string, number>();
  const groups = new Map<string, { kind: string; namespace: string; name: string; pods: CachedPod[] }>();
  // A copy: the cache goes on changing while others have their turn.
  await eachInTurns([...cache.pods.entries()], ([key, pod]) => {
    const { namespace, node, phase } = pod.seen;
    count(podsOfNamespace, namespace);
    if (node !== null && (phase === 'Running' || phase === 'Pending')) count(podsOfNode, node);
    const owner = owners.topOwner(pod.seen);
    let workloadId: string | null = null;
    if (owner !== null && owner.kind !== 'Node') {
      const id = rows.workloadId(owner.kind, namespace, owner.name);
      const resource = owners.resourceOf(owner.kind);
      if (owners.isKnown(owner, namespace)) workloadId = id;
      else if (resource === null || !isListed(resource)) {
        workloadId = id;
        const group = groups.get(id) ?? { kind: owner.kind, namespace, name: owner.name, pods: [] };
        group.pods.push(pod);
        groups.set(id, group);
      }
    }
    // What kept a pod once did keep it, also when it is gone before the pod.
    const next = workloadId ?? pod.workloadId ?? null;
    if (next === pod.workloadId) return;
    pod.workloadId = next;
    cache.pods.touch(key);
  });
  const workloadsOfPods = new Map(
    [...groups].map(([id, { kind, namespace, name, pods }]) => [id, workloadOfPods(kind, namespace, name, pods)]),
  );
  return { podsOfNamespace, podsOfNode, workloadsOfPods };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
