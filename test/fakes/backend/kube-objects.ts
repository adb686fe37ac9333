import type { ClusterEntry } from '../../../src/model/kubernetes/cluster-entry.ts';
import type {
  CostAttribution,
  HelmRelease,
  KubeNamespace,
  KubeNode,
  KubePod,
  KubeWorkload,
  ResourceMetric,
} from '../../../src/model/kubernetes/objects.ts';
import type { MemoryStore } from './memory-store.ts';

/** 2026-03-11T09:00:00Z. */
export const AT = Date.UTC(2026, 2, 11, 9) / 1000;
const kept = { clusterId: 'c1', createdAtSeconds: AT, updatedAtSeconds: AT, deletedAtSeconds: null };

export function clusterEntry(parts: Partial<ClusterEntry> = {}): ClusterEntry {
  return {
    id: 'c1',
    name: 'shop',
    description: null,
    sealedKubeconfig: null,
    contextName: 'one',
    apiServerUrl: 'https://shop.example:6443',
    clusterVersion: 'v1.36.2',
    provider: 'eks',
    region: 'eu-west-1',
    environment: 'production',
    status: 'active',
    healthStatus: 'degraded',
    lastSyncAtSeconds: AT,
    lastError: null,
    totalNodes: 2,
    totalNamespaces: 1,
    totalPods: 2,
    totalDeployments: 1,
    estimatedMonthlyCost: 120.5,
    costCurrency: 'EUR',
    tags: ['web'],
    metadata: {},
    createdAtSeconds: AT,
    updatedAtSeconds: AT,
    ...parts,
  };
}

export function kubeNamespace(parts: Partial<KubeNamespace> = {}): KubeNamespace {
  return {
    ...kept,
    id: 'n1',
    name: 'checkout',
    uid: 'n1',
    status: 'Active',
    cpuLimitMillicores: 4000,
    memoryLimitBytes: 8e9,
    podLimit: 20,
    cpuUsageCores: 0.5,
    memoryUsageBytes: 1e9,
    podCount: 2,
    teamName: 'payments',
    costCenter: 'cc-7',
    estimatedDailyCost: 3.2,
    labels: { team: 'payments' },
    annotations: {},
    ...parts,
  };
}

export function kubeNode(parts: Partial<KubeNode> = {}): KubeNode {
  return {
    ...kept,
    id: 'node-1',
    name: 'node-1',
    uid: 'node-1',
    nodeType: 'worker',
    instanceType: 'm6i.large',
    cpuCapacityMillicores: 2000,
    memoryCapacityBytes: 8e9,
    podCapacity: 29,
    cpuAllocatableMillicores: 1930,
    memoryAllocatableBytes: 7e9,
    podAllocatable: 29,
    cpuUsageCores: 0.4,
    memoryUsageBytes: 2e9,
    podCount: 2,
    status: 'Ready',
    conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: null, changedAtSeconds: AT }],
    labels: {},
    taints: [{ key: 'dedicated', value: null, effect: 'NoSchedule' }],
    ...parts,
  };
}

export function kubeWorkload(parts: Partial<KubeWorkload> = {}): KubeWorkload {
  return {
    ...kept,
    id: 'w1',
    namespaceId: 'n1',
    kind: 'Deployment',
    name: 'cart',
    uid: 'w1',
    replicasDesired: 2,
    replicasCurrent: 2,
    replicasReady: 1,
    replicasAvailable: 1,
    replicasUnavailable: 1,
    containers: [{ name: 'cart', image: 'cart:1' }],
    status: 'Progressing',
    healthStatus: 'degraded',
    strategy: 'RollingUpdate',
    labels: {},
    annotations: {},
    ...parts,
  };
}

export function kubePod(parts: Partial<KubePod> = {}): KubePod {
  const container = { name: 'cart', image: 'cart:1', state: 'waiting', reason: 'CrashLoopBackOff', ready: false };
  return {
    id: 'p1',
    clusterId: 'c1',
    namespaceId: 'n1',
    workloadId: 'w1',
    name: 'cart-1',
    uid: 'p1',
    nodeName: 'node-1',
    phase: 'Running',
    status: 'CrashLoopBackOff',
    reason: null,
    qosClass: 'Burstable',
    restartCount: 7,
    oomKills: 2,
    containers: [{ ...container, restartCount: 7 }],
    initContainers: [],
    cpuRequestMillicores: 100,
    cpuLimitMillicores: null,
    memoryRequestBytes: 1e8,
    memoryLimitBytes: 2e8,
    startedAtSeconds: AT,
    finishedAtSeconds: null,
    createdAtSeconds: AT,
    updatedAtSeconds: AT,
    ...parts,
  };
}

export function helmRelease(parts: Partial<HelmRelease> = {}): HelmRelease {
  return {
    ...kept,
    id: 'h1',
    namespaceId: 'n1',
    name: 'cart',
    chartName: 'cart',
    chartVersion: '1.4.0',
    appVersion: '2.0',
    status: 'deployed',
    revision: 3,
    valuesYaml: 'password: "***"\n',
    firstDeployedAtSeconds: AT,
    lastDeployedAtSeconds: AT,
    ...parts,
  };
}

export function resourceMetric(parts: Partial<ResourceMetric> = {}): ResourceMetric {
  return {
    clusterId: 'c1',
    level: 'cluster',
    objectId: 'c1',
    namespaceId: null,
    workloadId: null,
    podId: null,
    nodeId: null,
    cpuUsageCores: 1,
    memoryUsageBytes: 1e9,
    networkReceiveBytes: 10,
    networkTransmitBytes: 20,
    storageUsageBytes: null,
    restarts: 1,
    oomKills: 0,
    collectedAtSeconds: AT,
    ...parts,
  };
}

export function costRow(parts: Partial<CostAttribution> = {}): CostAttribution {
  return {
    id: 'k1',
    clusterId: 'c1',
    namespaceId: 'n1',
    date: '2026-03-11',
    hour: 8,
    cpuCost: 0.5,
    memoryCost: 0.25,
    gpuCost: 0,
    storageCost: 0.125,
    networkCost: 0,
    totalCost: 0.875,
    cpuCoreHours: 2,
    memoryGbHours: 4,
    storageGbHours: 1,
    networkGb: 0.5,
    teamName: 'payments',
    costCenter: 'cc-7',
    updatedAtSeconds: AT,
    ...parts,
  };
}

/** One cluster with one of each object. */
export async function fillSmallCluster(store: MemoryStore): Promise<void> {
  await store.putClusterEntry(clusterEntry());
  store.kubernetes.namespaces.set('n1', kubeNamespace());
  store.kubernetes.nodes.set('node-1', kubeNode());
  store.kubernetes.nodes.set('node-2', kubeNode({ id: 'node-2', name: 'node-2', uid: 'node-2', status: 'NotReady' }));
  store.kubernetes.workloads.set('w1', kubeWorkload());
  store.kubernetes.pods.set('p1', kubePod());
  store.kubernetes.releases.set('h1', helmRelease());
}
