import type { Target } from '../../model/recommendations/recommendation.ts';
import type { Autoscaler, ClusterLayout, ContainerResources, LayoutPod, WorkloadSpec } from '../../model/scheduling.ts';
import type { UsageKey } from '../ports/usage-hours.ts';
import type { HourlyUsage } from './usage-lines.ts';
import { zoneOfNode, zoneOfPods } from './zone-intensity.ts';

/** A workload as it is now, with its hours. */
export interface WorkloadCase {
  readonly target: Target & { readonly namespace: string; readonly ownerKind: string; readonly ownerName: string };
  readonly spec: WorkloadSpec;
  readonly usage: HourlyUsage;
  /** Pods that hold their requests now; of what runs to an end, those that ran on average. */
  readonly pods: number;
  /** What one pod reserves: its containers and sidecars, or more where an init container or the pod level asks for more. */
  readonly podCpuMillicores: number;
  readonly podMemoryBytes: number;
  readonly horizontal: Autoscaler | null;
  readonly vertical: Autoscaler | null;
  /** Days that the figures of `usage` are spread over; what runs now and then has days without hours. */
  readonly days: number;
  /** Of its pods; null where it can't be told. */
  readonly zone: string | null;
}

/** Finds specs, pods and autoscalers by workload. Built once an analysis. */
export class LayoutIndex {
  readonly #specs = new Map<string, WorkloadSpec>();
  readonly #pods = new Map<string, LayoutPod[]>();
  readonly #autoscalers = new Map<string, Autoscaler[]>();
  readonly #zones: ReadonlyMap<string, string | null>;

  constructor(layout: ClusterLayout) {
    this.#zones = new Map(layout.nodes.map((node) => [node.name, zoneOfNode(node)]));
    for (const spec of layout.workloads) this.#specs.set(keyOf(spec.namespace, spec.kind, spec.name), spec);
    for (const pod of layout.pods) {
      const owner = pod.owner ?? { kind: 'Pod', name: pod.name };
      append(this.#pods, keyOf(pod.namespace, owner.kind, owner.name), pod);
    }
    for (const each of layout.autoscalers) {
      append(this.#autoscalers, keyOf(each.namespace, each.targetKind, each.targetName), each);
    }
  }

  /** Null: it is gone, or of a kind that can't be read. A bare pod has the spec that its requests tell. */
  spec(key: UsageKey): WorkloadSpec | null {
    const id = usageKeyOf(key);
    const known = this.#specs.get(id);
    if (known !== undefined) return known;
    const pod = this.#pods.get(id)?.[0];
    return pod === undefined || key.ownerKind !== 'Pod' ? null : barePod(pod);
  }

  /** Those that hold a place. */
  pods(key: UsageKey): readonly LayoutPod[] {
    const pods = this.#pods.get(usageKeyOf(key)) ?? [];
    return pods.filter((pod) => pod.phase !== 'Succeeded' && pod.phase !== 'Failed');
  }

  /** Of all its pods, those too that have run to their end. */
  zone(key: UsageKey): string | null {
    return zoneOfPods(this.#pods.get(usageKeyOf(key)) ?? [], (node) => this.#zones.get(node) ?? null);
  }

  autoscaler(key: UsageKey, kind: Autoscaler['kind']): Autoscaler | null {
    return this.#autoscalers.get(usageKeyOf(key))?.find((each) => each.kind === kind) ?? null;
  }
}

export function usageKeyOf(key: UsageKey): string {
  return keyOf(key.namespace ?? '', key.ownerKind ?? '', key.ownerName ?? '');
}

function keyOf(namespace: string, kind: string, name: string): string {
  return `${namespace}\u0000${kind}\u0000${name}`;
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Its containers aren't known, so that nothing of them can be changed; that it runs, and what it reserves, is. */
function barePod(pod: LayoutPod): WorkloadSpec {
  return {
    namespace: pod.namespace,
    kind: 'Pod',
    name: pod.name,
    apiVersion: 'v1',
    replicas: null,
    containers: [],
    qosClass: 'Burstable',
    helmRelease: null,
    schedule: null,
    timeZone: null,
    suspended: false,
    oomKills: 0,
    createdAtSeconds: null,
  };
}

export function buildCase(
  clusterId: string,
  key: UsageKey,
  spec: WorkloadSpec,
  usage: HourlyUsage,
  index: LayoutIndex,
  days: number,
): WorkloadCase {
  const pods = index.pods(key);
  const requests = pods.map((pod) => pod.requests);
  const sum = (of: (container: ContainerResources) => number | null) =>
    spec.containers.reduce((total, container) => total + (of(container) ?? 0), 0);
  const cpu = sum((container) => container.cpuRequestMillicores ?? container.cpuLimitMillicores);
  const memory = sum((container) => container.memoryRequestBytes ?? container.memoryLimitBytes);
  return {
    target: {
      clusterId,
      namespace: spec.namespace,
      ownerKind: spec.kind,
      ownerName: spec.name,
      node: null,
    },
    spec,
    usage,
    pods: podsOf(spec, pods.length, usage),
    podCpuMillicores: Math.max(cpu, ...requests.map((each) => each.cpuMillicores)),
    podMemoryBytes: Math.max(memory, ...requests.map((each) => each.memoryBytes)),
    horizontal: index.autoscaler(key, 'horizontal'),
    vertical: index.autoscaler(key, 'vertical'),
    days,
    zone: index.zone(key),
  };
}

function podsOf(spec: WorkloadSpec, seen: number, usage: HourlyUsage): number {
  if (runsToAnEnd(spec.kind)) return usage.hours === 0 ? 0 : usage.sum('podCount') / usage.hours;
  return spec.replicas ?? (spec.kind === 'Pod' ? 1 : seen);
}

export function runsToAnEnd(kind: string): boolean {
  return kind === 'CronJob' || kind === 'Job';
}

/** Kinds whose replicas a person may set. */
export function canScale(kind: string): boolean {
  return ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].includes(kind);
}
