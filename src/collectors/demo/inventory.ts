import type { Inventory, NamespaceDescription, PodDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { DAY_SECONDS } from './calendar.ts';
import type { DemoPod } from './lifetimes.ts';
import type { SampleCluster } from './sample-cluster.ts';
import { nameSuffix, uuidOf } from './seeded.ts';
import type { Workload } from './tables.ts';

/** Teams by the label of their namespaces; `legacy` belongs to nobody any more. */
const TEAMS: Readonly<Record<string, string>> = {
  'shop-prod': 'storefront',
  'shop-staging': 'storefront',
  data: 'data-platform',
  ml: 'research',
  ci: 'platform',
  monitoring: 'platform',
  'kube-system': 'platform',
};

/** What the sample's API server would answer now: nodes that joined, pods alive, jobs of the last day finished. */
export function inventoryOf(cluster: SampleCluster, nowSeconds: EpochSeconds): Inventory {
  const pods = cluster
    .podsIn({ startSeconds: nowSeconds - DAY_SECONDS, endSeconds: nowSeconds })
    .filter((pod) => pod.endSeconds > nowSeconds || isJob(pod.workload))
    .map((pod) => describePod(pod, nowSeconds));
  const nodes = cluster.nodes.map((node) => node.description);
  return {
    readAtSeconds: nowSeconds,
    nodes: nodes.filter((node) => (node.createdAtSeconds ?? 0) <= nowSeconds),
    pods: [...pods, ...cluster.unplaced.map((workload) => pendingPod(workload, nowSeconds))],
    namespaces: namespacesOf([...pods.map((pod) => pod.namespace), 'default']),
    services: [],
    notices: [],
  };
}

function describePod(pod: DemoPod, nowSeconds: EpochSeconds): PodDescription {
  const isFinished = pod.endSeconds <= nowSeconds;
  return {
    ...sharedOf(pod.workload),
    name: pod.name,
    uid: pod.uid,
    node: pod.node.description.name,
    phase: isFinished ? 'Succeeded' : 'Running',
    createdAtSeconds: pod.startSeconds,
    startedAtSeconds: pod.startSeconds + 2,
    finishedAtSeconds: isFinished ? pod.endSeconds : null,
  };
}

/** A pod that asks for more than any node has. */
function pendingPod(workload: Workload, nowSeconds: EpochSeconds): PodDescription {
  const key = `pending/${workload.namespace}/${workload.name}`;
  return {
    ...sharedOf(workload),
    name: `${workload.name}-${nameSuffix(key, 5)}`,
    uid: uuidOf(key),
    node: null,
    phase: 'Pending',
    createdAtSeconds: nowSeconds - (nowSeconds % DAY_SECONDS) - DAY_SECONDS,
    startedAtSeconds: null,
    finishedAtSeconds: null,
  };
}

function sharedOf(workload: Workload): Pick<PodDescription, 'namespace' | 'owner' | 'requests' | 'team'> {
  return {
    namespace: workload.namespace,
    owner: { kind: workload.kind, name: workload.name },
    requests: { cpuMillicores: workload.cpuRequestMillicores, memoryBytes: workload.memoryRequestBytes },
    team: null,
  };
}

function namespacesOf(names: readonly string[]): NamespaceDescription[] {
  return [...new Set(names)].sort().map((name) => ({ name, team: TEAMS[name] ?? null }));
}

function isJob(workload: Workload): boolean {
  return workload.kind === 'Job' || workload.kind === 'CronJob';
}
