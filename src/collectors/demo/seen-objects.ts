import { qosClassOf } from '../../core/kubernetes/qos.ts';
import type { FollowedResource } from '../../core/ports/object-feed.ts';
import type { PodDescription } from '../../model/inventory.ts';
import type {
  OomKill,
  Seen,
  SeenNamespace,
  SeenNode,
  SeenPod,
  SeenQuota,
  SeenRelease,
  SeenWorkload,
} from '../../model/kubernetes/seen.ts';
import type { LayoutPod } from '../../model/scheduling.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { OpenedSample } from './demo-layouts.ts';
import { inventoryOf } from './inventory.ts';
import { layoutOf } from './layout.ts';
import { COST_CENTERS, HELM_RELEASES, OOM_KILLS, QUOTAS, workloadKey } from './layout-facts.ts';
import type { DemoNode } from './nodes.ts';
import type { Workload, WorkloadKind } from './tables.ts';

const PODS_A_NODE = 110;
const NO_ROOM = 'Unschedulable';

export const RESOURCE_OF: Readonly<Record<WorkloadKind, FollowedResource>> = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  Job: 'jobs',
  CronJob: 'cronjobs',
};

/** Objects of the sample now, by resource and name, as an API server would show them; a resource left out has none. */
export function seenObjectsOf(
  { cluster, workloads }: OpenedSample,
  nowSeconds: EpochSeconds,
): ReadonlyMap<FollowedResource, readonly Seen[]> {
  const inventory = inventoryOf(cluster, nowSeconds);
  const nodes = cluster.nodes.filter(({ description }) => (description.createdAtSeconds ?? 0) <= nowSeconds);
  const layout = layoutOf(cluster, workloads, nowSeconds);
  const created = new Map(layout.workloads.map((spec) => [workloadKey(spec), spec.createdAtSeconds]));
  const placed = new Map(layout.pods.map((pod) => [pod.uid, pod]));
  const byKey = new Map(workloads.map((workload) => [workloadKey(workload), workload]));
  const pods = inventory.pods.map((pod) => {
    const workload = byKey.get(workloadKey({ namespace: pod.namespace, name: pod.owner?.name ?? '' }));
    return podOf(pod, workload ?? null, placed.get(pod.uid ?? '') ?? null);
  });
  const of = (kind: WorkloadKind): Seen[] =>
    workloads
      .filter((workload) => workload.kind === kind)
      .map((workload) => workloadOf(workload, podsOf(workload, pods), created.get(workloadKey(workload)) ?? null));
  const since = cluster.oldestSeconds;
  return new Map<FollowedResource, readonly Seen[]>([
    ['namespaces', inventory.namespaces.map(({ name, team }) => namespaceOf(name, team, since))],
    ['nodes', nodes.map(nodeOf)],
    ['pods', withOomKills(pods)],
    ...Object.entries(RESOURCE_OF).map(([kind, resource]) => [resource, of(kind as WorkloadKind)] as const),
    ['resourcequotas', QUOTAS.map((quota): SeenQuota => ({ kind: 'Quota', name: 'quota', ...quota }))],
    ['poddisruptionbudgets', layout.budgets.map((budget): Seen => ({ kind: 'Budget', ...budget }))],
    ['secrets', releasesOf(since)],
  ]);
}

function namespaceOf(name: string, team: string | null, createdAtSeconds: EpochSeconds): SeenNamespace {
  const costCenter = team === null ? null : (COST_CENTERS[team] ?? null);
  return {
    kind: 'Namespace',
    name,
    uid: null,
    createdAtSeconds,
    status: 'Active',
    team,
    costCenter,
    labels: { ...(team === null ? {} : { team }), ...(costCenter === null ? {} : { 'cost-center': costCenter }) },
    annotations: {},
  };
}

function nodeOf({ description }: DemoNode): SeenNode {
  const { name, uid, createdAtSeconds, ready } = description;
  return {
    kind: 'Node',
    name,
    uid,
    createdAtSeconds,
    description,
    nodeType: 'worker',
    podCapacity: PODS_A_NODE,
    podAllocatable: PODS_A_NODE,
    status: ready ? 'Ready' : 'NotReady',
    conditions: [
      { type: 'Ready', status: String(ready), reason: null, message: null, changedAtSeconds: createdAtSeconds },
    ],
    taints: [],
    unschedulable: false,
    kubeletVersion: null,
    osImage: null,
  };
}

function imageOf(name: string): string {
  return `registry.sample-shop.invalid/${name}:1.0`;
}

function podOf(pod: PodDescription, workload: Workload | null, placed: LayoutPod | null): SeenPod {
  const name = workload?.name ?? pod.name;
  const isRunning = pod.phase === 'Running';
  const isEnded = pod.phase === 'Succeeded' || pod.phase === 'Failed';
  const amounts = {
    cpuRequestMillicores: workload?.cpuRequestMillicores || null,
    cpuLimitMillicores: workload?.cpuLimitMillicores ?? null,
    memoryRequestBytes: workload?.memoryRequestBytes || null,
    memoryLimitBytes: workload?.memoryLimitBytes ?? null,
  };
  const state = isRunning ? 'running' : isEnded ? 'terminated' : null;
  return {
    kind: 'Pod',
    namespace: pod.namespace,
    name: pod.name,
    uid: pod.uid,
    createdAtSeconds: pod.createdAtSeconds,
    startedAtSeconds: pod.startedAtSeconds,
    finishedAtSeconds: pod.finishedAtSeconds,
    changedAtSeconds: pod.finishedAtSeconds ?? pod.startedAtSeconds,
    node: pod.node,
    phase: pod.phase,
    status: pod.phase === 'Succeeded' ? 'Completed' : pod.phase,
    reason: pod.phase === 'Pending' ? NO_ROOM : null,
    qosClass: qosClassOf([amounts]),
    restartCount: 0,
    containers: [{ name, image: imageOf(name), state, reason: null, ready: isRunning, restartCount: 0 }],
    initContainers: [],
    oomKills: [],
    requests: pod.requests,
    cpuLimitMillicores: amounts.cpuLimitMillicores ?? 0,
    memoryLimitBytes: amounts.memoryLimitBytes ?? 0,
    owner: pod.owner,
    templateHash: null,
    team: pod.team,
    costCenter: null,
    claims: [],
    placement: {
      labels: placed?.labels ?? {},
      nodeSelector: placed?.nodeSelector ?? {},
      nodeTerms: placed?.nodeTerms ?? [],
      tolerations: placed?.tolerations ?? [],
      spread: placed?.spread ?? [],
      hostPorts: placed?.hostPorts ?? [],
      affinity: [],
      antiAffinity: (placed?.antiAffinity ?? []).map((term) => ({ ...term, namespaceSelector: null })),
    },
    isStatic: false,
    pinned: null,
  };
}

/** The first running pod of a workload bears all the kills that its table tells of. */
function withOomKills(pods: readonly SeenPod[]): SeenPod[] {
  const left = new Map(Object.entries(OOM_KILLS));
  return pods.map((pod) => {
    const key = workloadKey({ namespace: pod.namespace, name: pod.owner?.name ?? '' });
    const count = pod.phase === 'Running' ? (left.get(key) ?? 0) : 0;
    if (count === 0) return pod;
    left.delete(key);
    const [container] = pod.containers;
    const oomKills = Array.from({ length: count }, (_, index): OomKill => {
      return { container: container?.name ?? '', ordinal: index + 1, atSeconds: pod.startedAtSeconds };
    });
    const containers = pod.containers.map((each) => ({ ...each, restartCount: count }));
    return { ...pod, restartCount: count, containers, oomKills };
  });
}

function podsOf({ namespace, name }: Workload, pods: readonly SeenPod[]): SeenPod[] {
  return pods.filter((pod) => pod.namespace === namespace && pod.owner?.name === name);
}

function workloadOf(workload: Workload, pods: readonly SeenPod[], createdAtSeconds: EpochSeconds | null): SeenWorkload {
  const { namespace, name, kind } = workload;
  const alive = pods.filter(({ phase }) => phase === 'Running' || phase === 'Pending');
  const ready = alive.filter(({ phase }) => phase === 'Running').length;
  const isBatch = kind === 'Job' || kind === 'CronJob';
  const waits = alive.find(({ phase }) => phase === 'Pending');
  return {
    kind: 'Workload',
    workloadKind: kind,
    namespace,
    name,
    uid: null,
    createdAtSeconds,
    owner: null,
    replicas: {
      replicasDesired: alive.length,
      replicasCurrent: alive.length,
      replicasReady: ready,
      replicasAvailable: ready,
      replicasUnavailable: alive.length - ready,
    },
    containers: [{ name, image: imageOf(name) }],
    status: isBatch ? null : waits === undefined ? 'Available' : 'Progressing',
    unavailableSinceSeconds: waits?.createdAtSeconds ?? null,
    strategy: kind === 'Deployment' ? 'RollingUpdate' : null,
    labels: { app: name },
    annotations: {},
    template: null,
  };
}

/** Helm keeps a release in a Secret of its namespace. */
function releasesOf(atSeconds: EpochSeconds): SeenRelease[] {
  const named = new Map(
    Object.entries(HELM_RELEASES).map(([key, release]) => [`${key.split('/')[0]}/${release}`, release]),
  );
  return [...named].map(([key, name]) => ({
    kind: 'Release',
    namespace: key.split('/')[0] ?? '',
    name: `sh.helm.release.v1.${name}.v1`,
    release: {
      name,
      chartName: name,
      chartVersion: '1.0.0',
      appVersion: null,
      status: 'deployed',
      revision: 1,
      valuesYaml: `resources:\n  requests:\n    memory: 512Mi\nadminPassword: '***'\n`,
      firstDeployedAtSeconds: atSeconds,
      lastDeployedAtSeconds: atSeconds,
      createdAtSeconds: atSeconds,
    },
  }));
}
