import * as z from 'zod';
import { EnergyParts, Figures, QualityShares, UsageFigures } from './figures.ts';
import { filterFields, Instant, Name, Period, rangeFields } from './primitives.ts';

export const SummaryInput = z.object({ ...rangeFields, ...filterFields });
export type SummaryInput = z.infer<typeof SummaryInput>;

const amount = z.number().nonnegative();

export const SummaryTotals = z.object({
  total_co2e_grams: amount.describe('Operational, g CO2e'),
  total_co2e_low_grams: amount,
  total_co2e_high_grams: amount,
  total_embodied_co2e_grams: amount,
  total_embodied_low_grams: amount,
  total_embodied_high_grams: amount,
  total_co2e_all_scopes: amount.describe('Operational + embodied, g CO2e'),
  total_co2e_all_scopes_low: amount,
  total_co2e_all_scopes_high: amount,
  total_energy_joules: amount.describe('IT energy before PUE'),
  total_facility_energy_joules: amount,
  total_facility_energy_low_joules: amount,
  total_facility_energy_high_joules: amount,
  total_cost: amount,
  total_cost_low: amount,
  total_cost_high: amount,
  total_pods: z.int().nonnegative(),
  unallocated_co2e_grams: amount.describe('Operational + embodied of spare capacity'),
  energy_parts: EnergyParts,
  quality: QualityShares,
  mean_grid_intensity: amount
    .nullable()
    .describe(
      'Weighted by facility energy, g CO2e/kWh: total_facility_energy_joules ÷ 3.6e6 × this = total_co2e_grams; null without energy',
    ),
  mean_pue: amount
    .nullable()
    .describe('Weighted by IT energy: total_energy_joules × this = total_facility_energy_joules'),
});
export type SummaryTotals = z.infer<typeof SummaryTotals>;

export const Summary = SummaryTotals.extend({
  currency: z.string(),
  period: Period,
  coverage: z.number().min(0).max(1),
  covered_seconds: amount,
  expected_seconds: amount.describe('From the first window ever collected, or the start of the range, to now'),
  previous: SummaryTotals.extend({ period: Period, coverage: z.number().min(0).max(1) }).nullable(),
});
export type Summary = z.infer<typeof Summary>;

export const Granularity = z.enum(['5m', 'hour', '2h', '6h', 'day', 'week', 'month', 'year']);
export type Granularity = z.infer<typeof Granularity>;

export const GroupBy = z.enum(['namespace', 'workload', 'pod', 'node', 'cluster', 'team']);
export type GroupBy = z.infer<typeof GroupBy>;

export const TimeseriesInput = z.object({
  ...rangeFields,
  ...filterFields,
  granularity: Granularity.default('day'),
  group_by: GroupBy.optional(),
  top: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .optional()
    .describe('Keep the groups with most carbon, sum the rest as __other__'),
});
export type TimeseriesInput = z.infer<typeof TimeseriesInput>;

export const OTHER_GROUP = '__other__';

export const TimeseriesPoint = Figures.extend({
  timestamp: Instant,
  parts: EnergyParts,
  quality: QualityShares,
  group: z.string().optional().describe('The group, or __other__'),
  group_label: z.string().optional(),
  other_count: z.int().nonnegative().optional(),
});
export type TimeseriesPoint = z.infer<typeof TimeseriesPoint>;

/** How much of each bucket was collected: 0 means a gap, below `expected_seconds` a partial bucket. */
export const CoverageBucket = z.object({
  timestamp: Instant,
  end: Instant,
  covered_seconds: amount,
  expected_seconds: amount,
});
export type CoverageBucket = z.infer<typeof CoverageBucket>;

export const Timeseries = z.object({
  timeseries: z.array(TimeseriesPoint),
  buckets: z.array(CoverageBucket),
  period: Period,
  granularity: Granularity,
  tz: z.string(),
  currency: z.string(),
  approximated_by_hours: z
    .boolean()
    .describe('True where the zone is off the hour, so that days take the hours that start in them'),
});
export type Timeseries = z.infer<typeof Timeseries>;

export const BreakdownBy = z.enum(['cluster', 'namespace', 'workload', 'pod', 'node', 'team', 'zone', 'provider']);
export type BreakdownBy = z.infer<typeof BreakdownBy>;
export const BreakdownSort = z.enum(['co2e', 'energy', 'cost', 'name', 'cpu', 'memory']);

export const Spread = z
  .enum(['keep', 'reservation', 'even'])
  .describe('Where spare capacity and DaemonSets are shown: apart, with the others by what they reserve, or evenly');
export type Spread = z.infer<typeof Spread>;

export const BreakdownInput = z.object({
  ...rangeFields,
  ...filterFields,
  by: BreakdownBy.default('namespace'),
  sort: BreakdownSort.default('co2e'),
  order: z.enum(['asc', 'desc']).default('desc'),
  search: z.string().max(253).optional(),
  spread: Spread.default('keep'),
  compare: z.stringbool().or(z.boolean()).default(false).describe('Adds the figures of the period before'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
  cursor: z.string().max(64).optional(),
});
export type BreakdownInput = z.infer<typeof BreakdownInput>;

export const BreakdownItem = Figures.extend({
  key: z.string(),
  label: z.string(),
  cluster_id: z.string().nullable(),
  namespace: z.string().nullable(),
  owner_kind: z.string().nullable(),
  owner_name: z.string().nullable(),
  node: z.string().nullable(),
  row_kind: z.enum(['pod', 'system', 'unallocated', 'volume']),
  parts: EnergyParts,
  quality: QualityShares,
  usage: UsageFigures,
  previous: Figures.nullable(),
});
export type BreakdownItem = z.infer<typeof BreakdownItem>;

export const Breakdown = z.object({
  by: BreakdownBy,
  items: z.array(BreakdownItem),
  total: Figures.extend({
    parts: EnergyParts,
    quality: QualityShares,
    usage: UsageFigures,
    previous: Figures.nullable(),
  }),
  total_items: z.int().nonnegative(),
  total_is_lower_bound: z.boolean(),
  next_cursor: z.string().nullable(),
  period: Period,
  currency: z.string(),
});
export type Breakdown = z.infer<typeof Breakdown>;

export const NamespacesInput = z.object({ ...rangeFields, cluster: filterFields.cluster });
export const Namespaces = z.object({
  namespaces: z.array(
    z.object({
      name: z.string(),
      pod_count: z.int().nonnegative(),
      total_co2e_grams: amount,
      total_embodied_co2e_grams: amount,
      total_energy_joules: amount,
      total_cost: amount,
    }),
  ),
  period: Period,
});

export const MetricsInput = z.object({
  ...rangeFields,
  cluster: filterFields.cluster,
  namespace: filterFields.namespace,
  node: filterFields.node,
  pod: Name.optional().describe('Part of the name, or a glob with * and ?'),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
  cursor: z.string().max(64).optional().describe('next_cursor of the answer before; then offset is left out'),
});
export type MetricsInput = z.infer<typeof MetricsInput>;

/** One row of `combined_metrics`, column names as in the store. */
export const MetricRow = z.object({
  cluster_id: z.string(),
  row_kind: z.enum(['pod', 'system', 'unallocated', 'volume']),
  pod_name: z.string(),
  namespace: z.string(),
  pod_uid: z.string().nullable(),
  node: z.string(),
  node_instance_type: z.string().nullable(),
  node_zone: z.string().nullable(),
  provider: z.string(),
  emaps_zone: z.string(),
  owner_kind: z.string().nullable(),
  owner_name: z.string().nullable(),
  team: z.string().nullable(),
  timestamp: Instant,
  duration_seconds: amount,
  joules: amount,
  joules_low: amount,
  joules_high: amount,
  joules_dynamic: amount,
  joules_idle: amount,
  joules_memory: amount,
  joules_gpu: amount,
  joules_storage: amount,
  co2e_grams: amount,
  co2e_low_grams: amount,
  co2e_high_grams: amount,
  embodied_co2e_grams: amount,
  embodied_low_grams: amount,
  embodied_high_grams: amount,
  grid_intensity: amount,
  grid_intensity_timestamp: Instant.nullable(),
  pue: amount,
  cost_cpu: amount,
  cost_memory: amount,
  cost_gpu: amount,
  cost_storage: amount,
  cost_network: amount,
  total_cost: amount,
  cost_low: amount,
  cost_high: amount,
  cpu_request: amount,
  cpu_usage_millicores: amount,
  gpu_usage_millicores: amount.nullable(),
  memory_request: amount,
  memory_usage_bytes: amount,
  network_receive_bytes: amount,
  network_transmit_bytes: amount,
  disk_read_bytes: amount,
  disk_write_bytes: amount,
  storage_request_bytes: amount.nullable(),
  storage_usage_bytes: amount.nullable(),
  ephemeral_storage_request_bytes: amount.nullable(),
  ephemeral_storage_usage_bytes: amount,
  restart_count: z.int().nonnegative(),
  is_estimated: z.boolean(),
  estimation_reasons: z.array(z.string()),
  sources: z.record(z.string(), z.string()),
  calculation_version: z.string(),
});
export type MetricRow = z.infer<typeof MetricRow>;

export const Metrics = z.object({
  metrics: z.array(MetricRow),
  total: z.int().nonnegative(),
  total_is_lower_bound: z.boolean(),
  next_cursor: z.string().nullable(),
  period: Period,
});
