import type { ContextSource } from '../../src/core/ports/cluster-source.ts';
import type { ClusterLayout, LayoutNode, LayoutPod, WorkloadSpec } from '../../src/model/scheduling.ts';
import { type Fleet, NOW } from '../storage/fleet.ts';

/** 3,000 pods of 600 workloads on 100 nodes, read back seven days in windows of an hour. */
export const FLEET: Fleet = {
  clusterId: '0c9f2a54-7a0e-4a77-9a5b-000000000003',
  pods: Number(process.env.PODWATT_BENCH_PODS ?? 3_000),
  nodes: 100,
  days: 7,
  windowSeconds: 3_600,
};

/** What runs where, as the fleet's rows have it: five pods a workload. */
export function layoutOf({ clusterId, pods, nodes }: Fleet): ClusterLayout {
  return {
    clusterId,
    readAtSeconds: NOW,
    nodes: Array.from({ length: nodes }, (_, index) => nodeOf(index)),
    pods: Array.from({ length: pods }, (_, index) => podOf(index, nodes)),
    budgets: [],
    workloads: Array.from({ length: Math.ceil(pods / 5) }, (_, index) => workloadOf(index)),
    autoscalers: [],
    missing: [],
  };
}

/** A source without contexts, that knows the layout: nothing connects. */
export function layoutSource(layout: ClusterLayout): ContextSource {
  return {
    list: async () => ({ files: [], contexts: [] }),
    watch: () => () => undefined,
    connect: async () => {
      throw new Error('nothing to connect to');
    },
    layouts: {
      layout: (clusterId) => (clusterId === layout.clusterId ? layout : null),
      onSpecChange: () => () => undefined,
    },
  };
}

function nodeName(index: number): string {
  return `ip-10-0-${index}-1.eu-west-3.compute.internal`;
}

function nodeOf(index: number): LayoutNode {
  return {
    name: nodeName(index),
    instanceType: 'm5.4xlarge',
    ready: true,
    unschedulable: false,
    isControlPlane: false,
    cpuAllocatableMillicores: 15_800,
    memoryAllocatableBytes: 60e9,
    podsAllocatable: 110,
    gpus: 0,
    labels: { 'topology.kubernetes.io/zone': `eu-west-3${'abc'[index % 3]}` },
    taints: [],
    createdAtSeconds: NOW - 100 * 86_400,
  };
}

function podOf(index: number, nodes: number): LayoutPod {
  const workload = Math.floor(index / 5);
  const labels = { app: `service-${workload}` };
  return {
    uid: `uid-${index}`,
    namespace: `team-${workload % 40}`,
    name: `service-${workload}-7d9f8b6c5-${index.toString(36).padStart(5, 'x')}`,
    node: nodeName(index % nodes),
    owner: { kind: 'Deployment', name: `service-${workload}` },
    phase: 'Running',
    requests: { cpuMillicores: 200, memoryBytes: 2 ** 29 },
    labels,
    nodeSelector: {},
    nodeTerms: [],
    tolerations: [],
    affinity: [],
    // One in ten keeps its pods on different nodes.
    antiAffinity:
      workload % 10 === 0
        ? [
            {
              selector: { matchLabels: labels, requirements: [] },
              namespaces: [],
              topologyKey: 'kubernetes.io/hostname',
            },
          ]
        : [],
    spread: [],
    hostPorts: [],
    isDaemonSet: false,
    isStatic: false,
    pinned: null,
  };
}

function workloadOf(index: number): WorkloadSpec {
  return {
    namespace: `team-${index % 40}`,
    kind: 'Deployment',
    name: `service-${index}`,
    apiVersion: 'apps/v1',
    replicas: 5,
    containers: [
      {
        name: 'app',
        isSidecar: false,
        cpuRequestMillicores: 200,
        cpuLimitMillicores: 1_000,
        memoryRequestBytes: 2 ** 29,
        memoryLimitBytes: 2 ** 30,
      },
    ],
    qosClass: 'Burstable',
    helmRelease: index % 2 === 0 ? `service-${index}` : null,
    schedule: null,
    timeZone: null,
    suspended: false,
    oomKills: 0,
    createdAtSeconds: NOW - 60 * 86_400,
  };
}
