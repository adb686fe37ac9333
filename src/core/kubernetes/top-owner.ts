import type { Owner } from '../../model/inventory.ts';

export interface Owned {
  readonly namespace: string;
  readonly owner: Owner | null;
  readonly templateHash: string | null;
}

/**
 * Top owner of a pod: ReplicaSet → Deployment (or Rollout, …), Job → CronJob, anything else as it is; null for a bare pod.
 * `ownerOf` answers undefined for what is not known: the pod-template-hash
 * then tells that a Deployment made the ReplicaSet, and its name.
 */
export function topOwnerOf(
  pod: Owned,
  ownerOf: (kind: string, namespace: string, name: string) => Owner | null | undefined,
): Owner | null {
  const direct = pod.owner;
  if (direct === null) return null;
  const above = ownerOf(direct.kind, pod.namespace, direct.name);
  if (above !== undefined) return above ?? direct;
  const hash = pod.templateHash;
  if (direct.kind === 'ReplicaSet' && hash !== null && direct.name.endsWith(`-${hash}`)) {
    return { kind: 'Deployment', name: direct.name.slice(0, -hash.length - 1) };
  }
  return direct;
}
