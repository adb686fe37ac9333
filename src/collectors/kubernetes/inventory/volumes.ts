import { type OwnerLabels, ownersOf } from '../../../core/kubernetes/owner-labels.ts';
import type { VolumeDescription } from '../../../model/inventory.ts';
import { wholeQuantity } from '../../../model/quantity.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { instantSeconds } from './instant.ts';
import { type ClaimPod, claimSchema, storageClassSchema } from './schemas.ts';

/** A bound claim before its class, its node and its namespace's team are known. */
export interface ReadClaim {
  readonly namespace: string;
  readonly claim: string;
  readonly storageClass: string | null;
  readonly requestedBytes: number;
  readonly team: string | null;
  readonly createdAtSeconds: EpochSeconds | null;
}

export interface StorageClass {
  readonly name: string;
  readonly provisioner: string | null;
  readonly diskType: string | null;
}

/** Null for what is no claim; a claim that is not bound holds nothing and has no bytes. */
export function readClaim(raw: unknown, keys: OwnerLabels): ReadClaim | 'unbound' | null {
  const parsed = claimSchema.safeParse(raw);
  if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
  const { metadata, spec, status } = parsed.data;
  if (status?.phase !== 'Bound') return 'unbound';
  const asked = wholeQuantity(spec?.resources?.requests?.storage);
  return {
    namespace: parsed.data.metadata.namespace,
    claim: metadata.name,
    storageClass: spec?.storageClassName || metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] || null,
    // The provider may round up what was asked for; it sets all of that aside.
    requestedBytes: Math.max(asked, wholeQuantity(status.capacity?.storage)),
    team: ownersOf(metadata.labels, keys).team,
    createdAtSeconds: instantSeconds(metadata.creationTimestamp),
  };
}

export function readStorageClass(raw: unknown): StorageClass | null {
  const parsed = storageClassSchema.safeParse(raw);
  if (!parsed.success) return null;
  const { metadata, provisioner, parameters } = parsed.data;
  const byName = new Map(Object.entries(parameters ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const diskType = byName.get('type') ?? byName.get('skuname') ?? byName.get('storageaccounttype') ?? null;
  return { name: metadata.name, provisioner: provisioner ?? null, diskType };
}

/** Claims with their class, and with the node of a running pod that mounts them. */
export function volumeDescriptions(
  claims: readonly ReadClaim[],
  classes: readonly StorageClass[],
  pods: readonly ClaimPod[],
  namespaces: ReadonlyMap<string, { readonly team: string | null }>,
): readonly VolumeDescription[] {
  const classOf = new Map(classes.map((each) => [each.name, each]));
  const nodeOf = new Map<string, string>();
  for (const { namespace, node, claims: mounted } of pods) {
    if (node !== null) for (const claim of mounted) nodeOf.set(`${namespace}/${claim}`, node);
  }
  return claims.map((claim) => {
    const known = claim.storageClass === null ? undefined : classOf.get(claim.storageClass);
    return {
      ...claim,
      provisioner: known?.provisioner ?? null,
      diskType: known?.diskType ?? null,
      node: nodeOf.get(`${claim.namespace}/${claim.claim}`) ?? null,
      team: claim.team ?? namespaces.get(claim.namespace)?.team ?? null,
    };
  });
}
