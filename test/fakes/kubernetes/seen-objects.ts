import type { PodPlacement, SeenNode, SeenPod, SeenWorkload } from '../../../src/model/kubernetes/seen.ts';

export const NO_PLACEMENT: PodPlacement = {
  labels: {},
  nodeSelector: {},
  nodeTerms: [],
  tolerations: [],
  affinity: [],
  antiAffinity: [],
  spread: [],
  hostPorts: [],
};

/** A running pod of nobody, on `node-1`. */
export function seenPod(name: string, part: Partial<SeenPod> = {}): SeenPod {
  return {
    kind: 'Pod',
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    createdAtSeconds: 10,
    startedAtSeconds: 11,
    finishedAtSeconds: null,
    changedAtSeconds: null,
    node: 'node-1',
    phase: 'Running',
    status: 'Running',
    reason: null,
    qosClass: 'Burstable',
    restartCount: 0,
    containers: [],
    initContainers: [],
    oomKills: [],
    requests: { cpuMillicores: 100, memoryBytes: 0 },
    cpuLimitMillicores: 0,
    memoryLimitBytes: 0,
    owner: null,
    templateHash: null,
    team: null,
    costCenter: null,
    claims: [],
    placement: NO_PLACEMENT,
    isStatic: false,
    pinned: null,
    ...part,
  };
}

export function seenWorkload(workloadKind: string, name: string, part: Partial<SeenWorkload> = {}): SeenWorkload {
  return {
    kind: 'Workload',
    workloadKind,
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    createdAtSeconds: 5,
    owner: null,
    replicas: {
      replicasDesired: 1,
      replicasCurrent: 1,
      replicasReady: 1,
      replicasAvailable: 1,
      replicasUnavailable: 0,
    },
    containers: [],
    status: null,
    unavailableSinceSeconds: null,
    strategy: null,
    labels: {},
    annotations: {},
    template: null,
    ...part,
  };
}

/** A ready node of 4 cores in a zone. */
export function seenNode(name: string, part: Partial<SeenNode> = {}): SeenNode {
  return {
    kind: 'Node',
    name,
    uid: `uid-${name}`,
    createdAtSeconds: 1,
    description: {
      name,
      uid: `uid-${name}`,
      providerId: null,
      provider: 'aws',
      region: 'eu-west-3',
      zone: 'eu-west-3a',
      instanceType: 'm5.xlarge',
      architecture: 'amd64',
      os: 'linux',
      cpuCapacityMillicores: 4000,
      memoryCapacityBytes: 16 * 2 ** 30,
      cpuAllocatableMillicores: 3900,
      memoryAllocatableBytes: 15 * 2 ** 30,
      gpuCount: 0,
      ready: true,
      createdAtSeconds: 1,
      addresses: [],
      labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': 'eu-west-3a' },
    },
    nodeType: 'worker',
    podCapacity: 110,
    podAllocatable: 58,
    status: 'Ready',
    conditions: [],
    taints: [],
    unschedulable: false,
    kubeletVersion: null,
    osImage: null,
    ...part,
  };
}
