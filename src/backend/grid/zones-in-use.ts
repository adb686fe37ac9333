import type { Clock } from '../../core/ports/clock.ts';
import type { ResultsStore } from '../../core/ports/results-store.ts';

const DAY_SECONDS = 86_400;

/** Grid zones of the nodes that had figures in the last day. */
export async function zonesInUse(
  store: Pick<ResultsStore, 'listClusters' | 'nodes'>,
  clock: Clock,
): Promise<readonly string[]> {
  return zonesOf(
    (await store.listClusters()).map(({ id }) => id),
    store,
    clock,
  );
}

/** Those of some clusters. */
export async function zonesOf(
  clusterIds: readonly string[],
  store: Pick<ResultsStore, 'nodes'>,
  clock: Clock,
): Promise<readonly string[]> {
  if (clusterIds.length === 0) return [];
  const endSeconds = clock.nowSeconds();
  const nodes = await store.nodes(clusterIds, { startSeconds: endSeconds - DAY_SECONDS, endSeconds });
  return [...new Set(nodes.map(({ emapsZone }) => emapsZone))];
}
