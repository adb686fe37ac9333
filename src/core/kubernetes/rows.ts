import type { HelmRelease, KubeNamespace, KubeNode, KubePod, KubeWorkload } from '../../model/kubernetes/objects.ts';
import type {
  SeenNamespace,
  SeenNode,
  SeenPod,
  SeenQuota,
  SeenRelease,
  SeenWorkload,
} from '../../model/kubernetes/seen.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { tightestLimits } from './quotas.ts';
import { workloadHealth } from './workload-health.ts';

/** Whose row it is and when it was made; `createdAtSeconds` stands in where the API server says none. */
export interface RowHead {
  readonly id: string;
  readonly clusterId: string;
  readonly nowSeconds: EpochSeconds;
  readonly deletedAtSeconds: EpochSeconds | null;
}

/** What an object uses now, from the newest window; null: nothing tells. */
export interface UsageNow {
  readonly cpuUsageCores: number | null;
  readonly memoryUsageBytes: number | null;
}

export const NO_USAGE: UsageNow = { cpuUsageCores: null, memoryUsageBytes: null };

export function namespaceRow(
  head: RowHead,
  seen: SeenNamespace,
  more: { quotas: readonly SeenQuota[]; usage: UsageNow; podCount: number; dailyCost: number | null },
): KubeNamespace {
  const { name, uid, status, team, costCenter, labels, annotations } = seen;
  return {
    ...kept(head, seen.createdAtSeconds),
    name,
    uid,
    status,
    ...tightestLimits(more.quotas),
    ...more.usage,
    podCount: more.podCount,
    teamName: team,
    costCenter,
    estimatedDailyCost: more.dailyCost,
    labels,
    annotations,
  };
}

export function nodeRow(head: RowHead, seen: SeenNode, more: { usage: UsageNow; podCount: number }): KubeNode {
  const { description, name, uid, nodeType, podCapacity, podAllocatable, status, conditions, taints } = seen;
  return {
    ...kept(head, seen.createdAtSeconds),
    name,
    uid,
    nodeType,
    instanceType: description.instanceType,
    cpuCapacityMillicores: description.cpuCapacityMillicores,
    memoryCapacityBytes: description.memoryCapacityBytes,
    podCapacity,
    cpuAllocatableMillicores: description.cpuAllocatableMillicores,
    memoryAllocatableBytes: description.memoryAllocatableBytes,
    podAllocatable,
    ...more.usage,
    podCount: more.podCount,
    status,
    conditions,
    labels: description.labels,
    taints,
  };
}

export function workloadRow(head: RowHead, seen: SeenWorkload, namespaceId: string): KubeWorkload {
  const { workloadKind, name, uid, replicas, containers, status, strategy, labels, annotations } = seen;
  return {
    ...kept(head, seen.createdAtSeconds),
    namespaceId,
    kind: workloadKind,
    name,
    uid,
    ...replicas,
    containers,
    status,
    healthStatus: workloadHealth({ kind: workloadKind, ...replicas }, status),
    strategy,
    labels,
    annotations,
  };
}

export function podRow(
  head: Omit<RowHead, 'deletedAtSeconds'>,
  seen: SeenPod,
  more: { namespaceId: string; workloadId: string | null; oomKills: number; goneAtSeconds: EpochSeconds | null },
): KubePod {
  const { uid, name, node, phase, status, reason, qosClass, restartCount, containers, initContainers } = seen;
  const { cpuMillicores, memoryBytes } = seen.requests;
  return {
    id: head.id,
    clusterId: head.clusterId,
    namespaceId: more.namespaceId,
    workloadId: more.workloadId,
    name,
    uid: uid ?? head.id,
    nodeName: node,
    phase,
    status,
    reason,
    qosClass,
    restartCount,
    oomKills: more.oomKills,
    containers,
    initContainers,
    cpuRequestMillicores: nullForNone(cpuMillicores),
    cpuLimitMillicores: nullForNone(seen.cpuLimitMillicores),
    memoryRequestBytes: nullForNone(memoryBytes),
    memoryLimitBytes: nullForNone(seen.memoryLimitBytes),
    startedAtSeconds: seen.startedAtSeconds,
    finishedAtSeconds: endOf(seen) ?? more.goneAtSeconds,
    createdAtSeconds: seen.createdAtSeconds ?? seen.startedAtSeconds ?? 0,
    updatedAtSeconds: head.nowSeconds,
  };
}

export function releaseRow(head: RowHead, { release }: SeenRelease, namespaceId: string): HelmRelease {
  return { ...release, ...kept(head, release.createdAtSeconds), namespaceId };
}

/** When a pod that is over ended: its last container, or (evicted) its last change; null while it is not over. */
function endOf(seen: SeenPod): EpochSeconds | null {
  if (seen.phase !== 'Succeeded' && seen.phase !== 'Failed') return null;
  return seen.finishedAtSeconds ?? seen.changedAtSeconds ?? seen.startedAtSeconds ?? seen.createdAtSeconds;
}

function kept({ id, clusterId, nowSeconds, deletedAtSeconds }: RowHead, createdAtSeconds: EpochSeconds | null) {
  return {
    id,
    clusterId,
    createdAtSeconds: createdAtSeconds ?? 0,
    updatedAtSeconds: nowSeconds,
    deletedAtSeconds,
  };
}

function nullForNone(amount: number): number | null {
  return amount === 0 ? null : amount;
}
