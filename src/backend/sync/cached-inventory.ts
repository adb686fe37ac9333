import { volumeDescriptions } from '../../collectors/kubernetes/inventory/volumes.ts';
import { inheritedOwners, type OwnerNames } from '../../core/kubernetes/owner-labels.ts';
import type { Inventory, Notice, PodDescription } from '../../model/inventory.ts';
import type { SeenPod } from '../../model/kubernetes/seen.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { Owners } from './owners.ts';
import type { SyncCache } from './sync-cache.ts';

/** What the cache knows in the form that a list of everything has; claims left out where they may not be read. */
export function cachedInventory(
  cache: SyncCache,
  owners: Owners,
  told: { readAtSeconds: EpochSeconds; notices: readonly Notice[]; hasClaims: boolean },
): Inventory {
  const namespaces = new Map([...cache.namespaces.values()].map((namespace) => [namespace.name, namespace]));
  const seen = [...cache.pods.values()].map((pod) => pod.seen);
  const claims = [...cache.claims.values()].flatMap(({ name, requestedBytes, kind: _, ...claim }) =>
    requestedBytes === null ? [] : [{ ...claim, claim: name, requestedBytes }],
  );
  return {
    readAtSeconds: told.readAtSeconds,
    nodes: [...cache.nodes.values()].map(({ description }) => description),
    pods: seen.map((pod) => podDescription(pod, owners, namespaces.get(pod.namespace))),
    namespaces: [...namespaces.values()].map(({ name, team, costCenter }) => ({ name, team, costCenter })),
    services: [...cache.services.values()].map(({ description }) => description),
    ...(told.hasClaims
      ? { volumes: volumeDescriptions(claims, [...cache.storageClasses.values()], seen.flatMap(mounting), namespaces) }
      : {}),
    notices: told.notices.toSorted((a, b) => a.code.localeCompare(b.code)),
  };
}

function podDescription(pod: SeenPod, owners: Owners, namespace: OwnerNames | undefined): PodDescription {
  return {
    namespace: pod.namespace,
    name: pod.name,
    uid: pod.uid,
    node: pod.node,
    owner: owners.topOwner(pod),
    phase: pod.phase,
    requests: pod.requests,
    ...inheritedOwners(pod, namespace),
    createdAtSeconds: pod.createdAtSeconds,
    startedAtSeconds: pod.startedAtSeconds,
    finishedAtSeconds: pod.finishedAtSeconds,
  };
}

function mounting({ namespace, node, phase, claims }: SeenPod) {
  const isThere = phase === 'Running' || phase === 'Pending';
  return isThere && claims.length > 0 ? [{ namespace, node, claims }] : [];
}
