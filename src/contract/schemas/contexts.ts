import * as z from 'zod';
import { Instant } from './primitives.ts';

const Problem = z.object({ message: z.string(), hint: z.string().nullable() });

export const ContextItem = z.object({
  name: z.string(),
  file: z.string().nullable(),
  cluster_name: z.string(),
  server_url: z.string().nullable(),
  user_name: z.string().nullable(),
  namespace: z.string().nullable(),
  auth_kind: z.string(),
  is_current: z.boolean(),
  is_sample: z.boolean(),
  problem: Problem.nullable(),
  /** Known once it was connected to. */
  cluster_id: z.string().nullable(),
  collecting: z.boolean(),
  /** Why the last reading failed, while it is switched on; also where the cluster was never reached. */
  last_error: Problem.nullable().optional(),
});
export type ContextItem = z.infer<typeof ContextItem>;

export const Contexts = z.object({
  files: z.array(z.object({ path: z.string(), problem: Problem.nullable() })),
  contexts: z.array(ContextItem),
});
export type Contexts = z.infer<typeof Contexts>;

export const CheckStep = z.object({
  source: z.enum(['kubernetes', 'usage', 'energy', 'cost', 'grid', 'hardware']),
  state: z.enum(['running', 'passed', 'partial', 'failed', 'not-tried']),
  detail: z.string(),
  hint: z.string().nullable(),
  latency_milliseconds: z.number().nullable(),
});
export type CheckStep = z.infer<typeof CheckStep>;

export const ClusterItem = z.object({
  id: z.string(),
  name: z.string(),
  context_name: z.string(),
  server_url: z.string(),
  server_version: z.string().nullable(),
  provider: z.string().nullable(),
  region: z.string().nullable(),
  currency: z.string(),
  is_sample: z.boolean(),
  node_count: z.int().nullable(),
  pod_count: z.int().nullable(),
  collecting: z.boolean(),
  state: z.enum([
    'collecting',
    'reading-history',
    'paused',
    'elsewhere',
    'signed-out',
    'unreachable',
    'failing',
    'no-data',
  ]),
  /** End of the youngest window with data. */
  last_window_end: Instant.nullable(),
  next_run_at: Instant.nullable(),
  last_error: Problem.nullable(),
  /** State `elsewhere`: another Podwatt has the lease of this cluster in the shared store, and collects it. */
  collected_by: z.object({ holder: z.string(), until: Instant }).nullable().optional(),
  sources: z.array(
    z.object({ name: z.string(), state: z.enum(['ok', 'partial', 'failed', 'off', 'unknown']), detail: z.string() }),
  ),
});
export type ClusterItem = z.infer<typeof ClusterItem>;
export const Clusters = z.object({ clusters: z.array(ClusterItem) });

export const CollectingInput = z.object({
  context: z.string().min(1),
  collecting: z.boolean(),
  /** How far back the first reading goes, for example `7d`. */
  backfill: z
    .string()
    .regex(/^\d{1,4}[hdw]$/, 'backfill takes a number and h, d or w, for example 7d')
    .default('7d'),
});
export const CollectingAnswer = z.object({ cluster_id: z.string(), collecting: z.boolean() });

export const ProgressPhase = z.object({
  name: z.enum(['inventory', 'usage', 'attribution', 'grid', 'cost']),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'stopped']),
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  unit: z.enum(['windows', 'objects', 'hours']),
  detail: z.string(),
});
export type ProgressPhase = z.infer<typeof ProgressPhase>;

/** State of a reading in progress (or of the last one); sent anew on each change, at most 5 a second. */
export const Progress = z.object({
  cluster_id: z.string(),
  state: z.enum(['idle', 'running', 'done', 'failed', 'stopped']),
  phases: z.array(ProgressPhase),
  windows_done: z.int().nonnegative(),
  windows_total: z.int().nonnegative(),
  windows_without_data: z.int().nonnegative(),
  seconds_left: z.number().nullable(),
  so_far: z.object({ co2e_grams: z.number(), low_grams: z.number(), high_grams: z.number(), hours: z.number() }),
  message: Problem.nullable(),
});
export type Progress = z.infer<typeof Progress>;

export const ClusterInput = z.object({ cluster: z.string().min(1) });
export const ContextInput = z.object({ context: z.string().min(1) });

/** Settings of one cluster. Secrets go in and never come out: `has_…` says whether one is kept. */
export const ClusterSettings = z.object({
  context: z.string(),
  prometheus_url: z.string().nullable(),
  prometheus_auth: z.enum(['none', 'bearer', 'basic']),
  prometheus_username: z.string().nullable(),
  has_prometheus_secret: z.boolean(),
  has_certificate_authority: z.boolean(),
  extra_matchers: z.string().nullable(),
  tenant_header: z.string().nullable(),
  pue: z.number().min(1).max(5).nullable(),
  zone: z.string().nullable(),
  price_cpu_core_hour: z.number().nonnegative().nullable(),
  price_memory_gb_hour: z.number().nonnegative().nullable(),
  currency: z.string().length(3).nullable(),
});
export type ClusterSettings = z.infer<typeof ClusterSettings>;

export const ClusterSettingsInput = ClusterSettings.omit({
  has_prometheus_secret: true,
  has_certificate_authority: true,
})
  .partial()
  .required({ context: true })
  .extend({
    /** Token or password; null removes it, left out keeps it. */
    prometheus_secret: z.string().nullable().optional(),
    certificate_authority: z.string().nullable().optional(),
    tenant_value: z.string().nullable().optional(),
  });
export type ClusterSettingsInput = z.infer<typeof ClusterSettingsInput>;

export const RunItem = z.object({
  window_start: Instant,
  duration_seconds: z.number(),
  state: z.enum(['whole', 'partial', 'no-data']),
  covered_seconds: z.number(),
  reason: z.string().nullable(),
  row_count: z.int(),
  closed_at: Instant,
});
export const RunsInput = z.object({ cluster: z.string().min(1), last: z.string().default('24h') });
export const Runs = z.object({ runs: z.array(RunItem) });
