import type {
  BreakdownItem,
  BreakdownPage,
  BreakdownQuery,
  BreakdownSort,
  GroupKey,
  Sums,
  Totals,
} from '../../core/ports/results-store.ts';
import { type Spread, type SpreadGroup, spreadGroups } from '../../core/spread/spread.ts';
import type { ApiDeps } from './deps.ts';
import { rowKindOf } from './group-names.ts';

/** More groups than any page shows; groups beyond keep what they have. */
const MOST_SPREAD = 10_000;
const DAEMON_SET = 'DaemonSet';

/** Only where spare capacity is a group of its own: a node's, zone's or provider's is part of theirs. */
const SPREADABLE: ReadonlySet<BreakdownQuery['by']> = new Set(['namespace', 'workload', 'pod', 'team']);

/**
 * The page of a breakdown, with spare capacity and DaemonSets shown as `spread` says. What is stored stays as it is:
 * all groups are read, spread, searched, sorted and cut here. DaemonSets stay where they are in a breakdown by team.
 */
export async function spreadPage(
  query: BreakdownQuery,
  spread: Spread,
  store: Pick<ApiDeps['store'], 'breakdown'>,
  signal: AbortSignal | undefined,
): Promise<BreakdownPage> {
  if (spread === 'keep' || !SPREADABLE.has(query.by)) return store.breakdown(query, signal);
  const whole = { ...query, limit: MOST_SPREAD, offset: 0, search: null };
  const [page, daemons] = await Promise.all([
    store.breakdown(whole, signal),
    query.by === 'namespace' ? daemonsByNamespace(whole, store, signal) : null,
  ]);
  const isOfClusters = page.items.every(({ group }) => group.clusterId !== null);
  const groups = page.items.map((item) => groupOf(item, query, isOfClusters, daemons));
  const sums = spreadGroups(groups, spread);
  const items = page.items.flatMap((item, index): BreakdownItem[] => {
    const own = sums[index] ?? null;
    return own === null ? [] : [{ ...item, ...own }];
  });
  return cut(items, page, query);
}

function groupOf(
  item: BreakdownItem,
  { by }: BreakdownQuery,
  isOfClusters: boolean,
  daemons: ReadonlyMap<string, Totals> | null,
): SpreadGroup {
  const { group, podCount, ...sums } = item;
  const kind = rowKindOf(group, by);
  const isOwnDaemon = (by === 'workload' || by === 'pod') && group.ownerKind === DAEMON_SET;
  const inside = daemons?.get(keyOf(group));
  const isAll = kind === 'unallocated' || isOwnDaemon;
  return {
    pool: isOfClusters ? (group.clusterId ?? '') : '',
    sums,
    podCount,
    shared: isAll ? { sums, podCount } : inside === undefined ? null : sumsOf(inside),
    takes: kind === 'pod' && !isOwnDaemon,
  };
}

async function daemonsByNamespace(
  query: BreakdownQuery,
  store: Pick<ApiDeps['store'], 'breakdown'>,
  signal: AbortSignal | undefined,
): Promise<Map<string, Totals>> {
  const page = await store.breakdown({ ...query, by: 'workload', sort: 'co2e', descending: true }, signal);
  const found = new Map<string, Totals>();
  for (const { group, ...totals } of page.items) {
    if (group.ownerKind !== DAEMON_SET) continue;
    const before = found.get(keyOf(group));
    found.set(keyOf(group), before === undefined ? totals : added(before, totals));
  }
  return found;
}

function keyOf({ clusterId, namespace }: GroupKey): string {
  return JSON.stringify([clusterId, namespace]);
}

function sumsOf({ podCount, ...sums }: Totals): { sums: Sums; podCount: number } {
  return { sums, podCount };
}

function added<T extends Sums>(left: T, right: T): T {
  const sum: Record<string, number> = {};
  for (const [name, value] of Object.entries(right)) sum[name] = value;
  for (const [name, value] of Object.entries(left)) sum[name] = (sum[name] ?? 0) + value;
  return { ...left, ...sum };
}

/** The page that was asked for, as the store would have cut it. */
function cut(items: readonly BreakdownItem[], page: BreakdownPage, query: BreakdownQuery): BreakdownPage {
  const search = query.search?.toLowerCase() ?? null;
  const matching = search === null ? [...items] : items.filter(({ group }) => group.key.toLowerCase().includes(search));
  const value = SORT_VALUES[query.sort];
  const sign = query.descending ? -1 : 1;
  matching.sort((a, b) => {
    if (value === null) return sign * byKey(a, b);
    return sign * (value(a) - value(b)) || byKey(a, b);
  });
  const total =
    search === null
      ? page.total
      : matching.reduce<Totals>((sum, { group: _, ...each }) => added(sum, each), zeroOf(page));
  const dropped = page.items.length - items.length;
  return {
    items: matching.slice(query.offset, query.offset + query.limit),
    total,
    groupCount: search === null ? page.groupCount - dropped : matching.length,
  };
}

const SORT_VALUES: Readonly<Record<BreakdownSort, ((item: BreakdownItem) => number) | null>> = {
  co2e: (item) => item.co2eGrams + item.embodiedCo2eGrams,
  energy: (item) => item.pueJoules,
  cost: (item) => item.totalCost,
  name: null,
  cpu: (item) => item.cpuUsageMillicoreSeconds,
  memory: (item) => item.memoryUsageByteSeconds,
};

function byKey(a: BreakdownItem, b: BreakdownItem): number {
  return a.group.key < b.group.key ? -1 : Number(a.group.key > b.group.key);
}

function zeroOf({ total }: BreakdownPage): Totals {
  const zero: Record<string, number> = {};
  for (const name of Object.keys(total)) zero[name] = 0;
  return { ...total, ...zero };
}
