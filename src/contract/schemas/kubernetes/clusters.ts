import * as z from 'zod';
import { Instant, Notice } from '../primitives.ts';
import { Id, pageAnswer, pageFields } from './paging.ts';

export const Environment = z.enum(['production', 'staging', 'development']);
export const HealthStatus = z.enum(['healthy', 'degraded', 'critical', 'unknown']);
const ClusterStatus = z.enum(['active', 'paused']);

/** The body limit of the server lies above this; a kubeconfig of more is none. */
const MOST_KUBECONFIG_CHARACTERS = 500_000;
const Kubeconfig = z
  .string()
  .min(1, 'kubeconfig takes the text of a kubeconfig (YAML)')
  .max(MOST_KUBECONFIG_CHARACTERS, 'kubeconfig is larger than 500,000 characters');

const DisplayName = z.string().trim().min(1, 'name must not be empty').max(100, 'name takes 100 characters at most');
const Description = z.string().trim().max(2000, 'description takes 2,000 characters at most');
const Tags = z.array(z.string().trim().min(1).max(63)).max(50, 'tags takes 50 words at most');

/** A cluster of the registry. Its kubeconfig is never here, in clear or sealed. */
export const Cluster = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  api_server_url: z.string(),
  cluster_version: z.string().nullable(),
  provider: z.string().nullable(),
  region: z.string().nullable(),
  environment: Environment.nullable(),
  status: ClusterStatus,
  health_status: HealthStatus,
  total_nodes: z.int().nullable(),
  total_namespaces: z.int().nullable(),
  total_deployments: z.int().nullable(),
  total_pods: z.int().nullable(),
  estimated_monthly_cost: z.number().nullable(),
  cost_currency: z.string(),
  tags: z.array(z.string()),
  last_sync_at: Instant.nullable(),
  last_error: z.string().nullable(),
  created_at: Instant,
  updated_at: Instant,
  context_name: z.string(),
  /** `registered`: by a kubeconfig that Podwatt keeps sealed; `context`: of the person's own kubeconfig files. */
  origin: z.enum(['registered', 'context']),
});
export type Cluster = z.infer<typeof Cluster>;

export const ClusterListInput = z.object({
  status: ClusterStatus.optional(),
  environment: Environment.optional(),
  provider: z.string().min(1).max(63).optional(),
  ...pageFields,
});
export const ClusterList = z.object({ clusters: z.array(Cluster), ...pageAnswer });

export const RegisterInput = z.object({
  name: DisplayName,
  kubeconfig: Kubeconfig,
  context: z.string().min(1).max(253).optional().describe('One of its contexts; the current one where left out'),
  description: Description.optional(),
  environment: Environment.optional(),
  tags: Tags.optional(),
  consent: z.boolean().default(false).describe('True where the person allows what the kubeconfig runs and reads'),
});
export type RegisterInput = z.infer<typeof RegisterInput>;

export const PreviewInput = z.object({ kubeconfig: Kubeconfig });
const Problem = z.object({ message: z.string(), hint: z.string().nullable() });
/** What a kubeconfig would do, before anything of it is kept or used. */
export const KubeconfigPreview = z.object({
  contexts: z.array(
    z.object({
      name: z.string(),
      cluster_name: z.string(),
      server_url: z.string().nullable(),
      auth_kind: z.string(),
      is_current: z.boolean(),
      problem: Problem.nullable(),
      runs: z.array(z.string()).describe('Programs that it runs on this machine, secrets masked'),
      reads: z.array(z.string()).describe('Files of this machine that it reads'),
    }),
  ),
  /** Whether a context that runs or reads something can be registered here at all. */
  consent: z.enum(['asked', 'refused']),
});
export type KubeconfigPreview = z.infer<typeof KubeconfigPreview>;

export const ClusterChangeInput = z.object({
  id: Id,
  name: DisplayName.optional(),
  description: Description.nullable().optional(),
  environment: Environment.nullable().optional(),
  tags: Tags.optional(),
  status: ClusterStatus.optional().describe('paused stops collecting and sync; active starts them again'),
});
export type ClusterChangeInput = z.infer<typeof ClusterChangeInput>;

/** What a removal takes away and what it leaves, for people. */
export const Removal = z.object({ removes: z.array(z.string()), keeps: z.array(z.string()) });

export const SyncAnswer = z.object({ cluster_id: z.string(), message: z.string(), triggered_at: Instant });

/** A right that the context lacks: what can't be known without it, and the role that gives it (in the hint). */
const MissingRight = Notice.extend({
  verb: z.enum(['list', 'watch']),
  resource: z.string(),
  api_group: z.string().describe('Empty: the core group'),
});

/** A line of `v_k8s_cluster_health`, with the reasons of the newest change. */
export const ClusterHealth = z.object({
  cluster_id: z.string(),
  cluster_name: z.string(),
  provider: z.string().nullable(),
  environment: z.string().nullable(),
  status: z.string(),
  health_status: HealthStatus,
  total_nodes: z.number().nullable(),
  healthy_nodes: z.number().nullable(),
  total_deployments: z.number().nullable(),
  healthy_deployments: z.number().nullable(),
  total_namespaces: z.number().nullable(),
  total_pods: z.number().nullable(),
  cpu_usage_cores: z.number().nullable(),
  memory_usage_bytes: z.number().nullable(),
  estimated_monthly_cost: z.number().nullable(),
  cost_currency: z.string(),
  last_sync_at: Instant.nullable(),
  last_error: z.string().nullable(),
  since: Instant.nullable(),
  reasons: z.array(z.object({ code: z.string(), message: z.string(), objects: z.array(z.string()) })),
  notices: z.array(MissingRight),
  missing_role: z.string().nullable().describe('YAML of the smallest ClusterRole that gives all that is missing'),
});

export const HealthHistoryInput = z.object({
  id: Id,
  start: Instant.optional(),
  end: Instant.optional(),
  limit: pageFields.limit,
});
/** Newest first; a change holds until the one before it in the list. */
export const HealthHistory = z.object({
  changes: z.array(
    z.object({
      at: Instant,
      health_status: HealthStatus,
      reasons: ClusterHealth.shape.reasons,
    }),
  ),
  period: z.object({ start: Instant, end: Instant }),
});
export type HealthHistory = z.infer<typeof HealthHistory>;
