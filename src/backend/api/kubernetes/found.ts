import type { KubernetesStore } from '../../../core/ports/kubernetes-store.ts';
import { Failure } from '../../../model/failure.ts';
import type { ClusterEntry } from '../../../model/kubernetes/cluster-entry.ts';
import type { KubeNamespace } from '../../../model/kubernetes/objects.ts';

type Store = Pick<KubernetesStore, 'clusterEntry' | 'namespace'>;

/** Throws `Failure` not-found. */
export async function foundCluster(store: Store, id: string): Promise<ClusterEntry> {
  return found(await store.clusterEntry(id), 'cluster', id, 'GET /k8s/clusters lists the clusters.');
}

/** Throws `Failure` not-found. */
export async function foundNamespace(store: Store, id: string): Promise<KubeNamespace> {
  const hint = 'GET /k8s/clusters/{id}/namespaces lists the namespaces of a cluster.';
  return found(await store.namespace(id), 'namespace', id, hint);
}

export function found<T>(item: T | null, kind: string, id: string, hint: string): T {
  if (item !== null) return item;
  throw new Failure('not-found', `There is no ${kind} with the id "${id.slice(0, 80)}"`, { hint });
}
