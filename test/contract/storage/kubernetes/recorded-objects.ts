import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { KubernetesBatch } from '../../../../src/core/ports/kubernetes-store.ts';
import type { ClusterEntry } from '../../../../src/model/kubernetes/cluster-entry.ts';
import type {
  HelmRelease,
  KubeContainer,
  KubeNamespace,
  KubeNode,
  KubePod,
  KubeWorkload,
} from '../../../../src/model/kubernetes/objects.ts';
import { recordedItems, recordedPods } from '../../../fakes/kubernetes/recordings.ts';
import { CLUSTER, NEW_YEAR } from '../sample-windows.ts';

const Named = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string().default(''),
    uid: z.string(),
    creationTimestamp: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
    ownerReferences: z.array(z.object({ kind: z.string(), name: z.string() })).default([]),
  }),
});
const Status = z.object({
  name: z.string(),
  image: z.string(),
  ready: z.boolean(),
  restartCount: z.number(),
  state: z.record(z.string(), z.object({ reason: z.string().optional() })).default({}),
});
const Pod = Named.extend({
  spec: z.object({ nodeName: z.string().nullish() }),
  status: z.object({
    phase: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']),
    qosClass: z.enum(['Guaranteed', 'Burstable', 'BestEffort']).nullish(),
    startTime: z.string().nullish(),
    containerStatuses: z.array(Status).default([]),
    initContainerStatuses: z.array(Status).default([]),
  }),
});

const secondsOf = (iso: string): number => Date.parse(iso) / 1000;

/** A UUID that follows from names. */
export function idOf(...names: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const UPDATED = NEW_YEAR + 30;

function kept(name: string, createdAtSeconds: number): Pick<KubeNamespace, 'clusterId' | 'name'> & Times {
  return { clusterId: CLUSTER, name, createdAtSeconds, updatedAtSeconds: UPDATED, deletedAtSeconds: null };
}
type Times = Pick<KubeNamespace, 'createdAtSeconds' | 'updatedAtSeconds' | 'deletedAtSeconds'>;

export const namespaceId = (name: string): string => idOf('namespace', name);
export const workloadId = (namespace: string, name: string): string => idOf('workload', namespace, name);

export function recordedNamespaces(): KubeNamespace[] {
  return recordedItems('namespaces').map((raw, place) => {
    const { metadata } = Named.parse(raw);
    return {
      ...kept(metadata.name, secondsOf(metadata.creationTimestamp)),
      id: namespaceId(metadata.name),
      uid: metadata.uid,
      status: 'Active',
      cpuLimitMillicores: place % 2 === 0 ? 4000.5 + place : null,
      memoryLimitBytes: place % 2 === 0 ? 8_000_000_000 + place : null,
      podLimit: place % 3 === 0 ? 50 + place : null,
      cpuUsageCores: 0.1 * place,
      memoryUsageBytes: 5_000_000_000 + place,
      podCount: place,
      teamName: place % 2 === 0 ? `team-${place % 4}` : null,
      costCenter: place % 3 === 0 ? 'cc-1' : null,
      estimatedDailyCost: place === 0 ? null : 1.25 * place,
      labels: metadata.labels,
      annotations: { ...metadata.annotations, note: 'ein "Wort" \\u0000, и ещё одно' },
    };
  });
}

export function recordedNodes(): KubeNode[] {
  return recordedItems('nodes').map((raw, place) => {
    const { metadata } = Named.parse(raw);
    return {
      ...kept(metadata.name, secondsOf(metadata.creationTimestamp)),
      id: idOf('node', metadata.name),
      uid: metadata.uid,
      nodeType: place === 0 ? 'control-plane' : 'worker',
      instanceType: place === 1 ? null : 'm5.large',
      cpuCapacityMillicores: 4000,
      memoryCapacityBytes: 16_000_000_000 + place,
      podCapacity: 110,
      cpuAllocatableMillicores: 3920,
      memoryAllocatableBytes: 15_000_000_000 + place,
      podAllocatable: 109,
      cpuUsageCores: place === 2 ? null : 0.5,
      memoryUsageBytes: place === 2 ? null : 3_000_000_000,
      podCount: place,
      status: place === 3 ? 'NotReady' : 'Ready',
      conditions: [
        { type: 'Ready', status: 'True', reason: 'KubeletReady', message: null, changedAtSeconds: NEW_YEAR },
        { type: 'Odd', status: 'Unknown', reason: null, message: 'no word', changedAtSeconds: null },
      ],
      labels: metadata.labels,
      taints: [{ key: 'gpu', value: null, effect: 'NoSchedule' }],
    };
  });
}

/** The owners of the recorded ReplicaSets, as Deployments. */
export function recordedWorkloads(): KubeWorkload[] {
  const found = new Map<string, KubeWorkload>();
  for (const raw of recordedItems('replicasets')) {
    const { metadata } = Named.parse(raw);
    const [owner] = metadata.ownerReferences;
    if (owner === undefined) continue;
    const place = found.size;
    const id = workloadId(metadata.namespace, owner.name);
    found.set(id, {
      ...kept(owner.name, secondsOf(metadata.creationTimestamp)),
      id,
      namespaceId: namespaceId(metadata.namespace),
      kind: owner.kind,
      uid: metadata.uid,
      replicasDesired: 3 + place,
      replicasCurrent: 3,
      replicasReady: 2,
      replicasAvailable: 1,
      replicasUnavailable: 2 + place,
      containers: [{ name: 'main', image: 'registry.example/main:1' }],
      status: 'Progressing',
      healthStatus: place % 2 === 0 ? 'healthy' : 'degraded',
      strategy: 'RollingUpdate',
      labels: metadata.labels,
      annotations: metadata.annotations,
    });
  }
  return [...found.values()];
}

export function recordedKubePods(): KubePod[] {
  const workloads = new Set(recordedWorkloads().map(({ id }) => id));
  return recordedPods().map((raw, place) => {
    const { metadata, spec, status } = Pod.parse(raw);
    const [owner] = metadata.ownerReferences;
    const of = workloadId(metadata.namespace, (owner?.name ?? '').replace(/-[a-z0-9]+$/, ''));
    const containers = status.containerStatuses.map(containerOf);
    const hasEnded = status.phase === 'Succeeded' || status.phase === 'Failed';
    return {
      id: metadata.uid,
      clusterId: CLUSTER,
      namespaceId: namespaceId(metadata.namespace),
      workloadId: workloads.has(of) ? of : null,
      name: metadata.name,
      uid: metadata.uid,
      nodeName: spec.nodeName ?? null,
      phase: status.phase,
      status: containers.find(({ reason }) => reason !== null)?.reason ?? status.phase,
      reason: null,
      qosClass: status.qosClass ?? null,
      restartCount: containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
      oomKills: place % 7,
      containers,
      initContainers: status.initContainerStatuses.map(containerOf),
      cpuRequestMillicores: place % 2 === 0 ? 250.5 : null,
      cpuLimitMillicores: place % 3 === 0 ? 1000 : null,
      memoryRequestBytes: place % 2 === 0 ? 64_000_000 + place : null,
      memoryLimitBytes: place % 3 === 0 ? 8_589_934_592 : null,
      startedAtSeconds: status.startTime == null ? null : secondsOf(status.startTime),
      finishedAtSeconds: hasEnded ? NEW_YEAR - 3600 + place : null,
      createdAtSeconds: secondsOf(metadata.creationTimestamp),
      updatedAtSeconds: UPDATED,
    };
  });
}

function containerOf({ name, image, ready, restartCount, state }: z.infer<typeof Status>): KubeContainer {
  const [kind = null] = Object.keys(state);
  const reason = kind === null ? null : (state[kind]?.reason ?? null);
  return { name, image, state: kind, reason, ready, restartCount };
}

export function someRelease(part: Partial<HelmRelease> = {}): HelmRelease {
  return {
    ...kept('shop', NEW_YEAR - 9000),
    id: idOf('release', 'shop'),
    namespaceId: namespaceId('default'),
    chartName: 'shop',
    chartVersion: '1.2.3',
    appVersion: null,
    status: 'deployed',
    revision: 4,
    valuesYaml: 'password: "***"\n',
    firstDeployedAtSeconds: NEW_YEAR - 9000,
    lastDeployedAtSeconds: NEW_YEAR - 60,
    ...part,
  };
}

export function clusterEntryOf(id = CLUSTER, part: Partial<ClusterEntry> = {}): ClusterEntry {
  return {
    id,
    name: 'Production',
    description: 'runs the shop',
    sealedKubeconfig: 'v1.sealed',
    contextName: 'prod',
    apiServerUrl: 'https://prod.example:6443',
    clusterVersion: 'v1.35.1',
    provider: 'eks',
    region: 'eu-west-1',
    environment: 'production',
    status: 'active',
    healthStatus: 'degraded',
    lastSyncAtSeconds: NEW_YEAR,
    lastError: 'slow',
    totalNodes: 12,
    totalNamespaces: 13,
    totalPods: 109,
    totalDeployments: 21,
    estimatedMonthlyCost: 812.5,
    costCurrency: 'EUR',
    tags: ['shop', 'eu'],
    metadata: { owner: 'ops', nested: { list: [1, null, 'x'] } },
    createdAtSeconds: NEW_YEAR - 86_400,
    updatedAtSeconds: NEW_YEAR,
    ...part,
  };
}

/** All that is recorded of the cluster. */
export function recordedBatch(part: Partial<KubernetesBatch> = {}): KubernetesBatch {
  return {
    clusterId: CLUSTER,
    namespaces: recordedNamespaces(),
    nodes: recordedNodes(),
    workloads: recordedWorkloads(),
    pods: recordedKubePods(),
    releases: [someRelease()],
    ...part,
  };
}

export const NO_OBJECTS: Omit<KubernetesBatch, 'clusterId'> = {
  namespaces: [],
  nodes: [],
  workloads: [],
  pods: [],
  releases: [],
};
