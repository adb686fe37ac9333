import type {
  ClusterLayout,
  DisruptionBudget,
  LayoutNode,
  LayoutPod,
  PodTerm,
  Selector,
} from '../../../../src/model/scheduling.ts';

export const GIB = 2 ** 30;

export function selectorOf(matchLabels: Readonly<Record<string, string>>): Selector {
  return { matchLabels, requirements: [] };
}

export function termOf(app: string, topologyKey = 'kubernetes.io/hostname'): PodTerm {
  return { selector: selectorOf({ app }), namespaces: [], topologyKey };
}

/** 4 cores and 16 GiB in zone a. */
export function layoutNode(name: string, changes: Partial<LayoutNode> = {}): LayoutNode {
  return {
    name,
    instanceType: 'm5.xlarge',
    ready: true,
    unschedulable: false,
    isControlPlane: false,
    cpuAllocatableMillicores: 4000,
    memoryAllocatableBytes: 16 * GIB,
    podsAllocatable: 110,
    gpus: 0,
    labels: { 'kubernetes.io/hostname': name, zone: 'a' },
    taints: [],
    createdAtSeconds: null,
    ...changes,
  };
}

/** 500 millicores and 1 GiB of Deployment `app`. */
export function layoutPod(name: string, node: string | null, changes: Partial<LayoutPod> = {}): LayoutPod {
  const app = name.replace(/-\d+$/, '');
  return {
    uid: `uid-${name}`,
    namespace: 'shop',
    name,
    node,
    owner: { kind: 'Deployment', name: app },
    phase: node === null ? 'Pending' : 'Running',
    requests: { cpuMillicores: 500, memoryBytes: GIB },
    labels: { app },
    nodeSelector: {},
    nodeTerms: [],
    tolerations: [],
    affinity: [],
    antiAffinity: [],
    spread: [],
    hostPorts: [],
    isDaemonSet: false,
    isStatic: false,
    pinned: null,
    ...changes,
  };
}

export function budgetOf(
  app: string,
  disruptionsAllowed: number,
  changes: Partial<DisruptionBudget> = {},
): DisruptionBudget {
  return {
    namespace: 'shop',
    name: `${app}-budget`,
    selector: selectorOf({ app }),
    disruptionsAllowed,
    neverAllows: false,
    ...changes,
  };
}

export function layoutOf(
  nodes: readonly LayoutNode[],
  pods: readonly LayoutPod[],
  changes: Partial<ClusterLayout> = {},
): ClusterLayout {
  return {
    clusterId: 'c1',
    readAtSeconds: 0,
    nodes,
    pods,
    budgets: [],
    workloads: [],
    autoscalers: [],
    missing: [],
    ...changes,
  };
}
