import { type OwnerLabels, type OwnerNames, ownersOf } from '../../../core/kubernetes/owner-labels.ts';
import { type Failure, isFailure } from '../../../model/failure.ts';
import type { Inventory, NamespaceDescription, Notice } from '../../../model/inventory.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import type { ClusterHttp } from '../api/cluster-http.ts';
import { type Listed, type ListRequest, listAll } from '../api/list.ts';
import { readNode } from './node.ts';
import { indexOwners, ownedObject, topOwner } from './owners.ts';
import { completePod, type ReadPod, readPod } from './pod.ts';
import { type ClaimPod, metadataSchema } from './schemas.ts';
import { readService } from './service.ts';
import { readClaim, readStorageClass, volumeDescriptions } from './volumes.ts';

interface InventoryOptions {
  readonly ownerLabels: OwnerLabels;
  readonly nowSeconds: () => EpochSeconds;
}

/** What is lost when a list may not be read, and how much that matters. */
const LOSSES: Readonly<Record<string, { severity: Notice['severity']; loss: string }>> = {
  nodes: { severity: 'error', loss: 'Nodes come from the metrics alone: their type, region and size may be unknown.' },
  pods: { severity: 'warning', loss: 'Requests, owners and phases of pods come from the metrics alone.' },
  namespaces: { severity: 'info', loss: 'Teams that are named on namespaces are unknown.' },
  services: { severity: 'warning', loss: 'Prometheus and OpenCost can not be found by themselves: enter a URL.' },
  replicasets: { severity: 'info', loss: 'Owners of pods are guessed from their names.' },
  persistentvolumeclaims: { severity: 'info', loss: 'Volumes come from the metrics alone.' },
  storageclasses: { severity: 'info', loss: 'The kind of disk of volumes is guessed.' },
  jobs: { severity: 'info', loss: 'Pods of CronJobs are shown under each Job.' },
};

/**
 * Nodes, pods with top owners, namespaces and services. A list that may not be read is empty and named in the notices; a server that
 * can't be reached or a sign-in that fails is thrown as `Failure`.
 */
export async function readInventory(
  http: ClusterHttp,
  options: InventoryOptions,
  signal: AbortSignal,
): Promise<Inventory> {
  const notices: Notice[] = [];
  const stop = new AbortController();
  const within = AbortSignal.any([signal, stop.signal]);
  const list = async <Item>(apiGroup: string, resource: string, request: Part<Item>): Promise<Listed<Item> | null> => {
    const prefix = apiGroup === '' ? '/api/v1' : `/apis/${apiGroup}/v1`;
    const access = { verb: 'list', resource, apiGroup, namespace: null } as const;
    try {
      const listed = await listAll(http, { ...request, path: `${prefix}/${resource}`, access }, within);
      if (listed.dropped > 0) notices.push(unreadable(resource, listed.dropped));
      return listed;
    } catch (error) {
      if (isFailure(error) && (error.code === 'forbidden' || error.code === 'not-found')) {
        notices.push(missingNotice(resource, error));
        return null;
      }
      // The other lists would only fail in the same way, later.
      stop.abort();
      throw error;
    }
  };
  const [nodes, pods, namespaces, services, replicaSets, jobs, claims, classes] = await firstFailure([
    list('', 'nodes', { read: readNode }),
    list('', 'pods', { read: (raw) => readPod(raw, options.ownerLabels) }),
    list('', 'namespaces', { metadataOnly: true, read: namespaceReader(options.ownerLabels) }),
    list('', 'services', { read: readService }),
    list('apps', 'replicasets', { metadataOnly: true, read: ownedReader('ReplicaSet') }),
    list('batch', 'jobs', { metadataOnly: true, read: ownedReader('Job') }),
    list('', 'persistentvolumeclaims', { read: (raw) => readClaim(raw, options.ownerLabels) }),
    list('storage.k8s.io', 'storageclasses', { read: readStorageClass }),
  ]);
  const owners = indexOwners([...(replicaSets?.items ?? []), ...(jobs?.items ?? [])]);
  const namespaceOwners = new Map((namespaces?.items ?? []).map((namespace) => [namespace.name, namespace]));
  return {
    readAtSeconds: options.nowSeconds(),
    nodes: nodes?.items ?? [],
    pods: (pods?.items ?? []).map((pod) =>
      completePod(
        pod,
        topOwner(pod.metadata, owners, replicaSets !== null),
        namespaceOwners.get(pod.description.namespace),
      ),
    ),
    namespaces: namespaces?.items ?? [],
    services: services?.items ?? [],
    ...(claims === null
      ? {}
      : {
          volumes: volumeDescriptions(
            claims.items.filter((claim) => claim !== 'unbound'),
            classes?.items ?? [],
            (pods?.items ?? []).flatMap(mounting),
            namespaceOwners,
          ),
        }),
    notices: notices.toSorted((a, b) => a.code.localeCompare(b.code)),
  };
}

function mounting({ description, claims }: ReadPod): ClaimPod[] {
  const isThere = description.phase === 'Running' || description.phase === 'Pending';
  return isThere && claims.length > 0 ? [{ namespace: description.namespace, node: description.node, claims }] : [];
}

type Part<Item> = Pick<ListRequest<Item>, 'read' | 'metadataOnly'>;

/** Like Promise.all, but waits for the others to end too, so that no request outlives the call. */
async function firstFailure<Parts extends readonly Promise<unknown>[]>(
  parts: readonly [...Parts],
): Promise<{ -readonly [Index in keyof Parts]: Awaited<Parts[Index]> }> {
  try {
    return await Promise.all(parts);
  } catch (error) {
    await Promise.allSettled(parts);
    throw error;
  }
}

function namespaceReader(keys: OwnerLabels) {
  return (raw: unknown): (NamespaceDescription & OwnerNames) | null => {
    const metadata = metadataSchema.safeParse(raw).data?.metadata;
    return metadata === undefined ? null : { name: metadata.name, ...ownersOf(metadata.labels, keys) };
  };
}

function ownedReader(kind: 'ReplicaSet' | 'Job') {
  return (raw: unknown) => {
    const metadata = metadataSchema.safeParse(raw).data?.metadata;
    return metadata === undefined ? null : ownedObject(kind, metadata);
  };
}

/** What is lost with a list that may not be read, or that the server doesn't have. */
export function missingNotice(resource: string, failure: Failure): Notice {
  const known = LOSSES[resource];
  return {
    code: `kubernetes-${failure.code}-${resource}`,
    severity: known?.severity ?? 'warning',
    message: `${failure.message} ${known?.loss ?? ''}`.trim(),
    hint: failure.hint,
  };
}

function unreadable(resource: string, count: number): Notice {
  return {
    code: `kubernetes-unreadable-${resource}`,
    severity: 'warning',
    message: `${count} of the ${resource} that the API server sent could not be understood and are left out.`,
    hint: 'Please report this with the version of the cluster.',
  };
}
