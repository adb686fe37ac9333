import type { DaySums } from '../../../../src/backend/recommendations/saved.ts';
import {
  USAGE_COLUMNS,
  type UsageColumn,
  type UsageHours,
  type UsageKey,
} from '../../../../src/core/ports/usage-hours.ts';
import type { Interval } from '../../../../src/model/bounds.ts';
import type { Finding, Recommendation, Savings } from '../../../../src/model/recommendations/recommendation.ts';
import type { ClusterLayout, LayoutNode, LayoutPod, WorkloadSpec } from '../../../../src/model/scheduling.ts';

export const HOUR = 3_600;
export const DAY = 86_400;
/** A Wednesday, 10:00 UTC. */
export const NOW = Date.UTC(2026, 2, 11, 10) / 1000;
export const CLUSTER = 'c1';

export const flat = (value: number): Interval => ({ central: value, low: value, high: value });
export const range = (low: number, central: number, high: number): Interval => ({ low, central, high });

export function savings(change: Partial<Savings> = {}): Savings {
  return {
    co2eGramsPerDay: flat(0),
    embodiedGramsPerDay: flat(0),
    costPerDay: flat(0),
    joulesPerDay: 0,
    freedCpuMillicores: 0,
    freedMemoryBytes: 0,
    needsNodeToGo: false,
    ...change,
  };
}

export function finding(change: Partial<Finding> = {}): Finding {
  const { target, ...rest } = change;
  return {
    id: 'r1',
    planId: 'p1',
    type: 'RIGHTSIZING_CPU',
    scope: 'workload',
    target: {
      clusterId: CLUSTER,
      namespace: 'shop',
      ownerKind: 'Deployment',
      ownerName: 'cart',
      node: null,
      ...target,
    },
    title: 'Lower CPU request 1.50 → 0.60',
    reason: 'It uses little',
    priority: 'medium',
    confidence: 'high',
    current: { cpu_request: 1500 },
    recommended: { cpu_request: 600 },
    savings: savings(),
    evidence: { series: [], lines: [], figures: {}, hoursObserved: 168, hoursPossible: 168 },
    change: null,
    range: { startSeconds: NOW - 7 * DAY, endSeconds: NOW },
    ...rest,
  };
}

export function item(change: Partial<Recommendation> = {}): Recommendation {
  return {
    ...finding(change),
    status: 'active',
    foundAtSeconds: NOW - DAY,
    updatedAtSeconds: NOW - DAY,
    lastSeenAtSeconds: NOW - DAY,
    ignoreReason: null,
    ignoredUntilSeconds: null,
    appliedAtSeconds: null,
    appliedBy: null,
    actual: null,
    verification: null,
    ...change,
    target: { ...finding().target, ...change.target },
  };
}

export function applied(change: Partial<Recommendation> = {}): Recommendation {
  return item({ status: 'applied', appliedAtSeconds: NOW, appliedBy: 'watched', ...change });
}

export function day(change: Partial<DaySums> = {}): DaySums {
  return {
    podHours: 48,
    joules: 10e6,
    joulesDynamic: 4e6,
    co2eGrams: 1_000,
    totalCost: 10,
    cpuMillicoreSeconds: 1e8,
    ...change,
  };
}

export function layoutNode(name: string): LayoutNode {
  return {
    name,
    instanceType: 'm5.large',
    ready: true,
    unschedulable: false,
    isControlPlane: false,
    cpuAllocatableMillicores: 2_000,
    memoryAllocatableBytes: 8e9,
    podsAllocatable: 110,
    gpus: 0,
    labels: {},
    taints: [],
    createdAtSeconds: null,
  };
}

export function layoutPod(change: Partial<LayoutPod> = {}): LayoutPod {
  return {
    uid: 'u1',
    namespace: 'shop',
    name: 'cart-1',
    node: 'n1',
    owner: { kind: 'Deployment', name: 'cart' },
    phase: 'Running',
    requests: { cpuMillicores: 1500, memoryBytes: 1e9 },
    labels: {},
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
    ...change,
  };
}

export function workload(
  change: Partial<WorkloadSpec> & { cpu?: number | null; memory?: number | null } = {},
): WorkloadSpec {
  const { cpu = 1500, memory = 1e9, ...rest } = change;
  return {
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
    apiVersion: 'apps/v1',
    replicas: 2,
    containers: [
      {
        name: 'app',
        isSidecar: false,
        cpuRequestMillicores: cpu,
        cpuLimitMillicores: null,
        memoryRequestBytes: memory,
        memoryLimitBytes: null,
      },
    ],
    qosClass: 'Burstable',
    helmRelease: null,
    schedule: null,
    timeZone: null,
    suspended: false,
    oomKills: 0,
    createdAtSeconds: null,
    ...rest,
  };
}

export function layout(change: Partial<ClusterLayout> = {}): ClusterLayout {
  return {
    clusterId: CLUSTER,
    readAtSeconds: NOW,
    nodes: [layoutNode('n1'), layoutNode('n2')],
    pods: [layoutPod()],
    budgets: [],
    workloads: [workload()],
    autoscalers: [],
    missing: [],
    ...change,
  };
}

/** Hours of some things: each column by key and hour; a column that is not given is 0. */
export function usage(
  keys: readonly UsageKey[],
  hours: number,
  of: (key: UsageKey, hour: number) => Partial<Record<UsageColumn, number>>,
): UsageHours {
  const lines = keys.flatMap((key, keyIndex) =>
    Array.from({ length: hours }, (_, hour) => ({ keyIndex, hour, values: of(key, hour) })),
  );
  const column = (name: UsageColumn) => Float64Array.from(lines, ({ values }) => values[name] ?? 0);
  return {
    keys,
    keyIndex: Int32Array.from(lines, (line) => line.keyIndex),
    hourIndex: Int32Array.from(lines, (line) => line.hour),
    columns: Object.fromEntries(USAGE_COLUMNS.map((name) => [name, column(name)])) as UsageHours['columns'],
  };
}

export const CART: UsageKey = { namespace: 'shop', ownerKind: 'Deployment', ownerName: 'cart', team: null, node: null };
export const onNode = (node: string): UsageKey => {
  return { namespace: null, ownerKind: null, ownerName: null, team: null, node };
};

/** A week of one workload of two pods that uses a tenth of its CPU request, on two nodes. */
export function weekOfCart(): { workloads: UsageHours; nodes: UsageHours } {
  const workloads = usage([CART], 168, () => ({
    podCount: 2,
    cpuUsageMillicoreSeconds: 2 * 150 * HOUR,
    cpuRequestMillicoreSeconds: 2 * 1500 * HOUR,
    memoryUsageByteSeconds: 2 * 9e8 * HOUR,
    memoryRequestByteSeconds: 2 * 1e9 * HOUR,
    cpuPeakPodMillicores: 160,
    memoryPeakPodBytes: 9.1e8,
    joules: 50_000,
    joulesDynamic: 20_000,
    co2eGrams: 5,
    totalCost: 0.1,
  }));
  const nodes = usage([onNode('n1'), onNode('n2')], 168, () => ({
    podCount: 1,
    joules: 60_000,
    joulesDynamic: 10_000,
    joulesIdle: 20_000,
    joulesUnallocated: 30_000,
    intensityJoules: 60_000 * 300,
    pueJoules: 70_000,
    co2eGrams: 6,
    co2eLowGrams: 4,
    co2eHighGrams: 8,
    totalCost: 0.1,
  }));
  return { workloads, nodes };
}
