import type { Inventory, PodDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { livesIn } from './lifetimes.ts';
import type { DemoCluster } from './usage.ts';

/** Team label of each namespace; `legacy` belongs to nobody any more. */
const TEAMS: Readonly<Record<string, string>> = {
  'shop-prod': 'storefront',
  'shop-staging': 'storefront',
  data: 'data-platform',
  ml: 'research',
  ci: 'developer-experience',
  monitoring: 'platform',
  'kube-system': 'platform',
};

/** What an API server would say at that instant. */
export function demoInventory(cluster: DemoCluster, atSeconds: EpochSeconds): Inventory {
  const range = { startSeconds: atSeconds, endSeconds: atSeconds + 1 };
  const namespaces = [...new Set(cluster.workloads.map((workload) => workload.namespace))];
  const pods = livesIn(range, cluster.workloads, cluster.nodes, cluster.placement).map(
    (life): PodDescription => ({
      namespace: life.workload.namespace,
      name: life.podName,
      uid: null,
      node: cluster.nodes[life.nodeIndex]?.description.name ?? null,
      owner: life.owner,
      phase: 'Running',
      requests: {
        cpuMillicores: life.workload.cpuRequestMillicores,
        memoryBytes: life.workload.memoryRequestBytes,
      },
      team: TEAMS[life.workload.namespace] ?? null,
      createdAtSeconds: life.startSeconds,
      startedAtSeconds: life.startSeconds,
      finishedAtSeconds: null,
    }),
  );
  return {
    readAtSeconds: atSeconds,
    nodes: cluster.nodes.map((node) => node.description),
    pods,
    namespaces: namespaces.map((name) => ({ name, team: TEAMS[name] ?? null })),
    services: [],
    notices: [],
  };
}
