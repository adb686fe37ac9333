import { DateTime } from 'luxon';
import type * as z from 'zod';
import type {
  ReportYears,
  ReportYearsInput,
  TopPods,
  TopPodsInput,
  TotalsByNamespace,
  TotalsByNamespaceInput,
} from '../../contract/schemas/short-totals.ts';
import type { BreakdownItem, BreakdownQuery } from '../../core/ports/results-store.ts';
import { bucketsOf } from '../ranges/buckets.ts';
import { toIso } from '../ranges/instants.ts';
import type { ApiDeps } from './deps.ts';
import { rowKindOf } from './group-names.ts';
import { firstWindowSeconds } from './report-rows.ts';
import { type Scope, scopeOf } from './scope.ts';

/** Namespaces of all clusters that are looked at. */
const MOST_NAMESPACES = 10_000;
/** Groups of one read, where those that are no pods are left out. */
const PAGE = 200;

type ShortTotals = z.infer<typeof TotalsByNamespace>[number];

/** Totals by the name of the namespace, whichever cluster it is in. */
export async function totalsByNamespace(
  input: z.infer<typeof TotalsByNamespaceInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof TotalsByNamespace>> {
  const scope = await scopeOf(input, '24h', deps);
  const { items } = await deps.store.breakdown(queryOf(scope, 'namespace', MOST_NAMESPACES, 0), signal);
  const byName = new Map<string, ShortTotals>();
  for (const item of items) {
    const { key } = item.group;
    byName.set(key, sumOf(byName.get(key), shortOf(key, item)));
  }
  return [...byName.values()].sort((one, other) => carbonOf(other) - carbonOf(one)).slice(0, input.limit);
}

/** The pods that emit most; what is no pod is left out. */
export async function topPods(
  input: z.infer<typeof TopPodsInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof TopPods>> {
  const scope = await scopeOf(input, '24h', deps);
  const pods: z.infer<typeof TopPods> = [];
  for (let offset = 0; ; offset += PAGE) {
    const page = await deps.store.breakdown(queryOf(scope, 'pod', PAGE, offset), signal);
    for (const item of page.items) {
      if (rowKindOf(item.group, 'pod') !== 'pod') continue;
      const { key, namespace, clusterId } = item.group;
      pods.push({ ...shortOf(namespace ?? '', item), pod_name: key, cluster_id: clusterId });
      if (pods.length === input.limit) return pods;
    }
    if (page.items.length === 0 || offset + page.items.length >= page.groupCount) return pods;
  }
}

/** Years of the zone's calendar in which something was collected. */
export async function reportYears(
  input: z.infer<typeof ReportYearsInput>,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof ReportYears>> {
  const since = await firstWindowSeconds(await scopeOf({ ...input, last: '1h' }, '1h', deps), deps);
  if (since === null || since >= deps.clock.nowSeconds()) return [];
  const scope = await scopeOf({ ...input, start: toIso(since) }, '1h', deps);
  const { buckets } = bucketsOf(scope.range, 'year', scope.timeZone);
  const points = await deps.store.series({ filter: scope.filter, buckets, groupBy: null, top: null }, signal);
  const years = points
    .filter((point) => point.joules > 0 || point.totalCost > 0 || point.podCount > 0)
    .map((point) => DateTime.fromSeconds(point.bucketStartSeconds, { zone: scope.timeZone }).year);
  return [...new Set(years)].sort((one, other) => one - other);
}

function queryOf(scope: Scope, by: 'namespace' | 'pod', limit: number, offset: number): BreakdownQuery {
  const { filter, range } = scope;
  return { filter, range, by, sort: 'co2e', descending: true, limit, offset, search: null };
}

function shortOf(namespace: string, item: BreakdownItem): ShortTotals {
  return {
    namespace,
    co2e_grams: item.co2eGrams,
    embodied_co2e_grams: item.embodiedCo2eGrams,
    total_cost: item.totalCost,
    energy_joules: item.joules,
  };
}

function sumOf(one: ShortTotals | undefined, other: ShortTotals): ShortTotals {
  if (one === undefined) return other;
  return {
    namespace: other.namespace,
    co2e_grams: one.co2e_grams + other.co2e_grams,
    embodied_co2e_grams: one.embodied_co2e_grams + other.embodied_co2e_grams,
    total_cost: one.total_cost + other.total_cost,
    energy_joules: one.energy_joules + other.energy_joules,
  };
}

function carbonOf({ co2e_grams, embodied_co2e_grams }: ShortTotals): number {
  return co2e_grams + embodied_co2e_grams;
}
