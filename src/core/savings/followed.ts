import type { Finding, RecommendationType } from '../../model/recommendations/recommendation.ts';
import type { LayoutPod } from '../../model/scheduling.ts';
import { holdsPlace } from '../consolidation/movability.ts';
import type { PodNeed } from '../consolidation/plan.ts';
import { workloadKey, workloadOf } from './pod-needs.ts';

/** What pods would hold if findings were followed. */
export interface Followed {
  readonly requestsOf: (pod: LayoutPod) => PodNeed | null;
  readonly isStopped: (pod: LayoutPod) => boolean;
  /** Stopped, or off for a part of the week. */
  readonly isOff: (pod: LayoutPod) => boolean;
  /** Share of the week in which all that sleeps does so at once, at most: 0 where nothing sleeps. */
  readonly asleepShare: number;
  /** True where anything is changed for good. */
  readonly changesRequests: boolean;
}

const RESIZES: ReadonlySet<RecommendationType> = new Set(['RIGHTSIZING_CPU', 'RIGHTSIZING_MEMORY']);
const STOPS: ReadonlySet<RecommendationType> = new Set(['ZOMBIE_POD', 'IDLE_NAMESPACE']);
const HOURS_PER_WEEK = 168;

export function isResizing({ type }: Finding): boolean {
  return RESIZES.has(type);
}

/** True for what switches off for good. */
export function isStopping({ type }: Finding): boolean {
  return STOPS.has(type);
}

export function isSleeping({ type }: Finding): boolean {
  return type === 'OFF_PEAK_SCALING';
}

export function followed(findings: readonly Finding[], pods: readonly LayoutPod[]): Followed {
  const cuts = cutsOf(findings.filter(isResizing), pods);
  const stopping = targetsOf(findings.filter(isStopping));
  const sleepers = findings.filter(isSleeping);
  const sleeping = targetsOf(sleepers);
  return {
    requestsOf: (pod) => {
      const cut = cuts.get(workloadOf(pod));
      if (cut === undefined) return null;
      return {
        cpuMillicores: Math.max(0, pod.requests.cpuMillicores - cut.cpuMillicores),
        memoryBytes: Math.max(0, pod.requests.memoryBytes - cut.memoryBytes),
      };
    },
    isStopped: stopping,
    isOff: (pod) => stopping(pod) || sleeping(pod),
    asleepShare: sleepers.length === 0 ? 0 : Math.min(...sleepers.map(shareOfWeek)),
    changesRequests: findings.some((finding) => isResizing(finding) || isStopping(finding)),
  };
}

/** By workload, what each of its pods would ask for less. */
function cutsOf(findings: readonly Finding[], pods: readonly LayoutPod[]): Map<string, PodNeed> {
  const counts = new Map<string, number>();
  for (const pod of pods) {
    if (holdsPlace(pod)) counts.set(workloadOf(pod), (counts.get(workloadOf(pod)) ?? 0) + 1);
  }
  const cuts = new Map<string, PodNeed>();
  for (const { target, savings } of findings) {
    const key = workloadKey(target.namespace, target.ownerKind, target.ownerName);
    const count = counts.get(key) ?? 0;
    if (count === 0) continue;
    const before = cuts.get(key) ?? { cpuMillicores: 0, memoryBytes: 0 };
    cuts.set(key, {
      cpuMillicores: before.cpuMillicores + savings.freedCpuMillicores / count,
      memoryBytes: before.memoryBytes + savings.freedMemoryBytes / count,
    });
  }
  return cuts;
}

function targetsOf(findings: readonly Finding[]): (pod: LayoutPod) => boolean {
  const workloads = new Set<string>();
  const namespaces = new Set<string>();
  for (const { target } of findings) {
    if (target.namespace === null) continue;
    if (target.ownerName === null) namespaces.add(target.namespace);
    else workloads.add(workloadKey(target.namespace, target.ownerKind, target.ownerName));
  }
  return (pod) => namespaces.has(pod.namespace) || workloads.has(workloadOf(pod));
}

function shareOfWeek({ recommended }: Finding): number {
  const hours = recommended.off_peak_hours_per_week;
  return typeof hours === 'number' ? Math.min(1, Math.max(0, hours / HOURS_PER_WEEK)) : 0;
}
