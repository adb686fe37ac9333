import type { NodeShare } from '../../core/explain/node-share.ts';
import { scaledTo, splitBySources, volumeShare } from '../../core/explain/split-by-sources.ts';
import type { ApiDeps } from './deps.ts';
import type { Scope } from './scope.ts';

/** How closely the sources behind a figure are looked at. */
export interface Closeness {
  /** The largest ones; the others are taken to be like them. */
  readonly nodes: number;
  /** Windows of each node, evenly spread over the range: sources change with the hour. */
  readonly windows: number;
}

/** Each hour of a week. */
export const CLOSELY: Closeness = { nodes: 60, windows: 168 };
export const AT_A_GLANCE: Closeness = { nodes: 20, windows: 24 };

/** Parts of what a request names, by node and by the sources that the node had in the range. */
export async function nodeShares(
  { filter, range, clusters }: Scope,
  closeness: Closeness,
  deps: Pick<ApiDeps, 'store'>,
  signal: AbortSignal | undefined,
): Promise<NodeShare[]> {
  const query = { filter, range, by: 'node', sort: 'energy', descending: true, offset: 0, search: null } as const;
  const page = await deps.store.breakdown({ ...query, limit: closeness.nodes }, signal);
  const named = page.items.filter(({ group }) => group.key !== '');
  const clusterIdOf = (clusterId: string | null) => clusterId ?? clusters[0]?.id ?? '';
  const ids = [...new Set(named.map(({ group }) => clusterIdOf(group.clusterId)))];
  const snapshots = ids.length === 0 ? [] : await deps.store.nodes(ids, range);
  const parts = await Promise.all(
    named.map(async (item) => {
      const clusterId = clusterIdOf(item.group.clusterId);
      const node = item.group.key;
      const windows = await deps.store.nodeWindows({ clusterId, node, range, limit: closeness.windows });
      const snapshot = snapshots.find((each) => each.clusterId === clusterId && each.name === node) ?? null;
      const clusterName = clusters.find(({ id }) => id === clusterId)?.name ?? clusterId;
      return splitBySources(item, windows, snapshot, { clusterId, clusterName });
    }),
  );
  const shares = parts.flat();
  const [like] = shares;
  const volumes = like === undefined ? [] : page.items.filter(({ group }) => group.key === '');
  const ofVolumes = volumes.flatMap((item) => (like === undefined ? [] : [volumeShare(item, like)]));
  return scaledTo([...shares, ...ofVolumes], page.total);
}
