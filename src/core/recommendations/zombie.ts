import { type AnalysisContext, hourlySeries } from './analysis-context.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import { switchedOff } from './effect.ts';
import { type Idleness, idleDoubts, idlenessOf, isIdle, sayTime, sayWatts, trafficWords } from './idleness.ts';
import { hasHistory } from './rightsizing.ts';
import { canScale, type WorkloadCase } from './workload-case.ts';

/**
 * A workload that runs and does nothing: mean dynamic power of its pods below the threshold over all hours that are
 * known, hardly any traffic. Only what a person can switch off for good: not DaemonSets (agents of nodes are quiet by
 * nature), not CronJobs and Jobs (they stop by themselves).
 */
export function zombie(context: AnalysisContext, workload: WorkloadCase): Draft | null {
  const { kind } = workload.spec;
  if (!hasHistory(context, workload) || !(canScale(kind) || kind === 'Pod')) return null;
  const idleness = idlenessOf(workload.usage, 'pod');
  const threshold = context.input.thresholds.idlePodWatts;
  return isIdle(idleness, threshold) ? draftOf(context, workload, idleness, threshold) : null;
}

function draftOf(context: AnalysisContext, workload: WorkloadCase, idleness: Idleness, threshold: number): Draft {
  const { spec, usage, pods } = workload;
  const isPod = spec.kind === 'Pod';
  const time = sayTime(usage.observed);
  return {
    type: 'ZOMBIE_POD',
    title: isPod ? `Delete the bare pod: idle for ${time}` : `Scale to 0: idle for ${time}`,
    reason: `In ${time} a pod drew ${sayWatts(idleness.meanWatts)} on average by its work, ${trafficWords(context, idleness)}.`,
    confidence: confidenceOf({
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
      hasPeaks: true,
      isStable: true,
      doubts: idleDoubts(context),
    }),
    risk: isPod || spec.kind === 'StatefulSet' ? 'high' : 'medium',
    atLeast: 'low',
    current: {
      replicas: pods,
      dynamic_watts_per_pod: idleness.meanWatts,
      network_bytes_per_second: context.knowsNetwork ? idleness.bytesPerSecond : null,
      cpu_request: workload.podCpuMillicores,
      memory_request: workload.podMemoryBytes,
    },
    recommended: { replicas: 0 },
    evidence: {
      series: [hourlySeries(context, 'Power of one pod by its work', 'watts', idleness.watts)],
      lines: [{ kind: 'threshold', label: `Idle below ${threshold} W`, value: threshold }],
      figures: {
        mean_watts: idleness.meanWatts,
        highest_hour_watts: idleness.highestWatts,
        network_bytes_per_second: context.knowsNetwork ? idleness.bytesPerSecond : null,
      },
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
    },
    effect: switchedOff(() => 1),
    needsNodeToGo: false,
    freedCpuMillicores: workload.podCpuMillicores * pods,
    freedMemoryBytes: workload.podMemoryBytes * pods,
    edits: [],
    deed: { kind: isPod ? 'delete' : 'scaleToZero' },
    cautions: cautionsOf(workload),
  };
}

function cautionsOf({ spec, horizontal }: WorkloadCase): string[] {
  const cautions = ['Ask its owner first: a standby does nothing until it is needed.'];
  if (spec.kind === 'Pod') cautions.push('A bare pod is gone once deleted: nothing makes it anew.');
  if (spec.kind === 'StatefulSet') cautions.push('Its volumes stay, and go on costing.');
  if (horizontal !== null)
    cautions.push('Its horizontal autoscaler rests while there are 0 replicas; delete it as well.');
  return cautions;
}
