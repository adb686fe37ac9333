import * as z from 'zod';
import type { EpochSeconds } from '../../../model/time.ts';
import type { NamespaceCostRow } from '../../sql/schema/kubernetes/view-rows.ts';
import { compositePages, keyOf } from '../composite-pages.ts';
import { pagesOf } from '../documents.ts';
import type { IndexNames } from '../index-names.ts';
import type { Requests } from '../requests.ts';
import { type Aggregations, type Bucket, countIn, valueIn } from '../sum-aggregations.ts';

const DAY = 86_400;
const PAGE = 2000;
const SUMS = ['total_cost', 'cpu_core_hours', 'memory_gb_hours', 'storage_gb_hours', 'network_gb'] as const;

const Namespace = z.object({
  cluster_id: z.string(),
  id: z.string(),
  name: z.string(),
  team_name: z.string().nullish(),
  cost_center: z.string().nullish(),
});

interface Costs {
  readonly sums: Record<(typeof SUMS)[number], number>;
  days: number;
}

/** `v_k8s_namespace_costs` as a question: the same lines, by namespace id. "Last" is as of `nowSeconds`. */
export async function namespaceCosts(
  requests: Requests,
  names: IndexNames,
  nowSeconds: EpochSeconds,
  signal?: AbortSignal,
): Promise<readonly NamespaceCostRow[]> {
  const costs = await costsByNamespace(requests, names, nowSeconds, signal);
  const lines: NamespaceCostRow[] = [];
  for await (const page of pagesOf(requests, [names.all('k8s-namespaces')], { sort: ['id'] }, signal)) {
    for (const { source } of page) {
      const { cluster_id, id, name, team_name, cost_center } = Namespace.parse(source);
      const found = costs.get(id);
      lines.push({
        cluster_id,
        namespace_id: id,
        namespace: name,
        team_name: team_name ?? null,
        cost_center: cost_center ?? null,
        total_cost: found?.sums.total_cost ?? null,
        average_daily_cost: found === undefined ? null : found.sums.total_cost / found.days,
        cpu_core_hours: found?.sums.cpu_core_hours ?? null,
        memory_gb_hours: found?.sums.memory_gb_hours ?? null,
        storage_gb_hours: found?.sums.storage_gb_hours ?? null,
        network_gb: found?.sums.network_gb ?? null,
      });
    }
  }
  return lines;
}

const OF_SUMS: Aggregations = Object.fromEntries(SUMS.map((field) => [field, { sum: { field } }]));
const HAS_HOUR = { exists: { field: 'hour' } };
const AGGREGATIONS: Aggregations = {
  hours: { filter: HAS_HOUR, aggregations: OF_SUMS },
  day: { filter: { bool: { must_not: [HAS_HOUR] } }, aggregations: OF_SUMS },
};

async function costsByNamespace(
  requests: Requests,
  names: IndexNames,
  nowSeconds: EpochSeconds,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Costs>> {
  const first = new Date((nowSeconds - 29 * DAY) * 1000).toISOString().slice(0, 10);
  const question = {
    indices: [names.all('k8s-cost-attribution')],
    query: { range: { date: { gte: first } } },
    fields: ['namespace_id', 'date'],
    aggregations: AGGREGATIONS,
    size: PAGE,
  };
  const costs = new Map<string, Costs>();
  for await (const page of compositePages(requests, question, signal)) {
    for (const bucket of page) addDay(costs, keyOf(bucket)['namespace_id'] ?? '', bucket);
  }
  return costs;
}

/** A day's own document counts for the day; else its hours do. */
function addDay(costs: Map<string, Costs>, namespace: string, bucket: Bucket): void {
  const day = bucket['day'] as Bucket;
  const counted = countIn(day) > 0 ? day : (bucket['hours'] as Bucket);
  const of = costs.get(namespace) ?? {
    sums: { total_cost: 0, cpu_core_hours: 0, memory_gb_hours: 0, storage_gb_hours: 0, network_gb: 0 },
    days: 0,
  };
  costs.set(namespace, of);
  of.days += 1;
  for (const field of SUMS) of.sums[field] += valueIn(counted, field);
}
