import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import type { Deployment, HelmRelease, Namespace, Node, Pod } from '../../../contract/schemas/kubernetes/objects.ts';
import type { ClusterEntry } from '../../../model/kubernetes/cluster-entry.ts';
import type {
  KubeContainer,
  KubeNamespace,
  KubeNode,
  KubePod,
  KubeWorkload,
  HelmRelease as ModelRelease,
} from '../../../model/kubernetes/objects.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { toIso } from '../../ranges/instants.ts';

const isoOrNull = (seconds: EpochSeconds | null): string | null => (seconds === null ? null : toIso(seconds));

function timesOf(kept: {
  readonly createdAtSeconds: EpochSeconds;
  readonly updatedAtSeconds: EpochSeconds;
  readonly deletedAtSeconds: EpochSeconds | null;
}) {
  return {
    created_at: toIso(kept.createdAtSeconds),
    updated_at: toIso(kept.updatedAtSeconds),
    deleted_at: isoOrNull(kept.deletedAtSeconds),
  };
}

/** Field by field: what is added to an entry later, and its kubeconfig, can't slip into an answer. */
export function clusterWire(entry: ClusterEntry): Cluster {
  return {
    id: entry.id,
    name: entry.name,
    description: entry.description,
    api_server_url: entry.apiServerUrl,
    cluster_version: entry.clusterVersion,
    provider: entry.provider,
    region: entry.region,
    environment: entry.environment,
    status: entry.status,
    health_status: entry.healthStatus,
    total_nodes: entry.totalNodes,
    total_namespaces: entry.totalNamespaces,
    total_deployments: entry.totalDeployments,
    total_pods: entry.totalPods,
    estimated_monthly_cost: entry.estimatedMonthlyCost,
    cost_currency: entry.costCurrency,
    tags: [...entry.tags],
    last_sync_at: isoOrNull(entry.lastSyncAtSeconds),
    last_error: entry.lastError,
    created_at: toIso(entry.createdAtSeconds),
    updated_at: toIso(entry.updatedAtSeconds),
    context_name: entry.contextName,
    origin: entry.sealedKubeconfig === null ? 'context' : 'registered',
  };
}

export function namespaceWire(namespace: KubeNamespace): Namespace {
  return {
    id: namespace.id,
    cluster_id: namespace.clusterId,
    name: namespace.name,
    namespace_uid: namespace.uid,
    status: namespace.status,
    cpu_limit: namespace.cpuLimitMillicores,
    memory_limit: namespace.memoryLimitBytes,
    pod_limit: namespace.podLimit,
    cpu_usage_cores: namespace.cpuUsageCores,
    memory_usage_bytes: namespace.memoryUsageBytes,
    pod_count: namespace.podCount,
    team_name: namespace.teamName,
    cost_center: namespace.costCenter,
    estimated_daily_cost: namespace.estimatedDailyCost,
    labels: { ...namespace.labels },
    annotations: { ...namespace.annotations },
    ...timesOf(namespace),
  };
}

export function nodeWire(node: KubeNode): Node {
  return {
    id: node.id,
    cluster_id: node.clusterId,
    name: node.name,
    node_uid: node.uid,
    node_type: node.nodeType,
    instance_type: node.instanceType,
    cpu_capacity: node.cpuCapacityMillicores,
    memory_capacity: node.memoryCapacityBytes,
    pod_capacity: node.podCapacity,
    cpu_allocatable: node.cpuAllocatableMillicores,
    memory_allocatable: node.memoryAllocatableBytes,
    pod_allocatable: node.podAllocatable,
    cpu_usage_cores: node.cpuUsageCores,
    memory_usage_bytes: node.memoryUsageBytes,
    pod_count: node.podCount,
    status: node.status,
    conditions: node.conditions.map(({ type, status, reason, message, changedAtSeconds }) => ({
      type,
      status,
      reason,
      message,
      changed_at: isoOrNull(changedAtSeconds),
    })),
    labels: { ...node.labels },
    taints: node.taints.map(({ key, value, effect }) => ({ key, value, effect })),
    ...timesOf(node),
  };
}

export function deploymentWire(workload: KubeWorkload): Deployment {
  return {
    id: workload.id,
    cluster_id: workload.clusterId,
    namespace_id: workload.namespaceId,
    name: workload.name,
    kind: workload.kind,
    deployment_uid: workload.uid,
    replicas_desired: workload.replicasDesired,
    replicas_current: workload.replicasCurrent,
    replicas_ready: workload.replicasReady,
    replicas_available: workload.replicasAvailable,
    replicas_unavailable: workload.replicasUnavailable,
    containers: workload.containers.map(({ name, image }) => ({ name, image })),
    status: workload.status,
    health_status: workload.healthStatus,
    strategy: workload.strategy,
    labels: { ...workload.labels },
    annotations: { ...workload.annotations },
    ...timesOf(workload),
  };
}

export function podWire(pod: KubePod): Pod {
  return {
    id: pod.id,
    cluster_id: pod.clusterId,
    namespace_id: pod.namespaceId,
    deployment_id: pod.workloadId,
    name: pod.name,
    pod_uid: pod.uid,
    node_name: pod.nodeName,
    phase: pod.phase,
    status: pod.status,
    reason: pod.reason,
    qos_class: pod.qosClass,
    restart_count: pod.restartCount,
    oom_kills: pod.oomKills,
    containers: pod.containers.map(containerWire),
    init_containers: pod.initContainers.map(containerWire),
    cpu_request: pod.cpuRequestMillicores,
    cpu_limit: pod.cpuLimitMillicores,
    memory_request: pod.memoryRequestBytes,
    memory_limit: pod.memoryLimitBytes,
    started_at: isoOrNull(pod.startedAtSeconds),
    finished_at: isoOrNull(pod.finishedAtSeconds),
    created_at: toIso(pod.createdAtSeconds),
    updated_at: toIso(pod.updatedAtSeconds),
  };
}

function containerWire({ name, image, state, reason, ready, restartCount }: KubeContainer) {
  return { name, image, state, reason, ready, restart_count: restartCount };
}

export function releaseWire(release: ModelRelease, namespace: string | null): HelmRelease {
  return {
    id: release.id,
    cluster_id: release.clusterId,
    namespace_id: release.namespaceId,
    namespace,
    name: release.name,
    chart_name: release.chartName,
    chart_version: release.chartVersion,
    app_version: release.appVersion,
    status: release.status,
    revision: release.revision,
    values_yaml: release.valuesYaml,
    first_deployed_at: isoOrNull(release.firstDeployedAtSeconds),
    last_deployed_at: isoOrNull(release.lastDeployedAtSeconds),
    ...timesOf(release),
  };
}
