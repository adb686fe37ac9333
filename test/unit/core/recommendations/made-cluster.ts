import {
  USAGE_COLUMNS,
  type UsageColumn,
  type UsageHours,
  type UsageKey,
} from '../../../../src/core/ports/usage-hours.ts';
import type { AnalysisInput, LeftOut } from '../../../../src/core/recommendations/analysis-input.ts';
import { workloadFindings } from '../../../../src/core/recommendations/workload-findings.ts';
import type { UnitPrices } from '../../../../src/model/coefficients.ts';
import type { Finding, RecommendationType } from '../../../../src/model/recommendations/recommendation.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from '../../../../src/model/recommendations/thresholds.ts';
import type {
  Autoscaler,
  ClusterLayout,
  ContainerResources,
  LayoutNode,
  LayoutPod,
  WorkloadSpec,
} from '../../../../src/model/scheduling.ts';

export const MIB = 2 ** 20;
export const GIB = 2 ** 30;
/** Monday 2026-11-02 00:00 UTC. */
export const START = Date.UTC(2026, 10, 2) / 1000;
export const WEEK = 168;

export const PRICES: UnitPrices = {
  cpuCoreHour: 0.04,
  memoryGbHour: 0.005,
  storageGbHour: 0.0001,
  networkGb: 0.05,
  gpuHour: 1,
  currency: 'EUR',
  source: 'person',
  factor: { low: 1, high: 1 },
};

type Hourly = number | ((hour: number) => number);

/** One workload: what its pods did, hour by hour, and what it is now. */
export interface MadeWorkload {
  readonly namespace?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly team?: string | null;
  /** Hours that have data. */
  readonly seen?: (hour: number) => boolean;
  readonly pods?: number;
  /** Millicores of one pod, mean; the peak of the busiest is 1.2 × that unless it is given. */
  readonly cpu?: Hourly;
  readonly cpuPeak?: Hourly;
  /** Bytes of one pod. */
  readonly memory?: Hourly;
  readonly memoryPeak?: Hourly;
  /** Dynamic W of one pod; 1 W idle comes on top. */
  readonly watts?: Hourly;
  readonly idleWatts?: number;
  readonly bytesPerSecond?: Hourly;
  readonly intensity?: Hourly;
  /** Of an hour; left out: by the prices. */
  readonly cost?: Hourly;
  readonly cpuRequest?: number | null;
  readonly cpuLimit?: number | null;
  readonly memoryRequest?: number | null;
  readonly memoryLimit?: number | null;
  readonly containers?: readonly ContainerResources[];
  readonly spec?: Partial<WorkloadSpec>;
  /** Null: no spec in the layout. */
  readonly hasSpec?: boolean;
  /** More than the containers ask for. */
  readonly podCpuRequest?: number;
  readonly podMemoryRequest?: number;
}

export interface MadeCluster {
  readonly workloads?: readonly MadeWorkload[];
  readonly hours?: number;
  readonly start?: number;
  readonly thresholds?: Partial<Thresholds>;
  readonly autoscalers?: readonly Autoscaler[];
  readonly layout?: Partial<ClusterLayout> | null;
  /** gCO2e/kWh of the zone. */
  readonly intensity?: Hourly;
  readonly nodeCost?: number;
}

export function container(name: string, values: Partial<ContainerResources> = {}): ContainerResources {
  return {
    name,
    isSidecar: false,
    cpuRequestMillicores: null,
    cpuLimitMillicores: null,
    memoryRequestBytes: null,
    memoryLimitBytes: null,
    ...values,
  };
}

export function autoscaler(kind: Autoscaler['kind'], values: Partial<Autoscaler> = {}): Autoscaler {
  return {
    namespace: 'shop',
    kind,
    targetKind: 'Deployment',
    targetName: 'web',
    minReplicas: 2,
    maxReplicas: 6,
    metrics: kind === 'horizontal' ? ['cpu'] : [],
    mode: kind === 'vertical' ? 'Auto' : null,
    ...values,
  };
}

/** Analysis input of a made cluster. Everything that isn't given is unremarkable: nothing is found of it. */
export function made(cluster: MadeCluster = {}): AnalysisInput & { readonly left: LeftOut[] } {
  const hours = cluster.hours ?? WEEK;
  const start = cluster.start ?? START;
  const workloads = cluster.workloads ?? [{}];
  const left: LeftOut[] = [];
  return {
    clusterId: 'cluster-1',
    range: { startSeconds: start, endSeconds: start + hours * 3600 },
    nowSeconds: start + hours * 3600,
    thresholds: { ...DEFAULT_THRESHOLDS, ...cluster.thresholds },
    workloads: usageOf(workloads, hours, cluster),
    nodes: nodeUsage(hours, cluster),
    layout: cluster.layout === null ? null : layoutOf(workloads, cluster),
    prices: PRICES,
    idOf: (parts) => parts.join('/'),
    onLeftOut: (each) => left.push(each),
    left,
  };
}

export function findings(cluster: MadeCluster): Finding[] {
  return [...workloadFindings(made(cluster))].filter((each) => each !== null);
}

/** The finding of a type, and what was left out on the way. */
export function found(cluster: MadeCluster, type: RecommendationType): Finding | undefined {
  return findings(cluster).find((each) => each.type === type);
}

export function typesOf(cluster: MadeCluster): RecommendationType[] {
  return findings(cluster).map((each) => each.type);
}

/** Reasons given for leaving out a type. */
export function leftOut(cluster: MadeCluster, type: RecommendationType): string[] {
  const input = made(cluster);
  for (const each of workloadFindings(input)) void each;
  return input.left.filter((each) => each.type === type).map((each) => each.reason);
}

export function at(value: Hourly | undefined, hour: number, fallback: number): number {
  if (value === undefined) return fallback;
  return typeof value === 'number' ? value : value(hour);
}

export function keyOf(workload: MadeWorkload): UsageKey {
  return {
    namespace: workload.namespace ?? 'shop',
    ownerKind: workload.kind ?? 'Deployment',
    ownerName: workload.name ?? 'web',
    team: workload.team ?? null,
    node: null,
  };
}

const CPU_REQUEST = 500;
const MEMORY_REQUEST = GIB;

function valuesOf(workload: MadeWorkload, hour: number, cluster: MadeCluster): Record<UsageColumn, number> {
  const pods = workload.pods ?? 2;
  const cpu = at(workload.cpu, hour, 300);
  const memory = at(workload.memory, hour, 0.6 * GIB);
  const dynamic = at(workload.watts, hour, 2) * pods * 3600;
  const idle = (workload.idleWatts ?? 1) * pods * 3600;
  const joules = dynamic + idle;
  const intensity = at(workload.intensity ?? cluster.intensity, hour, 300);
  const containers = containersOf(workload);
  const cpuRequest =
    workload.podCpuRequest ?? sum(containers, (each) => each.cpuRequestMillicores ?? each.cpuLimitMillicores);
  const memoryRequest =
    workload.podMemoryRequest ?? sum(containers, (each) => each.memoryRequestBytes ?? each.memoryLimitBytes);
  const co2e = (joules * 1.2 * intensity) / 3.6e6;
  const cost =
    pods *
    ((PRICES.cpuCoreHour * Math.max(cpu, cpuRequest)) / 1000 +
      (PRICES.memoryGbHour * Math.max(memory, memoryRequest)) / 1e9);
  return {
    podCount: pods,
    cpuUsageMillicoreSeconds: cpu * pods * 3600,
    cpuRequestMillicoreSeconds: cpuRequest * pods * 3600,
    memoryUsageByteSeconds: memory * pods * 3600,
    memoryRequestByteSeconds: memoryRequest * pods * 3600,
    cpuPeakPodMillicores: at(workload.cpuPeak, hour, cpu * 1.2),
    memoryPeakPodBytes: at(workload.memoryPeak, hour, memory * 1.05),
    joules,
    joulesDynamic: dynamic,
    joulesIdle: idle,
    joulesUnallocated: 0,
    joulesSystem: 0,
    pueJoules: joules * 1.2,
    intensityJoules: joules * intensity,
    co2eGrams: co2e,
    co2eLowGrams: co2e * 0.7,
    co2eHighGrams: co2e * 1.5,
    embodiedCo2eGrams: 0,
    totalCost: at(workload.cost, hour, cost),
    networkReceiveBytes: at(workload.bytesPerSecond, hour, 20_000) * pods * 3600,
    networkTransmitBytes: 0,
    restartCount: 0,
  };
}

function usageOf(workloads: readonly MadeWorkload[], hours: number, cluster: MadeCluster): UsageHours {
  const lines = workloads.flatMap((workload, key) =>
    Array.from({ length: hours }, (_, hour) => hour)
      .filter((hour) => workload.seen?.(hour) ?? true)
      .map((hour) => ({ key, hour, values: valuesOf(workload, hour, cluster) })),
  );
  return packed(workloads.map(keyOf), lines);
}

export interface MadeLine {
  readonly key: number;
  readonly hour: number;
  readonly values: Partial<Record<UsageColumn, number>>;
}

/** Lines as columns. */
export function packed(keys: readonly UsageKey[], lines: readonly MadeLine[]): UsageHours {
  const column = (name: UsageColumn) => Float64Array.from(lines, ({ values }) => values[name] ?? 0);
  return {
    keys,
    keyIndex: Int32Array.from(lines, ({ key }) => key),
    hourIndex: Int32Array.from(lines, ({ hour }) => hour),
    columns: Object.fromEntries(USAGE_COLUMNS.map((name) => [name, column(name)])) as UsageHours['columns'],
  };
}

function nodeUsage(hours: number, cluster: MadeCluster): UsageHours {
  const key = { namespace: null, ownerKind: null, ownerName: null, team: null, node: 'node-1' };
  const joules = 100 * 3600;
  const lines = Array.from({ length: hours }, (_, hour) => {
    const intensity = at(cluster.intensity, hour, 300);
    return {
      key: 0,
      hour,
      values: {
        podCount: 10,
        joules,
        intensityJoules: joules * intensity,
        co2eGrams: (joules * 1.2 * intensity) / 3.6e6,
        totalCost: cluster.nodeCost ?? 5,
      },
    };
  });
  return packed([key], lines);
}

export function containersOf(workload: MadeWorkload): readonly ContainerResources[] {
  if (workload.containers !== undefined) return workload.containers;
  const or = (value: number | null | undefined, fallback: number | null) => (value === undefined ? fallback : value);
  return [
    container('app', {
      cpuRequestMillicores: or(workload.cpuRequest, CPU_REQUEST),
      cpuLimitMillicores: or(workload.cpuLimit, null),
      memoryRequestBytes: or(workload.memoryRequest, MEMORY_REQUEST),
      memoryLimitBytes: or(workload.memoryLimit, null),
    }),
  ];
}

export function specOf(workload: MadeWorkload): WorkloadSpec {
  const kind = workload.kind ?? 'Deployment';
  const replicated = ['Deployment', 'StatefulSet', 'ReplicaSet'].includes(kind);
  return {
    namespace: workload.namespace ?? 'shop',
    kind,
    name: workload.name ?? 'web',
    apiVersion: kind.endsWith('Job') ? 'batch/v1' : kind === 'Pod' ? 'v1' : 'apps/v1',
    replicas: replicated ? (workload.pods ?? 2) : null,
    containers: containersOf(workload),
    qosClass: 'Burstable',
    helmRelease: null,
    schedule: null,
    timeZone: null,
    suspended: false,
    oomKills: 0,
    createdAtSeconds: null,
    ...workload.spec,
  };
}

export function layoutPod(workload: MadeWorkload, number: number): LayoutPod {
  const kind = workload.kind ?? 'Deployment';
  const name = workload.name ?? 'web';
  const containers = containersOf(workload);
  return {
    uid: `${name}-${number}`,
    namespace: workload.namespace ?? 'shop',
    name: kind === 'Pod' ? name : `${name}-${number}`,
    node: 'node-1',
    owner: kind === 'Pod' ? null : { kind, name },
    phase: 'Running',
    requests: {
      cpuMillicores:
        workload.podCpuRequest ?? sum(containers, (each) => each.cpuRequestMillicores ?? each.cpuLimitMillicores),
      memoryBytes:
        workload.podMemoryRequest ?? sum(containers, (each) => each.memoryRequestBytes ?? each.memoryLimitBytes),
    },
    labels: {},
    nodeSelector: {},
    nodeTerms: [],
    tolerations: [],
    affinity: [],
    antiAffinity: [],
    spread: [],
    hostPorts: [],
    isDaemonSet: kind === 'DaemonSet',
    isStatic: false,
    pinned: null,
  };
}

const NODE: LayoutNode = {
  name: 'node-1',
  instanceType: null,
  ready: true,
  unschedulable: false,
  isControlPlane: false,
  cpuAllocatableMillicores: 100_000,
  memoryAllocatableBytes: 400 * GIB,
  podsAllocatable: 110,
  gpus: 0,
  labels: {},
  taints: [],
  createdAtSeconds: null,
};

function layoutOf(workloads: readonly MadeWorkload[], cluster: MadeCluster): ClusterLayout {
  const running = workloads.filter((each) => each.kind !== 'CronJob' && each.kind !== 'Job');
  return {
    clusterId: 'cluster-1',
    readAtSeconds: START,
    nodes: [NODE],
    pods: running.flatMap((each) => Array.from({ length: each.pods ?? 2 }, (_, number) => layoutPod(each, number))),
    budgets: [],
    workloads: workloads.filter((each) => each.hasSpec !== false).map(specOf),
    autoscalers: cluster.autoscalers ?? [],
    missing: [],
    ...cluster.layout,
  };
}

function sum<T>(items: readonly T[], of: (item: T) => number | null): number {
  return items.reduce((total, item) => total + (of(item) ?? 0), 0);
}
