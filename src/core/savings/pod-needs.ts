import type { LayoutPod } from '../../model/scheduling.ts';
import type { PodNeed } from '../consolidation/plan.ts';
import type { UsageKey } from '../ports/usage-hours.ts';
import { type AnalysisInput, hoursIn } from '../recommendations/analysis-input.ts';
import { maximum, percentile } from '../recommendations/statistics.ts';
import { groupUsage, HourlyUsage } from '../recommendations/usage-lines.ts';
import { SECONDS_PER_HOUR } from '../units.ts';

/** A workload as pods name it; a bare pod is one of its own. */
export function workloadOf(pod: LayoutPod): string {
  const owner = pod.owner ?? { kind: 'Pod', name: pod.name };
  return workloadKey(pod.namespace, owner.kind, owner.name);
}

export function workloadKey(namespace: string | null, kind: string | null, name: string | null): string {
  return `${namespace ?? ''}/${kind ?? ''}/${name ?? ''}`;
}

const CPU_SHARE_OF_HOURS = 0.95;

/**
 * What a pod of each workload was seen to need, so that a plan doesn't fill a node with pods that ask for less than they
 * use: of CPU what the mean pod used in all but 5 % of the hours (it can wait), of memory the most that a pod ever held.
 */
export function podNeeds(input: AnalysisInput): (pod: LayoutPod) => PodNeed | null {
  const needs = new Map<string, PodNeed>();
  const idOf = (key: UsageKey) => workloadKey(key.namespace, key.ownerKind, key.ownerName);
  for (const { key, lines } of groupUsage(input.workloads, idOf)) {
    const usage = new HourlyUsage(input.workloads, lines, hoursIn(input.range));
    const pods = usage.column('podCount');
    const perPod = (values: Float64Array) =>
      Array.from(values, (value, hour) => value / SECONDS_PER_HOUR / (pods[hour] ?? 0)).filter(Number.isFinite);
    const cpu = perPod(usage.column('cpuUsageMillicoreSeconds'));
    const memory = [...perPod(usage.column('memoryUsageByteSeconds')), ...usage.known('memoryPeakPodBytes')];
    if (cpu.length === 0 || memory.length === 0) continue;
    needs.set(idOf(key), {
      cpuMillicores: percentile(cpu, CPU_SHARE_OF_HOURS),
      memoryBytes: maximum(memory),
    });
  }
  return (pod) => needs.get(workloadOf(pod)) ?? null;
}
