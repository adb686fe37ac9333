import * as z from 'zod';
import type { KubernetesStore } from '../../../core/ports/kubernetes-store.ts';
import type { CostAttribution } from '../../../model/kubernetes/objects.ts';
import type { TimeRange } from '../../../model/time.ts';
import type { Statement } from '../statement.ts';
import { costDays, where } from './questions.ts';

export type CostKey = Parameters<KubernetesStore['costsBy']>[0];
export type CostSum = Awaited<ReturnType<KubernetesStore['costsBy']>>[number];

/** Fields that are added up, by their columns. */
export const COST_SUMS = {
  cpu_cost: 'cpuCost',
  memory_cost: 'memoryCost',
  gpu_cost: 'gpuCost',
  storage_cost: 'storageCost',
  network_cost: 'networkCost',
  total_cost: 'totalCost',
  cpu_core_hours: 'cpuCoreHours',
  memory_gb_hours: 'memoryGbHours',
  storage_gb_hours: 'storageGbHours',
  network_gb: 'networkGb',
} as const;

const FIELDS = Object.values(COST_SUMS);
export const KEY_COLUMNS = {
  team: 'team_name',
  'cost-center': 'cost_center',
  namespace: 'namespace_id',
  cluster: 'cluster_id',
} as const satisfies Record<CostKey, string>;

/** Days of the range by key and cluster, as each cluster has its currency. */
export function costsByQuestion(key: CostKey, clusterId: string | null, range: TimeRange): Statement {
  const column = KEY_COLUMNS[key];
  const conditions = [...(clusterId === null ? [] : [where('t.cluster_id = ?', clusterId)]), ...costDays(range)];
  const sums = Object.keys(COST_SUMS).map((each) => `SUM(t.${each}) AS ${each}`);
  return {
    text: `SELECT t.${column} AS key, t.cluster_id, MAX(t.team_name) AS team_name, MAX(t.cost_center) AS cost_center,
  ${sums.join(', ')} FROM k8s_cost_attribution t WHERE ${conditions.map(({ text }) => text).join(' AND ')}
GROUP BY t.${column}, t.cluster_id`,
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}

const Line = z.object({
  key: z.string().nullable(),
  cluster_id: z.string(),
  team_name: z.string().nullable(),
  cost_center: z.string().nullable(),
});
const Sums = z.object({
  cpu_cost: z.number(),
  memory_cost: z.number(),
  gpu_cost: z.number(),
  storage_cost: z.number(),
  network_cost: z.number(),
  total_cost: z.number(),
  cpu_core_hours: z.number(),
  memory_gb_hours: z.number(),
  storage_gb_hours: z.number(),
  network_gb: z.number(),
});

/** A line of that question. What a group does not share is left out: an empty namespace, no team, no cost center. */
export function costSumOf(key: CostKey, line: unknown): CostSum {
  const of = Line.parse(line);
  const sums = Sums.parse(line);
  return {
    key: of.key,
    clusterId: of.cluster_id,
    namespaceId: key === 'namespace' ? (of.key ?? '') : '',
    teamName: key === 'team' ? of.key : key === 'namespace' ? of.team_name : null,
    costCenter: key === 'cost-center' ? of.key : key === 'namespace' ? of.cost_center : null,
    cpuCost: sums.cpu_cost,
    memoryCost: sums.memory_cost,
    gpuCost: sums.gpu_cost,
    storageCost: sums.storage_cost,
    networkCost: sums.network_cost,
    totalCost: sums.total_cost,
    cpuCoreHours: sums.cpu_core_hours,
    memoryGbHours: sums.memory_gb_hours,
    storageGbHours: sums.storage_gb_hours,
    networkGb: sums.network_gb,
  };
}

/** Dearest first; what is equal by cluster and key. */
export function dearestFirst(sums: readonly CostSum[]): readonly CostSum[] {
  const nameOf = ({ clusterId, key }: CostSum): string => `${clusterId}\u0000${key ?? ''}`;
  return [...sums].sort((a, b) => b.totalCost - a.totalCost || (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** Days of a namespace, in order, as months: their sums, with the owners of the last day. */
export function monthsOf(days: readonly CostAttribution[]): readonly CostAttribution[] {
  const months = new Map<string, CostAttribution>();
  for (const day of days) {
    const month = day.date.slice(0, 7);
    const before = months.get(month);
    const first = { id: `${day.namespaceId}/${month}`, date: `${month}-01`, hour: null };
    const sums = Object.fromEntries(FIELDS.map((field) => [field, (before?.[field] ?? 0) + day[field]]));
    const updatedAtSeconds = Math.max(before?.updatedAtSeconds ?? 0, day.updatedAtSeconds);
    months.set(month, { ...day, ...first, ...sums, updatedAtSeconds });
  }
  return [...months.values()];
}
