import * as z from 'zod';
import { Instant, Period } from '../primitives.ts';
import { Id } from './paging.ts';

const range = {
  start: Instant.optional().describe('Start of the range'),
  end: Instant.optional().describe('End of the range (excluded); now where left out'),
};

export const CostPeriod = z.enum(['hourly', 'daily', 'monthly']);

export const CostsInput = z.object({ id: Id, period_type: CostPeriod.default('hourly'), ...range });
export const NamespaceCosts = z.object({
  namespace_id: z.string(),
  period_type: CostPeriod,
  period: Period,
  cost_currency: z.string(),
  costs: z.array(
    z.object({
      /** Start of the hour, day or month. */
      timestamp: Instant,
      date: z.string(),
      hour: z.int().nullable(),
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
      team_name: z.string().nullable(),
      cost_center: z.string().nullable(),
    }),
  ),
  total_cost: z.number(),
});

export const Resolution = z.enum(['5m', 'hour', 'day']);
export const MetricsSeriesInput = z.object({ id: Id, ...range, resolution: Resolution.default('5m') });

/** Usage: means of the bucket, null where nothing was measured; traffic, restarts and kills: sums. */
const Point = z.object({
  timestamp: Instant,
  cpu_usage_cores: z.number().nullable(),
  memory_usage_bytes: z.number().nullable(),
  network_rx_bytes: z.number().nullable(),
  network_tx_bytes: z.number().nullable(),
  storage_usage_bytes: z.number().nullable(),
  restarts: z.int(),
  oom_kills: z.int(),
  sample_count: z.int(),
});
export type MetricPoint = z.infer<typeof Point>;

export const MetricsSeries = z.object({
  resource_type: z.enum(['cluster', 'namespace']),
  object_id: z.string(),
  resolution: Resolution,
  period: Period,
  metrics: z.array(Point),
});
