import type { NodeSnapshot } from '../../model/results.ts';
import type { RowSources } from '../../model/sources.ts';
import type { BreakdownItem, StoredNodeWindow, StoredRow, Sums } from '../ports/results-store.ts';
import type { NodeShare } from './node-share.ts';

type Cluster = Pick<NodeShare, 'clusterId' | 'clusterName'>;
type Place = Pick<NodeShare, 'node' | 'instanceType' | 'provider' | 'region' | 'zone'>;

/** The figures of one node, split by the sources of its windows as their own energy is; the newest sources last. */
export function splitBySources(
  item: BreakdownItem,
  windows: readonly StoredNodeWindow[],
  snapshot: NodeSnapshot | null,
  cluster: Cluster,
): NodeShare[] {
  const all = windows.reduce((sum, window) => sum + window.joulesTotal, 0);
  const bySources = new Map<string, { window: StoredNodeWindow; joules: number }>();
  for (const window of windows) {
    const key = JSON.stringify(window.sources);
    const joules = (bySources.get(key)?.joules ?? 0) + window.joulesTotal;
    // Removed first, so that the newest sources come last.
    bySources.delete(key);
    bySources.set(key, { window, joules });
  }
  const place: Place = {
    node: item.group.key,
    instanceType: snapshot?.instanceType ?? null,
    provider: snapshot?.provider ?? 'unknown',
    region: snapshot?.region ?? null,
    zone: snapshot?.emapsZone ?? 'WORLD',
  };
  return [...bySources.values()].map(({ window, joules }) => {
    const weight = all > 0 ? joules / all : 1 / bySources.size;
    const curveFactor = { low: window.curveLowFactor, high: window.curveHighFactor };
    return { ...cluster, ...place, sources: window.sources, curveFactor, ...amountsOf(item, weight) };
  });
}

/** Volumes stand for no node: grid, building and prices are taken to be known as those of `like`, the largest node's. */
export function volumeShare(item: BreakdownItem, like: NodeShare): NodeShare {
  const own: Partial<RowSources> = { cpu: 'no-samples', usage: 'requests', power: 'provider-default', gpu: 'none' };
  const sources = { ...like.sources, ...own };
  return { ...like, node: '', instanceType: null, sources, curveFactor: null, ...amountsOf(item, 1) };
}

/** One stored row as the only part. */
export function rowShare(row: StoredRow, share: Pick<NodeShare, 'clusterName' | 'region' | 'curveFactor'>): NodeShare {
  return {
    ...share,
    clusterId: row.clusterId,
    node: row.node,
    instanceType: row.nodeInstanceType,
    provider: row.provider,
    zone: row.emapsZone,
    sources: row.sources,
    ...amountsOf(row, 1),
  };
}

/** Parts that stand for the whole: those that were not looked at are taken to be like the others. */
export function scaledTo(shares: readonly NodeShare[], whole: Pick<Sums, 'joules'>): NodeShare[] {
  const joules = shares.reduce((sum, share) => sum + share.joules, 0);
  const factor = joules > 0 ? whole.joules / joules : 1;
  return shares.map((share) => ({
    ...share,
    joules: share.joules * factor,
    joulesGpu: share.joulesGpu * factor,
    joulesStorage: share.joulesStorage * factor,
    co2eGrams: share.co2eGrams * factor,
    embodiedGrams: share.embodiedGrams * factor,
    cost: share.cost * factor,
  }));
}

type Amounts = Pick<Sums, 'joules' | 'joulesGpu' | 'joulesStorage' | 'co2eGrams' | 'embodiedCo2eGrams' | 'totalCost'>;

function amountsOf(of: Amounts, weight: number) {
  return {
    joules: of.joules * weight,
    joulesGpu: of.joulesGpu * weight,
    joulesStorage: of.joulesStorage * weight,
    co2eGrams: of.co2eGrams * weight,
    embodiedGrams: of.embodiedCo2eGrams * weight,
    cost: of.totalCost * weight,
  };
}
