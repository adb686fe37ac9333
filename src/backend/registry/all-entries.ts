import type { ClusterFilter, KubernetesStore } from '../../core/ports/kubernetes-store.ts';
import type { ClusterEntry } from '../../model/kubernetes/cluster-entry.ts';

const PAGE = 500;

/** Every cluster of the registry, page by page. */
export async function allEntries(store: Pick<KubernetesStore, 'clusterEntries'>): Promise<ClusterEntry[]> {
  const entries: ClusterEntry[] = [];
  for (;;) {
    const filter: ClusterFilter = { limit: PAGE, offset: entries.length };
    const { items, total } = await store.clusterEntries(filter);
    entries.push(...items);
    if (items.length === 0 || entries.length >= total) return entries;
  }
}
