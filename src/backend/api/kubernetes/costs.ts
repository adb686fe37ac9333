import type * as z from 'zod';
import type { CostPeriod, CostsInput, NamespaceCosts } from '../../../contract/schemas/kubernetes/series.ts';
import type { CostAttribution } from '../../../model/kubernetes/objects.ts';
import { toIso, toPeriod } from '../../ranges/instants.ts';
import type { KubernetesDeps } from './deps.ts';
import { foundCluster, foundNamespace } from './found.ts';
import { MOST_POINTS, seriesRange } from './series-range.ts';

const DAY_SECONDS = 86_400;
type Period = z.infer<typeof CostPeriod>;

const STEPS = {
  hourly: { stepSeconds: 3600, defaultSeconds: DAY_SECONDS, coarser: 'period_type daily' },
  daily: { stepSeconds: DAY_SECONDS, defaultSeconds: 30 * DAY_SECONDS, coarser: 'period_type monthly' },
  monthly: { stepSeconds: DAY_SECONDS, defaultSeconds: 365 * DAY_SECONDS, coarser: null },
} as const satisfies Record<Period, object>;
const GRAINS = { hourly: 'hour', daily: 'day', monthly: 'month' } as const satisfies Record<Period, string>;

/** What a namespace cost by hour, day or month; the rows add up to `total_cost`. */
export async function namespaceCosts(
  input: z.infer<typeof CostsInput>,
  { kubernetes, clock }: Pick<KubernetesDeps, 'kubernetes' | 'clock'>,
): Promise<z.infer<typeof NamespaceCosts>> {
  const range = seriesRange(input, STEPS[input.period_type], clock.nowSeconds());
  const namespace = await foundNamespace(kubernetes, input.id);
  const cluster = await foundCluster(kubernetes, namespace.clusterId);
  const rows = await kubernetes.costs(input.id, range, GRAINS[input.period_type], MOST_POINTS);
  return {
    namespace_id: input.id,
    period_type: input.period_type,
    period: toPeriod(range),
    cost_currency: cluster.costCurrency,
    costs: rows.map(costWire),
    total_cost: rows.reduce((sum, row) => sum + row.totalCost, 0),
  };
}

function costWire(row: CostAttribution): z.infer<typeof NamespaceCosts>['costs'][number] {
  return {
    timestamp: toIso(Date.parse(`${row.date}T00:00:00Z`) / 1000 + (row.hour ?? 0) * 3600),
    date: row.date,
    hour: row.hour,
    cpu_cost: row.cpuCost,
    memory_cost: row.memoryCost,
    gpu_cost: row.gpuCost,
    storage_cost: row.storageCost,
    network_cost: row.networkCost,
    total_cost: row.totalCost,
    cpu_core_hours: row.cpuCoreHours,
    memory_gb_hours: row.memoryGbHours,
    storage_gb_hours: row.storageGbHours,
    network_gb: row.networkGb,
    team_name: row.teamName,
    cost_center: row.costCenter,
  };
}
