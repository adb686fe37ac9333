import type { AggregateFacts, LargestNode } from '../../core/explain/aggregate-facts.ts';
import type { BreakdownItem, BreakdownPage, RowsPage, StoredNodeWindow } from '../../core/ports/results-store.ts';
import { STORAGE_NAMESPACE } from '../../model/results.ts';
import type { TimeRange } from '../../model/time.ts';
import type { ApiDeps } from './deps.ts';
import type { Scope } from './scope.ts';

/** Nodes that a sum is told by. */
const MOST_NODES = 50;
/** The newest window of a node lies in the last hours of a range, unless the node went away before. */
const LATE_SECONDS = 2 * 3600;
const MOST_WINDOWS = 500;
/** Rows are answered for at most two days. */
const SAMPLED_SECONDS = 48 * 3600;

export interface FoundAggregate extends AggregateFacts {
  readonly reasons: readonly string[];
  /** Null where several versions are in it, or none is left to tell. */
  readonly calculationVersion: string | null;
}

export async function aggregateFacts(
  scope: Scope,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<FoundAggregate> {
  const { filter, range, currency } = scope;
  const query = { filter, range, by: 'node', sort: 'energy', descending: true, limit: MOST_NODES, offset: 0 } as const;
  const [totals, page, first, last] = await Promise.all([
    deps.store.totals(filter, range, signal),
    deps.store.breakdown({ ...query, search: null }, signal),
    oneRow(
      scope,
      { ...range, endSeconds: Math.min(range.endSeconds, range.startSeconds + SAMPLED_SECONDS) },
      deps,
      signal,
    ),
    oneRow(
      scope,
      { ...range, startSeconds: Math.max(range.startSeconds, range.endSeconds - LATE_SECONDS) },
      deps,
      signal,
    ),
  ]);
  const [top] = page.items.filter(({ group }) => group.key !== '');
  const seen = [first, last].filter((row) => row !== undefined);
  const versions = new Set(seen.map(({ calculationVersion }) => calculationVersion));
  const [version] = versions;
  return {
    totals,
    nodes: page.items,
    nodeCount: page.groupCount - (await volumeGroups(page, scope, deps, signal)),
    largest: top === undefined ? null : await largestNode(top, scope, deps, signal),
    currency,
    areRowsGone: seen.length === 0 && totals.joules > 0,
    reasons: [...new Set(seen.flatMap(({ estimationReasons }) => estimationReasons))],
    calculationVersion: versions.size === 1 ? (version ?? null) : null,
  };
}

/** Groups by node that are no node: volumes, once a cluster. They may lie beyond the page. */
async function volumeGroups(
  { items, groupCount }: BreakdownPage,
  { filter, range }: Scope,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<number> {
  const here = items.filter(({ group }) => group.key === '').length;
  const { namespace = STORAGE_NAMESPACE } = filter;
  if (items.length >= groupCount || namespace !== STORAGE_NAMESPACE) return here;
  const query = { range, by: 'node', sort: 'energy', descending: true, limit: 1, offset: 0, search: null } as const;
  const volumes = await deps.store.breakdown({ ...query, filter: { ...filter, namespace } }, signal);
  return volumes.groupCount;
}

async function oneRow({ filter }: Scope, range: TimeRange, deps: ApiDeps, signal: AbortSignal | undefined) {
  const page: RowsPage = await deps.store.rows({ filter, podPattern: null, range, limit: 1, offset: 0 }, signal);
  return page.rows[0];
}

async function largestNode(
  { group }: BreakdownItem,
  scope: Scope,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<LargestNode | null> {
  const clusterId = group.clusterId ?? scope.clusters[0]?.id;
  if (clusterId === undefined) return null;
  const [window, snapshots, whole] = await Promise.all([
    newestWindow(clusterId, group.key, scope.range, deps),
    deps.store.nodes([clusterId], scope.range),
    deps.store.totals({ clusterIds: [clusterId], node: group.key }, scope.range, signal),
  ]);
  const snapshot = snapshots.find(({ name }) => name === group.key);
  return {
    window,
    provider: snapshot?.provider ?? 'unknown',
    zone: snapshot?.emapsZone ?? 'WORLD',
    instanceType: snapshot?.instanceType ?? null,
    embodiedKilograms: snapshot?.embodiedKilograms ?? null,
    wholeEmbodiedGrams: whole.embodiedCo2eGrams,
  };
}

/** Null where node facts of the range are gone. */
export async function newestWindow(
  clusterId: string,
  node: string,
  range: TimeRange,
  deps: Pick<ApiDeps, 'store'>,
): Promise<StoredNodeWindow | null> {
  const late = { ...range, startSeconds: Math.max(range.startSeconds, range.endSeconds - LATE_SECONDS) };
  const query = { clusterId, node, limit: MOST_WINDOWS };
  const newest = (await deps.store.nodeWindows({ ...query, range: late })).at(-1);
  if (newest !== undefined || late.startSeconds === range.startSeconds) return newest ?? null;
  return (await deps.store.nodeWindows({ ...query, range })).at(-1) ?? null;
}
