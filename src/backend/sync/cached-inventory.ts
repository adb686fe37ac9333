import { volumeDescriptions } from '../../collectors/kubernetes/inventory/volumes.ts';
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
  const teams = new Map([...cache.namespaces.values()].map(({ name, team }) => [name, team]));
  const seen = [...cache.pods.values()].map((pod) => pod.seen);
  const claims = [...cache.claims.values()].flatMap(({ name, requestedBytes, kind: _, ...claim }) =>
    requestedBytes === null ? [] : [{ ...claim, claim: name, requestedBytes }],
  );
  return {
    readAtSeconds: told.readAtSeconds,
    nodes: [...cache.nodes.values()].map(({ description }) => description),
    pods: seen.map((pod) => podDescription(pod, owners, teams.get(pod.namespace) ?? null)),
    namespaces: [...teams].map(([name, team]) => ({ name, team })),
    services: [...cache.services.values()].map(({ description }) => description),
    ...(told.hasClaims
      ? { volumes: volumeDescriptions(claims, [...cache.storageClasses.values()], seen.flatMap(mounting), teams) }
      : {}),
    notices: told.notices.toSorted((a, b) => a.code.localeCompare(b.code)),
  };
}

function podDescription(pod: SeenPod, owners: Owners, namespaceTeam: string | null): PodDescription {
  return {
    namespace: pod.namespace,
    name: pod.name,
    uid: pod.uid,
    node: pod.node,
    owner: owners.topOwner(pod),
    phase: pod.phase,
    requests: pod.requests,
    team: pod.team ?? namespaceTeam,
    createdAtSeconds: pod.createdAtSeconds,
    startedAtSeconds: pod.startedAtSeconds,
    finishedAtSeconds: pod.finishedAtSeconds,
  };
}

function mounting({ namespace, node, phase, claims }: SeenPod) {
  const isThere = phase === 'Running' || phase === 'Pending';
  return isThere && claims.length > 0 ? [{ namespace, node, claims }] : [];
}
