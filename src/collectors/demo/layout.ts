import { qosClassOf } from '../../core/kubernetes/qos.ts';
import type {
  Autoscaler,
  ClusterLayout,
  DisruptionBudget,
  LayoutNode,
  LayoutPod,
  WorkloadSpec,
} from '../../model/scheduling.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { SAMPLE_IDENTITY } from './identity.ts';
import { inventoryOf } from './inventory.ts';
import {
  GUARDED,
  HELM_RELEASES,
  HORIZONTAL,
  OOM_KILLS,
  POOL_LABEL,
  rulesOf,
  SCHEDULES,
  VERTICAL,
  workloadKey,
} from './layout-facts.ts';
import type { DemoNode } from './nodes.ts';
import { poolOf } from './placement.ts';
import type { SampleCluster } from './sample-cluster.ts';
import { hashOf } from './seeded.ts';
import type { Workload } from './tables.ts';

const PODS_A_NODE = 110;
const YOUNGEST_DAYS = 100;
const DAY_SECONDS = 86_400;

/** What runs where in the sample now: the pods and nodes of its inventory, with their rules. */
export function layoutOf(
  cluster: SampleCluster,
  workloads: readonly Workload[],
  nowSeconds: EpochSeconds,
): ClusterLayout {
  const pods = podsOf(cluster, workloads, nowSeconds);
  return {
    clusterId: SAMPLE_IDENTITY.id,
    readAtSeconds: nowSeconds,
    nodes: cluster.nodes.filter(({ description }) => (description.createdAtSeconds ?? 0) <= nowSeconds).map(nodeOf),
    pods,
    budgets: workloads.flatMap((workload) => budgetOf(workload, pods) ?? []),
    workloads: workloads.map((workload) => specOf(workload, cluster.oldestSeconds)),
    autoscalers: workloads.flatMap(autoscalersOf),
    missing: [],
  };
}

function nodeOf({ description, pool }: DemoNode): LayoutNode {
  const { name, instanceType, ready, labels, createdAtSeconds, gpuCount } = description;
  return {
    name,
    instanceType,
    ready,
    unschedulable: false,
    isControlPlane: false,
    cpuAllocatableMillicores: description.cpuAllocatableMillicores,
    memoryAllocatableBytes: description.memoryAllocatableBytes,
    podsAllocatable: PODS_A_NODE,
    gpus: gpuCount,
    labels: { ...labels, [POOL_LABEL]: pool },
    taints: [],
    createdAtSeconds,
  };
}

function podsOf(cluster: SampleCluster, workloads: readonly Workload[], nowSeconds: EpochSeconds): LayoutPod[] {
  const byKey = new Map(workloads.map((workload) => [workloadKey(workload), workload]));
  return inventoryOf(cluster, nowSeconds).pods.flatMap((pod) => {
    const workload = byKey.get(workloadKey({ namespace: pod.namespace, name: pod.owner?.name ?? '' }));
    if (workload === undefined || pod.phase === 'Succeeded' || pod.phase === 'Failed') return [];
    const { uid, namespace, name, node, owner, phase, requests } = pod;
    return [
      {
        uid: uid ?? name,
        namespace,
        name,
        node,
        owner,
        phase,
        requests,
        labels: { app: workload.name },
        ...rulesOf(workload, poolOf(workload.namespace)),
        nodeTerms: [],
        affinity: [],
        spread: [],
        isDaemonSet: workload.kind === 'DaemonSet',
        isStatic: false,
        pinned: null,
      },
    ];
  });
}

function budgetOf(workload: Workload, pods: readonly LayoutPod[]): DisruptionBudget | null {
  const least = GUARDED[workloadKey(workload)];
  if (least === undefined) return null;
  const { namespace, name } = workload;
  const running = pods.filter(
    (pod) => pod.namespace === namespace && pod.labels.app === name && pod.phase === 'Running',
  );
  return {
    namespace,
    name,
    selector: { matchLabels: { app: name }, requirements: [] },
    disruptionsAllowed: least === 'all' ? 0 : Math.max(0, running.length - least),
    neverAllows: least === 'all',
  };
}

function specOf(workload: Workload, oldestSeconds: EpochSeconds): WorkloadSpec {
  const { namespace, name, kind, replicas } = workload;
  const key = workloadKey(workload);
  const container = {
    name,
    isSidecar: false,
    cpuRequestMillicores: workload.cpuRequestMillicores || null,
    cpuLimitMillicores: workload.cpuLimitMillicores,
    memoryRequestBytes: workload.memoryRequestBytes || null,
    memoryLimitBytes: workload.memoryLimitBytes,
  };
  const isJob = kind === 'Job' || kind === 'CronJob';
  return {
    namespace,
    kind,
    name,
    apiVersion: isJob ? 'batch/v1' : 'apps/v1',
    replicas: isJob || kind === 'DaemonSet' ? null : replicas,
    containers: [container],
    qosClass: qosClassOf([container]),
    helmRelease: HELM_RELEASES[key] ?? null,
    schedule: SCHEDULES[key]?.schedule ?? null,
    timeZone: SCHEDULES[key]?.timeZone ?? null,
    suspended: false,
    oomKills: OOM_KILLS[key] ?? 0,
    createdAtSeconds: oldestSeconds - (hashOf(key) % YOUNGEST_DAYS) * DAY_SECONDS,
  };
}

function autoscalersOf(workload: Workload): Autoscaler[] {
  const { namespace, kind, name } = workload;
  const key = workloadKey(workload);
  const target = { namespace, targetKind: kind, targetName: name };
  const horizontal = HORIZONTAL[key];
  const mode = VERTICAL[key];
  return [
    ...(horizontal === undefined ? [] : [{ ...target, kind: 'horizontal' as const, ...horizontal, mode: null }]),
    ...(mode === undefined
      ? []
      : [{ ...target, kind: 'vertical' as const, minReplicas: null, maxReplicas: null, metrics: [], mode }]),
  ];
}
