import type { CostOwner } from '../../core/cost-attribution/attribute.ts';
import { lineOf, placeholderNamespace } from '../../core/cost-attribution/pseudo-namespaces.ts';
import { Failure } from '../../model/failure.ts';
import type { KubeNamespace } from '../../model/kubernetes/objects.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { CostStore } from './cost-store.ts';
import { placeholderId } from './stable-ids.ts';

const PAGE = 500;

/** Namespaces that have costs before the first sync has told of them: costs wait for it. */
export const WAITING_FOR_SYNC = 'The namespaces of this cluster are not read yet';

export interface ParentsDeps {
  readonly store: CostStore;
  /** True while the first reading of a cluster's objects is still to come: its namespaces get their rows from that. */
  isFirstSyncPending(clusterId: string): boolean;
}

/**
 * Rows of `k8s_namespaces` that costs hang on, by name. The lines that are no namespace, and namespaces that no sync ever
 * saw (those of a history that were gone by then), get rows that only hold their costs.
 */
export async function ownersOf(
  clusterId: string,
  names: ReadonlySet<string>,
  epoch: number,
  atSeconds: EpochSeconds,
  deps: ParentsDeps,
): Promise<ReadonlyMap<string, CostOwner>> {
  const { store } = deps;
  const owners = new Map<string, CostOwner>();
  for (const namespace of await allNamespaces(clusterId, store)) {
    if (names.has(namespace.name)) owners.set(namespace.name, ownerOf(namespace));
  }
  const added: KubeNamespace[] = [];
  for (const name of names) {
    if (owners.has(name)) continue;
    const id = placeholderId(clusterId, name);
    const known = await store.namespace(id);
    if (known === null) {
      if (lineOf(name) === 'namespace' && deps.isFirstSyncPending(clusterId)) {
        throw new Failure('conflict', WAITING_FOR_SYNC, { hint: 'Costs follow as soon as they are.' });
      }
      added.push(placeholderNamespace(id, clusterId, name, atSeconds));
    }
    owners.set(name, { namespaceId: id, teamName: known?.teamName ?? null, costCenter: known?.costCenter ?? null });
  }
  if (added.length > 0) {
    await store.writeObjects({ clusterId, namespaces: added, nodes: [], workloads: [], pods: [], releases: [] }, epoch);
  }
  return owners;
}

async function allNamespaces(clusterId: string, store: CostStore): Promise<KubeNamespace[]> {
  const all: KubeNamespace[] = [];
  for (;;) {
    const { items, total } = await store.namespaces(clusterId, PAGE, all.length);
    all.push(...items);
    if (items.length === 0 || all.length >= total) return all;
  }
}

function ownerOf({ id, teamName, costCenter }: KubeNamespace): CostOwner {
  return { namespaceId: id, teamName, costCenter };
}
