import { DAY_SECONDS, dateOf, datesIn, rangeOfDate } from '../../core/cost-attribution/calendar.ts';
import type { CostAttribution } from '../../model/kubernetes/objects.ts';
import type { TimeRange } from '../../model/time.ts';
import type { CostStore } from './cost-store.ts';
import type { NamespaceNames } from './namespace-names.ts';

/** What a namespace (or a line that is none) emitted and cost in a UTC day, and whom it belonged to. */
export interface NamespaceDay {
  readonly date: string;
  readonly namespace: string;
  /** Operational and embodied. */
  readonly carbonKilograms: number;
  readonly cost: number;
  readonly teamName: string | null;
  readonly costCenter: string | null;
}

export interface ClusterDays {
  readonly lines: readonly NamespaceDay[];
  /** Collected seconds of each day of the range. */
  readonly coveredSeconds: ReadonlyMap<string, number>;
}

type Owner = Pick<NamespaceDay, 'teamName' | 'costCenter'>;

/**
 * The days of a cluster by namespace: carbon from the roll-ups, costs and owners from `k8s_cost_attribution`. Carbon of a
 * day goes to whom its costs go; before there are any, to the owner of the days after.
 */
export async function readClusterDays(
  clusterId: string,
  range: TimeRange,
  store: CostStore,
  names: NamespaceNames,
): Promise<ClusterDays> {
  const buckets = datesIn(range).map(rangeOfDate);
  if (buckets.length === 0) return { lines: [], coveredSeconds: new Map() };
  const query = { filter: { clusterIds: [clusterId] }, buckets, groupBy: 'namespace', top: null } as const;
  const [points, coverage, costs] = await Promise.all([
    store.series(query),
    store.coverage([clusterId], buckets),
    readCosts(clusterId, range, buckets.length, store, names),
  ]);
  const owners = latestOwners(costs);
  const lines = new Map<string, NamespaceDay>();
  for (const [namespace, rows] of costs) {
    for (const { date, totalCost, teamName, costCenter } of rows) {
      lines.set(`${date} ${namespace}`, { date, namespace, carbonKilograms: 0, cost: totalCost, teamName, costCenter });
    }
  }
  for (const { bucketStartSeconds, group, co2eGrams, embodiedCo2eGrams } of points) {
    const namespace = group?.key;
    if (namespace === undefined) continue;
    const date = dateOf(bucketStartSeconds);
    const known = lines.get(`${date} ${namespace}`);
    const owner = owners.get(namespace) ?? { teamName: null, costCenter: null };
    const carbonKilograms = (co2eGrams + embodiedCo2eGrams) / 1000;
    lines.set(`${date} ${namespace}`, { date, namespace, cost: 0, ...owner, ...known, carbonKilograms });
  }
  const covered = coverage.map(
    ({ bucketStartSeconds, coveredSeconds }) =>
      [dateOf(bucketStartSeconds), Math.min(DAY_SECONDS, coveredSeconds)] as const,
  );
  return { lines: [...lines.values()], coveredSeconds: new Map(covered) };
}

async function readCosts(
  clusterId: string,
  range: TimeRange,
  days: number,
  store: CostStore,
  names: NamespaceNames,
): Promise<ReadonlyMap<string, readonly CostAttribution[]>> {
  const costs = new Map<string, readonly CostAttribution[]>();
  for (const { namespaceId } of await store.costsBy('namespace', clusterId, range)) {
    const name = await names.of(namespaceId);
    if (name !== null) costs.set(name, await store.costs(namespaceId, range, 'day', days));
  }
  return costs;
}

function latestOwners(costs: ReadonlyMap<string, readonly CostAttribution[]>): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const [name, rows] of costs) {
    const [first, ...others] = rows;
    if (first === undefined) continue;
    const { teamName, costCenter } = others.reduce((last, row) => (row.date > last.date ? row : last), first);
    owners.set(name, { teamName, costCenter });
  }
  return owners;
}
