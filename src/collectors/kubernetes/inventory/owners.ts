import type { Owner } from '../../../model/inventory.ts';
import type { Metadata } from './schemas.ts';

/** Owners one step up: `Kind/namespace/name` of a ReplicaSet or Job to what owns it. */
type OwnerIndex = ReadonlyMap<string, Owner>;

interface OwnedObject {
  readonly key: string;
  readonly owner: Owner | null;
}

/** A ReplicaSet or Job as far as ownership needs it. */
export function ownedObject(kind: 'ReplicaSet' | 'Job', metadata: Metadata): OwnedObject {
  return { key: ownerKey(kind, metadata.namespace ?? '', metadata.name), owner: controllerOf(metadata) };
}

export function indexOwners(objects: readonly OwnedObject[]): OwnerIndex {
  const index = new Map<string, Owner>();
  for (const { key, owner } of objects) {
    if (owner !== null) index.set(key, owner);
  }
  return index;
}

/**
 * Top owner of a pod: ReplicaSet → Deployment (or Rollout, …), Job → CronJob, anything else as it is; null for a bare pod. Where
 * ReplicaSets can't be read, the pod-template-hash label tells that a Deployment made the ReplicaSet, and its name.
 */
export function topOwner(pod: Metadata, index: OwnerIndex, replicaSetsKnown: boolean): Owner | null {
  const direct = controllerOf(pod);
  if (direct === null) return null;
  const above = index.get(ownerKey(direct.kind, pod.namespace ?? '', direct.name));
  if (above !== undefined) return above;
  const hash = pod.labels?.['pod-template-hash'];
  if (!replicaSetsKnown && direct.kind === 'ReplicaSet' && hash !== undefined && direct.name.endsWith(`-${hash}`)) {
    return { kind: 'Deployment', name: direct.name.slice(0, -hash.length - 1) };
  }
  return direct;
}

function controllerOf(metadata: Metadata): Owner | null {
  const references = metadata.ownerReferences ?? [];
  const found = references.find((reference) => reference.controller === true) ?? references[0];
  return found === undefined ? null : { kind: found.kind, name: found.name };
}

function ownerKey(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}
