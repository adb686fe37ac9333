import * as z from 'zod';
import { Instant, Name, Period, rangeFields } from './primitives.ts';

export const RecommendationType = z.enum([
  'ZOMBIE_POD',
  'RIGHTSIZING_CPU',
  'RIGHTSIZING_MEMORY',
  'AUTOSCALING_CANDIDATE',
  'OFF_PEAK_SCALING',
  'IDLE_NAMESPACE',
  'CARBON_AWARE_SCHEDULING',
  'OVERPROVISIONED_NODE',
  'UNDERUTILIZED_NODE',
  'CONSOLIDATE_NODES',
  'MISSING_REQUESTS',
]);
export const Severity = z.enum(['critical', 'high', 'medium', 'low']);
export const RecommendationStatus = z.enum(['active', 'ignored', 'applied', 'verified', 'regressed', 'stale']);
export const Confidence = z.enum(['high', 'medium', 'low']);
/** CPU in millicores, memory in bytes; other values carry their unit in the name. */
export const NamedValues = z.record(z.string(), z.union([z.number(), z.string(), z.null()]));

const Range = z.object({ low: z.number(), expected: z.number(), high: z.number() });
export type Range = z.infer<typeof Range>;

/** A day less, when followed alone. Carbon only for what stops; embodied apart; `low` is 0 where a node must go first. */
export const EstimatedSavings = z.object({
  cost_per_day: z.number(),
  co2e_grams_per_day: z.number(),
  cost_per_day_range: Range,
  co2e_grams_per_day_range: Range,
  embodied_co2e_grams_per_day_range: Range,
  energy_joules_per_day: z.number(),
  freed_cpu_millicores: z.number(),
  freed_memory_bytes: z.number(),
  needs_node_to_go: z.boolean(),
});

export const EvidenceSeries = z.object({
  name: z.string(),
  unit: z.enum(['cores', 'bytes', 'watts', 'gramsPerKwh', 'pods', 'share']),
  start: Instant,
  step_seconds: z.number(),
  mean: z.array(z.number().nullable()),
  peak: z.array(z.number().nullable()).nullable(),
});
export const Evidence = z.object({
  series: z.array(EvidenceSeries),
  lines: z.array(
    z.object({
      kind: z.enum(['request', 'limit', 'proposal', 'p95', 'maximum', 'threshold']),
      label: z.string(),
      value: z.number(),
    }),
  ),
  figures: NamedValues,
  hours_observed: z.number(),
  hours_possible: z.number(),
});

export const Change = z.object({
  patch_yaml: z.string(),
  kubectl: z.string(),
  helm_values_yaml: z.string().nullable(),
  diff: z.array(z.object({ sign: z.enum(['-', '+', ' ']), text: z.string() })),
  cautions: z.array(z.string()),
});

export const Verification = z.object({
  before: Period,
  after: Period,
  co2e_saved_grams_per_day: Range,
  cost_saved_per_day: Range,
  measured_at: Instant,
  outcome: z.enum(['waiting', 'below', 'within', 'above']),
  note: z.string(),
});

/** A recommendation as lists carry it. */
export const RecommendationItem = z.object({
  id: z.string(),
  plan_id: z.string(),
  cluster: z.string(),
  type: RecommendationType,
  scope: z.enum(['pod', 'workload', 'namespace', 'node', 'cluster']),
  severity: Severity,
  confidence: Confidence,
  /** `Kind/name`, a namespace, a node, or the cluster's name. */
  resource: z.string(),
  namespace: z.string().nullable(),
  title: z.string(),
  details: z.string(),
  current: NamedValues,
  recommended: NamedValues,
  estimated_savings: EstimatedSavings,
  status: RecommendationStatus,
  found_at: Instant,
  updated_at: Instant,
  ignore_reason: z.string().nullable(),
  ignored_until: Instant.nullable(),
  applied_at: Instant.nullable(),
  applied_by: z.enum(['watched', 'person']).nullable(),
  actual: NamedValues.nullable(),
  verification: Verification.nullable(),
  period: Period,
});
export type RecommendationItem = z.infer<typeof RecommendationItem>;

export const RecommendationDetail = RecommendationItem.extend({
  evidence: Evidence,
  change: Change.nullable(),
  history: z.array(
    z.object({
      at: Instant,
      status: RecommendationStatus,
      reason: z.string().nullable(),
      actual: NamedValues.nullable(),
    }),
  ),
  /** Others of the same plan. */
  plan: z.array(z.object({ id: z.string(), type: RecommendationType, title: z.string() })),
});
export type RecommendationDetail = z.infer<typeof RecommendationDetail>;

/** Jointly computed over all that matched: overlaps counted once, never more than the cluster emits or costs. */
export const JointSavings = z.object({
  co2e_grams_per_day: Range,
  embodied_co2e_grams_per_day: Range,
  cost_per_day: Range,
  nodes_that_can_go: z.int().nonnegative(),
});

const limit = (fallback: number) => z.coerce.number().int().min(1).max(1000).default(fallback);
const listFields = {
  cluster: Name.optional(),
  namespace: Name.optional(),
  type: RecommendationType.optional(),
  limit: limit(100),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
};
const refresh = z
  .stringbool()
  .or(z.boolean())
  .default(false)
  .describe('True: analyse anew before answering; at most once a minute and cluster');

export const RecommendationsInput = z.object({ ...listFields });
export const RecommendationListInput = z.object({
  ...listFields,
  refresh,
  sort: z.enum(['co2e', 'cost', 'priority', 'newest']).default('co2e'),
});
export const TopInput = z.object({
  ...listFields,
  limit: limit(5),
  metric: z.enum(['co2', 'cost']).default('co2'),
});
export const HistoryInput = z.object({ ...listFields, ...rangeFields });

export const RecommendationList = z.object({
  recommendations: z.array(RecommendationItem),
  total: z.int().nonnegative(),
  /** Null where nothing was analysed yet. */
  savings: JointSavings.nullable(),
  /** ISO 4217; XXX where clusters count in different ones. */
  currency: z.string(),
  analysed_at: Instant.nullable(),
  /** What kept an analysis from being whole, in words. */
  notices: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() })),
  counts: z.record(RecommendationStatus, z.int().nonnegative()),
});
export type RecommendationList = z.infer<typeof RecommendationList>;

export const SavingsInput = z.object({ cluster: Name.optional(), ...rangeFields });
export const SavingsReport = z.object({
  period: Period,
  currency: z.string(),
  promised_co2e_grams: z.number(),
  measured_co2e_grams: z.number(),
  promised_cost: z.number(),
  measured_cost: z.number(),
  count: z.int().nonnegative(),
  by_type: z.array(
    z.object({
      type: RecommendationType,
      count: z.int().nonnegative(),
      promised_co2e_grams: z.number(),
      measured_co2e_grams: z.number(),
      promised_cost: z.number(),
      measured_cost: z.number(),
    }),
  ),
  days: z.array(
    z.object({
      date: z.string(),
      promised_co2e_grams: z.number(),
      measured_co2e_grams: z.number().nullable(),
      promised_cost: z.number(),
      measured_cost: z.number().nullable(),
    }),
  ),
});
export type SavingsReport = z.infer<typeof SavingsReport>;

export const RecommendationIdInput = z.object({ id: z.string().min(1).max(64) });
export const ApplyInput = RecommendationIdInput.extend({
  actual: NamedValues.default({}).describe('What was set in truth; the recommended values where left out'),
  reason: z.string().trim().max(500).optional(),
});
export const IgnoreInput = RecommendationIdInput.extend({
  reason: z.string().trim().max(500).default(''),
  until: Instant.nullable().default(null).describe('Until when; for ever where left out'),
});
export const IgnoreManyInput = IgnoreInput.omit({ id: true }).extend({
  ids: z.array(z.string().min(1).max(64)).min(1).max(500),
});

export const ThresholdSettings = z.object({
  look_back_days: z.int().min(1).max(31),
  rightsizing_share: z.number().gt(0).lt(1),
  headroom: z.number().min(1).max(5),
  autoscaling_variation: z.number().gt(0).max(10),
  autoscaling_spike: z.number().gt(1).max(100),
  off_peak_share: z.number().gt(0).lt(1),
  off_peak_min_hours: z.int().min(1).max(23),
  carbon_aware_ratio: z.number().gt(1).max(10),
  node_share: z.number().gt(0).lt(1),
  cpu_floor_millicores: z.number().min(1).max(10_000),
  memory_floor_bytes: z.number().min(1).max(1e12),
  idle_pod_watts: z.number().gt(0).max(1000),
  idle_namespace_watts: z.number().gt(0).max(1000),
  include_system_namespaces: z.boolean(),
});
export const ThresholdSettingsInput = ThresholdSettings.partial();
