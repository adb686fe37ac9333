import { type OwnerLabels, ownersOf } from '../../../core/kubernetes/owner-labels.ts';
import type {
  SeenClaim,
  SeenNamespace,
  SeenQuota,
  SeenService,
  SeenStorageClass,
} from '../../../model/kubernetes/seen.ts';
import { cpuMillicores, wholeQuantity } from '../../../model/quantity.ts';
import { instantSeconds } from '../inventory/instant.ts';
import { metadataSchema } from '../inventory/schemas.ts';
import { readService } from '../inventory/service.ts';
import { readClaim, readStorageClass } from '../inventory/volumes.ts';
import { keptAnnotations } from './owner.ts';
import { namespaceObject, quotaObject } from './schemas.ts';

export function readNamespaceObject(raw: unknown, keys: OwnerLabels): SeenNamespace | null {
  const parsed = namespaceObject.safeParse(raw);
  if (!parsed.success) return null;
  const { metadata, status } = parsed.data;
  return {
    kind: 'Namespace',
    name: metadata.name,
    uid: metadata.uid ?? null,
    createdAtSeconds: instantSeconds(metadata.creationTimestamp),
    status: status?.phase ?? 'Active',
    ...ownersOf(metadata.labels, keys),
    labels: metadata.labels ?? {},
    annotations: keptAnnotations(metadata),
  };
}

/** Names that a quota gives to one limit; the smallest that is set holds. */
const LIMIT_NAMES = {
  cpu: ['limits.cpu', 'requests.cpu', 'cpu'],
  memory: ['limits.memory', 'requests.memory', 'memory'],
  pods: ['pods', 'count/pods'],
} as const;

/** What a ResourceQuota allows. CPU and memory: its limits, else its requests. */
export function readQuota(raw: unknown): SeenQuota | null {
  const parsed = quotaObject.safeParse(raw);
  if (!parsed.success || parsed.data.metadata.namespace === undefined) return null;
  const { metadata, spec, status } = parsed.data;
  const hard = { ...spec?.hard, ...status?.hard };
  const first = (names: readonly string[], parse: (text: string) => number): number | null => {
    const text = names.map((name) => hard[name]).find((each) => each !== undefined);
    return text === undefined ? null : parse(text);
  };
  return {
    kind: 'Quota',
    namespace: parsed.data.metadata.namespace,
    name: metadata.name,
    cpuLimitMillicores: first(LIMIT_NAMES.cpu, cpuMillicores),
    memoryLimitBytes: first(LIMIT_NAMES.memory, wholeQuantity),
    podLimit: first(LIMIT_NAMES.pods, wholeQuantity),
  };
}

export function readServiceObject(raw: unknown): SeenService | null {
  const description = readService(raw);
  if (description === null) return null;
  return { kind: 'Service', namespace: description.namespace, name: description.name, description };
}

export function readClaimObject(raw: unknown, keys: OwnerLabels): SeenClaim | null {
  const claim = readClaim(raw, keys);
  if (claim === null) return null;
  if (claim !== 'unbound') {
    const { namespace, claim: name, storageClass, requestedBytes, team, createdAtSeconds } = claim;
    return { kind: 'Claim', namespace, name, storageClass, requestedBytes, team, createdAtSeconds };
  }
  const metadata = metadataSchema.safeParse(raw).data?.metadata;
  if (metadata?.namespace === undefined) return null;
  const { namespace, name } = metadata;
  const nothing = { storageClass: null, requestedBytes: null, team: null, createdAtSeconds: null };
  return { kind: 'Claim', namespace, name, ...nothing };
}

export function readStorageClassObject(raw: unknown): SeenStorageClass | null {
  const storageClass = readStorageClass(raw);
  return storageClass === null ? null : { kind: 'StorageClass', namespace: '', ...storageClass };
}
