import * as z from 'zod';
import { type BreakdownInput, type BreakdownItem, type GroupBy, Spread } from '../../../contract/schemas/metrics.ts';
import type { Metric } from '../../../contract/schemas/primitives.ts';
import { filterOfKey } from '../../figures/group-filter.ts';

const EXPLORE_GROUPS = ['namespace', 'workload', 'pod', 'node', 'team'] as const satisfies readonly GroupBy[];
export type ExploreGroup = (typeof EXPLORE_GROUPS)[number];
const text = z.string().min(1).max(300).optional().catch(undefined);

/** What Explore keeps in the address besides cluster, range and metric. */
export const ExploreSearch = z.object({
  namespace: text,
  workload: text,
  node: text,
  team: text,
  group: z.enum(EXPLORE_GROUPS).optional().catch(undefined),
  sort: z.enum(['co2e', 'energy', 'cost', 'name', 'cpu', 'memory']).optional().catch(undefined),
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
  columns: text,
  spread: Spread.optional().catch(undefined),
  search: text,
});
export type ExploreSearch = z.output<typeof ExploreSearch>;

/** Where spare capacity and DaemonSets are shown; what is stored never changes. */
export type SpreadChoice = NonNullable<ExploreSearch['spread']>;

export const GROUP_NAMES: Readonly<Record<ExploreGroup, { readonly one: string; readonly many: string }>> = {
  namespace: { one: 'Namespace', many: 'Namespaces' },
  workload: { one: 'Workload', many: 'Workloads' },
  pod: { one: 'Pod', many: 'Pods' },
  node: { one: 'Node', many: 'Nodes' },
  team: { one: 'Team', many: 'Teams' },
};

/** What the rows are where the address doesn't say: one step below what is looked at. */
export function groupOf(search: ExploreSearch): ExploreGroup {
  if (search.group !== undefined) return search.group;
  if (search.workload !== undefined) return 'pod';
  if (search.namespace !== undefined) return isOwnNamespace(search.namespace) ? 'node' : 'workload';
  return 'namespace';
}

/** Groups that make sense below the current filter. */
export function groupsFor(search: ExploreSearch): readonly ExploreGroup[] {
  if (search.workload !== undefined) return ['pod', 'node'];
  if (search.namespace !== undefined) return isOwnNamespace(search.namespace) ? ['node'] : ['workload', 'pod', 'node'];
  return EXPLORE_GROUPS;
}

/** Namespaces that Kubernetes forbids hold the rows of machines: system, unallocated, volumes. */
export function isOwnNamespace(namespace: string): boolean {
  return namespace.startsWith('__') && namespace.endsWith('__');
}

/** The filter as operations take it. */
export function narrowingOf(search: ExploreSearch) {
  return {
    ...(search.namespace === undefined ? {} : { namespace: search.namespace }),
    ...(search.workload === undefined ? {} : { workload: search.workload }),
    ...(search.node === undefined ? {} : { node: search.node }),
    ...(search.team === undefined ? {} : { team: search.team }),
  };
}

export type ExplorePatch = { readonly [K in keyof ExploreSearch]?: ExploreSearch[K] | undefined };

/** One level down from a row; null where there is none. Search and group belong to the level that is left. */
export function drillInto(
  item: Pick<BreakdownItem, 'key' | 'namespace' | 'node' | 'row_kind'>,
  group: ExploreGroup,
): ExplorePatch | null {
  const fresh = { group: undefined, search: undefined };
  switch (group) {
    case 'namespace':
      return { ...fresh, namespace: item.namespace ?? item.key };
    case 'workload':
      if (item.row_kind !== 'pod') return { ...fresh, namespace: item.namespace ?? item.key };
      return { ...fresh, namespace: item.namespace ?? undefined, workload: filterOfKey(item.key, 'workload').value };
    case 'node':
      return item.node === null ? null : { ...fresh, node: item.node, group: 'pod' };
    case 'team':
      return item.key === '' ? null : { ...fresh, team: item.key, group: 'workload' };
    case 'pod':
      return null;
  }
}

/** One level up; null at the top. */
export function levelUp(search: ExploreSearch): ExplorePatch | null {
  const fresh = { group: undefined, search: undefined };
  if (search.workload !== undefined) return { ...fresh, workload: undefined };
  if (search.namespace !== undefined) return { ...fresh, namespace: undefined };
  if (search.node !== undefined || search.team !== undefined) return { ...fresh, node: undefined, team: undefined };
  return null;
}

type BreakdownSort = BreakdownInput['sort'];
const SORT_OF_METRIC: Readonly<Record<Metric, BreakdownSort>> = { carbon: 'co2e', energy: 'energy', cost: 'cost' };

/** The sort in force: the address's, or most of the metric first. */
export function sortOf(
  search: ExploreSearch,
  metric: Metric,
): { readonly sort: BreakdownSort; readonly order: 'asc' | 'desc' } {
  const sort = search.sort ?? SORT_OF_METRIC[metric];
  return { sort, order: search.order ?? (sort === 'name' ? 'asc' : 'desc') };
}

/** What a click on a header does: the other order of the same column, or the new column in its natural order. */
export function sortBy(search: ExploreSearch, metric: Metric, column: BreakdownSort): ExplorePatch {
  const now = sortOf(search, metric);
  if (now.sort !== column) return { sort: column, order: undefined };
  return { sort: column, order: now.order === 'asc' ? 'desc' : 'asc' };
}
