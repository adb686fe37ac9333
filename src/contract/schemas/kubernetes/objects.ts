import * as z from 'zod';
import { Instant } from '../primitives.ts';
import { HealthStatus } from './clusters.ts';
import { pageAnswer } from './paging.ts';

const words = z.record(z.string(), z.string());
const times = { created_at: Instant, updated_at: Instant, deleted_at: Instant.nullable() };

export const Namespace = z.object({
  id: z.string(),
  cluster_id: z.string(),
  name: z.string(),
  namespace_uid: z.string().nullable(),
  status: z.string(),
  cpu_limit: z.number().nullable().describe('Millicores, of its quotas'),
  memory_limit: z.number().nullable().describe('Bytes, of its quotas'),
  pod_limit: z.number().nullable(),
  cpu_usage_cores: z.number().nullable(),
  memory_usage_bytes: z.number().nullable(),
  pod_count: z.int().nullable(),
  team_name: z.string().nullable(),
  cost_center: z.string().nullable(),
  estimated_daily_cost: z.number().nullable(),
  labels: words,
  annotations: words,
  ...times,
});
export type Namespace = z.infer<typeof Namespace>;
export const NamespaceList = z.object({ namespaces: z.array(Namespace), ...pageAnswer });

export const Node = z.object({
  id: z.string(),
  cluster_id: z.string(),
  name: z.string(),
  node_uid: z.string().nullable(),
  node_type: z.string().nullable(),
  instance_type: z.string().nullable(),
  cpu_capacity: z.number().nullable().describe('Millicores'),
  memory_capacity: z.number().nullable().describe('Bytes'),
  pod_capacity: z.number().nullable(),
  cpu_allocatable: z.number().nullable(),
  memory_allocatable: z.number().nullable(),
  pod_allocatable: z.number().nullable(),
  cpu_usage_cores: z.number().nullable(),
  memory_usage_bytes: z.number().nullable(),
  pod_count: z.int().nullable(),
  status: z.enum(['Ready', 'NotReady', 'Unknown']),
  conditions: z.array(
    z.object({
      type: z.string(),
      status: z.string(),
      reason: z.string().nullable(),
      message: z.string().nullable(),
      changed_at: Instant.nullable(),
    }),
  ),
  labels: words,
  taints: z.array(z.object({ key: z.string(), value: z.string().nullable(), effect: z.string() })),
  ...times,
});
export type Node = z.infer<typeof Node>;
export const NodeList = z.object({ nodes: z.array(Node), ...pageAnswer });

export const Deployment = z.object({
  id: z.string(),
  cluster_id: z.string(),
  namespace_id: z.string(),
  name: z.string(),
  kind: z.string().describe('Deployment, or another kind of workload'),
  deployment_uid: z.string().nullable(),
  replicas_desired: z.int(),
  replicas_current: z.int(),
  replicas_ready: z.int(),
  replicas_available: z.int(),
  replicas_unavailable: z.int(),
  containers: z.array(z.object({ name: z.string(), image: z.string() })),
  status: z.string().nullable(),
  health_status: HealthStatus,
  strategy: z.string().nullable(),
  labels: words,
  annotations: words,
  ...times,
});
export type Deployment = z.infer<typeof Deployment>;
export const DeploymentList = z.object({ deployments: z.array(Deployment), ...pageAnswer });
/** Workloads of the whole cluster, those that are not healthy first. */
export const WorkloadList = z.object({
  workloads: z.array(Deployment.extend({ namespace: z.string() })),
  ...pageAnswer,
  total_is_lower_bound: z.boolean(),
});
export type WorkloadList = z.infer<typeof WorkloadList>;

const Container = z.object({
  name: z.string(),
  image: z.string(),
  state: z.string().nullable(),
  reason: z.string().nullable(),
  ready: z.boolean(),
  restart_count: z.int(),
});
export const Pod = z.object({
  id: z.string(),
  cluster_id: z.string(),
  namespace_id: z.string(),
  deployment_id: z.string().nullable(),
  name: z.string(),
  pod_uid: z.string(),
  node_name: z.string().nullable(),
  phase: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']),
  status: z.string().nullable(),
  reason: z.string().nullable(),
  qos_class: z.enum(['Guaranteed', 'Burstable', 'BestEffort']).nullable(),
  restart_count: z.int(),
  oom_kills: z.int(),
  containers: z.array(Container),
  init_containers: z.array(Container),
  cpu_request: z.number().nullable().describe('Millicores'),
  cpu_limit: z.number().nullable(),
  memory_request: z.number().nullable().describe('Bytes'),
  memory_limit: z.number().nullable(),
  started_at: Instant.nullable(),
  finished_at: Instant.nullable(),
  created_at: Instant,
  updated_at: Instant,
});
export type Pod = z.infer<typeof Pod>;
export const PodList = z.object({ pods: z.array(Pod), ...pageAnswer });
export const TroubledPodList = z.object({
  pods: z.array(Pod.extend({ namespace: z.string() })),
  total: z.int().nonnegative(),
  limit: z.int(),
});

export const HelmRelease = z.object({
  id: z.string(),
  cluster_id: z.string(),
  namespace_id: z.string(),
  namespace: z.string().nullable(),
  name: z.string(),
  chart_name: z.string(),
  chart_version: z.string().nullable(),
  app_version: z.string().nullable(),
  status: z.string(),
  revision: z.int(),
  values_yaml: z.string().nullable().describe('What looks secret is masked'),
  first_deployed_at: Instant.nullable(),
  last_deployed_at: Instant.nullable(),
  ...times,
});
export type HelmRelease = z.infer<typeof HelmRelease>;
export const HelmReleaseList = z.object({ releases: z.array(HelmRelease), ...pageAnswer });
