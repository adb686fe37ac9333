import * as z from 'zod';
import type { Budget, BudgetAlert } from '../../../model/kubernetes/budget.ts';
import type { ClusterEntry } from '../../../model/kubernetes/cluster-entry.ts';
import type { HealthChange } from '../../../model/kubernetes/health.ts';
import type {
  CostAttribution,
  HelmRelease,
  KubeNamespace,
  KubeNode,
  KubePod,
  KubeWorkload,
  ResourceMetric,
} from '../../../model/kubernetes/objects.ts';
import { K8S_BUDGET_ALERTS, K8S_BUDGETS } from '../schema/kubernetes/budgets.ts';
import { K8S_CLUSTERS } from '../schema/kubernetes/clusters.ts';
import { K8S_COST_ATTRIBUTION } from '../schema/kubernetes/cost-attribution.ts';
import { K8S_DEPLOYMENTS } from '../schema/kubernetes/deployments.ts';
import { K8S_HEALTH_HISTORY } from '../schema/kubernetes/health-history.ts';
import { K8S_HELM_RELEASES } from '../schema/kubernetes/helm-releases.ts';
import { K8S_NAMESPACES } from '../schema/kubernetes/namespaces.ts';
import { K8S_NODES } from '../schema/kubernetes/nodes.ts';
import { K8S_PODS } from '../schema/kubernetes/pods.ts';
import { K8S_RESOURCE_METRICS } from '../schema/kubernetes/resource-metrics.ts';
import { RecordTable } from './record-table.ts';

const Labels = z.record(z.string(), z.string());
const Image = z.object({ name: z.string(), image: z.string() });
const Container = Image.extend({
  state: z.string().nullable(),
  reason: z.string().nullable(),
  ready: z.boolean(),
  restartCount: z.number(),
});
const Condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  changedAtSeconds: z.number().nullable(),
});
const Taint = z.object({ key: z.string(), value: z.string().nullable(), effect: z.string() });
const Reason = z.object({ code: z.string(), message: z.string(), objects: z.array(z.string()) });
const ofLabels = { labels: Labels, annotations: Labels };

export const CLUSTERS = new RecordTable<ClusterEntry>(
  K8S_CLUSTERS,
  { kubeconfig_encrypted: 'sealedKubeconfig' },
  { tags: z.array(z.string()), metadata: z.record(z.string(), z.json()) },
);

export const NAMESPACES = new RecordTable<KubeNamespace>(
  K8S_NAMESPACES,
  { namespace_uid: 'uid', cpu_limit: 'cpuLimitMillicores', memory_limit: 'memoryLimitBytes' },
  ofLabels,
);

export const NODES = new RecordTable<KubeNode>(
  K8S_NODES,
  {
    node_uid: 'uid',
    cpu_capacity: 'cpuCapacityMillicores',
    memory_capacity: 'memoryCapacityBytes',
    cpu_allocatable: 'cpuAllocatableMillicores',
    memory_allocatable: 'memoryAllocatableBytes',
  },
  { ...ofLabels, conditions: z.array(Condition), taints: z.array(Taint) },
);

export const WORKLOADS = new RecordTable<KubeWorkload>(
  K8S_DEPLOYMENTS,
  { deployment_uid: 'uid' },
  { ...ofLabels, containers: z.array(Image) },
);

export const PODS = new RecordTable<KubePod>(
  K8S_PODS,
  {
    deployment_id: 'workloadId',
    pod_uid: 'uid',
    cpu_request: 'cpuRequestMillicores',
    cpu_limit: 'cpuLimitMillicores',
    memory_request: 'memoryRequestBytes',
    memory_limit: 'memoryLimitBytes',
  },
  { containers: z.array(Container), init_containers: z.array(Container) },
);

export const RELEASES = new RecordTable<HelmRelease>(K8S_HELM_RELEASES);

export const METRICS = new RecordTable<ResourceMetric>(K8S_RESOURCE_METRICS, {
  deployment_id: 'workloadId',
  resource_type: 'level',
  network_rx_bytes: 'networkReceiveBytes',
  network_tx_bytes: 'networkTransmitBytes',
});

export const COSTS = new RecordTable<CostAttribution>(K8S_COST_ATTRIBUTION);

export const HEALTH = new RecordTable<HealthChange>(
  K8S_HEALTH_HISTORY,
  { timestamp: 'atSeconds' },
  { reasons: z.array(Reason) },
);

export const BUDGETS = new RecordTable<Budget>(K8S_BUDGETS, { scope_key: 'key', limit_value: 'limit' });

export const ALERTS = new RecordTable<BudgetAlert>(K8S_BUDGET_ALERTS, { timestamp: 'atSeconds', limit_value: 'limit' });
